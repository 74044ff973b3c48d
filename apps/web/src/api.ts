import type { Endpoint, Endpoints } from './endpoints/index.ts'
import { requestOf } from './request.ts'
import { Trouble, troubleOf } from './trouble.ts'

const send = async (endpoint: Endpoint, input: object): Promise<Response> => {
  const { method, url, body } = requestOf(endpoint, input)
  const headers =
    body === undefined
      ? { accept: 'application/json' }
      : { accept: 'application/json', 'content-type': 'application/json' }
  try {
    return await fetch(url, {
      ...{ method, headers, body: body ?? null, credentials: 'same-origin', cache: 'no-store' },
      // What ends something is sent, though its page is left at the same moment.
      keepalive: method === 'DELETE',
    })
  } catch (cause) {
    throw new Trouble('no_connection', { cause })
  }
}

const parse = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  return text === '' ? undefined : JSON.parse(text)
}

/**
 * Asks the API: the only place that fetches.
 * @param endpoint method and address, as the API's own table of routes has it
 * @param input the parts of the address and the body, in one object
 * @throws Trouble with the API's code, or `no_connection`
 */
export const call = async <E extends Endpoint>(
  endpoint: E,
  input: Endpoints[E]['input'],
): Promise<Endpoints[E]['output']> => {
  const response = await send(endpoint, input)
  const body = await parse(response).catch(() => undefined)
  if (!response.ok) throw troubleOf(response.status, body)
  return body as Endpoints[E]['output'] // the contract: the API filters every answer by its schema
}

const nameOf = (response: Response): string =>
  /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'file'

/**
 * Asks the API for a file.
 * @throws Trouble as `call`; `no_connection` too when the file breaks off
 */
export const download = async <E extends Endpoint>(endpoint: E, input: Endpoints[E]['input']): Promise<File> => {
  const response = await send(endpoint, input)
  if (!response.ok) throw troubleOf(response.status, await parse(response).catch(() => undefined))
  const content = await response.blob().catch((cause: unknown) => {
    throw new Trouble('no_connection', { cause })
  })
  return new File([content], nameOf(response))
}
