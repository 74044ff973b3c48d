/** A request as `fetch` takes it. */
export interface Request {
  method: string
  url: string
  /** JSON, or nothing. */
  body: string | undefined
}

const takesBody = (method: string, rest: object) =>
  method === 'POST' || method === 'PATCH' || (method !== 'GET' && Object.keys(rest).length > 0)

/**
 * Lays an input out as a request, as the API reads it: what the address names goes into the address, the rest into the
 * body, or into the query of a GET.
 * @param endpoint method and address, as in `PATCH /api/authenticators/:id`
 */
export const requestOf = (endpoint: string, input: object): Request => {
  const [method = 'GET', address = '/'] = endpoint.split(' ')
  const rest = new Map<string, unknown>(Object.entries(input))
  const url = address.replace(/:(\w+)/g, (_whole, name: string) => {
    const value = rest.get(name)
    rest.delete(name)
    return encodeURIComponent(String(value))
  })
  const remaining = Object.fromEntries(rest)
  if (takesBody(method, remaining)) return { method, url, body: JSON.stringify(remaining) }
  const query = new URLSearchParams(Object.entries(remaining).map(([name, value]) => [name, String(value)])).toString()
  return { method, url: query ? `${url}?${query}` : url, body: undefined }
}
