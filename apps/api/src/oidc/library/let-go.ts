import type { KoaContextWithOIDC, Provider } from 'oidc-provider'

/** Takes everything from an object that is no more of use. */
const empty = (used: object | undefined): void => {
  if (used) for (const key of Reflect.ownKeys(used)) Reflect.set(used, key, undefined)
}

/**
 * Makes a request let go of what hangs on it, once it is answered. The library gives each a getter of its own, and V8 keeps what
 * a getter was made of, the request and its answer with it, until it collects everything: some hundred kilobytes for each log
 * in, copied about every few milliseconds.
 */
export const letGoOfRequests = (provider: Provider): void => {
  provider.use(async (context, next) => {
    try {
      await next()
    } finally {
      const { oidc } = context as unknown as Partial<KoaContextWithOIDC>
      const { request, response, res } = context
      // Whoever hears of the end is told first.
      const letGo = () => void setImmediate(() => [oidc, request, response, context].forEach(empty))
      if (res.closed) letGo()
      else res.once('close', letGo)
    }
  })
}
