type Values = Readonly<Record<string, string | readonly string[] | undefined>>

/** Headers as Node has them, or as `fetch` has them. */
export type HeadersLike = Values | { get: (name: string) => string | null }

/** As much of a request as says who sent it and what for: Node's, Fastify's, Express's and that of `fetch` will do. */
export type RequestLike = {
  method?: string | undefined
  url?: string | undefined
  /** The address before a router took a part of it off. */
  originalUrl?: string | undefined
  headers: HeadersLike
}

/** The value of a header; several of one name are joined, and are then no token and no proof any more. */
export const headerOf = (headers: HeadersLike, name: string): string | undefined => {
  const value = isGetter(headers) ? (headers.get(name) ?? undefined) : headers[name]
  return typeof value === 'object' ? value.join(', ') : value
}

const isGetter = (headers: HeadersLike): headers is { get: (name: string) => string | null } =>
  typeof headers['get'] === 'function'

/** How a request presents its token. */
export type Credentials = { scheme: 'bearer' | 'dpop'; token: string }

/**
 * Takes the token out of the `Authorization` header (RFC 6750 §2.1, RFC 9449 §7.1): never from the address or a form.
 * @returns undefined where there is no header, one of another scheme, or more than one token
 */
export const credentialsOf = (request: RequestLike): Credentials | undefined => {
  const [, scheme, token] =
    /^(Bearer|DPoP) +([\w~+/.-]+=*)$/i.exec(headerOf(request.headers, 'authorization') ?? '') ?? []
  if (!scheme || !token) return undefined
  return { scheme: scheme.toLowerCase() === 'dpop' ? 'dpop' : 'bearer', token }
}

/** The path that a request asked for, without the query; of an address given whole, its host is not believed. */
export const pathOf = ({ originalUrl, url = '' }: RequestLike): string => {
  const asked = originalUrl ?? url
  const path = asked.startsWith('/') || !URL.canParse(asked) ? asked : new URL(asked).pathname
  return path.replace(/[?#].*$/s, '')
}
