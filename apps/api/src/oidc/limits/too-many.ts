import { errors, Provider } from 'oidc-provider'
import { TooMany } from '#kernel'

const { message: error } = new errors.TemporarilyUnavailable()

/**
 * What is said to whoever asks too much. OAuth has no word of its own for it: `slow_down` is for those who poll (RFC 8628
 * §3.5), and libraries know that what is `temporarily_unavailable` may be tried again (RFC 6749 §4.1.2.1).
 */
export const tooManyRequests = ({ retryAfterSeconds }: TooMany) => ({
  error,
  error_description: `Too many requests. Try again in ${retryAfterSeconds} seconds.`,
})

/**
 * Does within a request of the library's what may be too much.
 * @throws TemporarilyUnavailable for the library to answer with, 429
 */
export const orTooMany = (work: () => void): void => {
  try {
    work()
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
    Provider.ctx?.set('retry-after', String(error.retryAfterSeconds))
    const { error_description: description } = tooManyRequests(error)
    throw Object.assign(new errors.TemporarilyUnavailable(description), { statusCode: 429, status: 429 })
  }
}
