import { errors } from 'oidc-provider'
import type { TooMany } from '#kernel'

const { message: error } = new errors.TemporarilyUnavailable()

/**
 * What is said to whoever asks too much. OAuth has no word of its own for it: `slow_down` is for those who poll (RFC 8628
 * §3.5), and libraries know that what is `temporarily_unavailable` may be tried again (RFC 6749 §4.1.2.1).
 */
export const tooManyRequests = ({ retryAfterSeconds }: TooMany) => ({
  error,
  error_description: `Too many requests. Try again in ${retryAfterSeconds} seconds.`,
})
