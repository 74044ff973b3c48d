import { errors } from 'oidc-provider'

/**
 * Makes functions tell a database that is away as such (RFC 6749 §4.1.2.1), where the library would tell a fault of ours.
 * @param isUnavailable tells the one from the other
 * @returns what makes the same functions, under the same names, throw TemporarilyUnavailable with the cause
 */
export const tellingUnavailable = (isUnavailable: (error: unknown) => boolean) => {
  const tell =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await work(...args)
      } catch (cause) {
        if (!isUnavailable(cause)) throw cause
        const unavailable = new errors.TemporarilyUnavailable('Try again in a moment.', { cause: cause as Error })
        throw Object.assign(unavailable, { statusCode: 503, status: 503 })
      }
    }
  return <T extends object>(functions: T): T =>
    Object.fromEntries(
      Object.entries(functions).map(([name, each]) => [name, typeof each === 'function' ? tell(each) : each]),
    ) as T
}
