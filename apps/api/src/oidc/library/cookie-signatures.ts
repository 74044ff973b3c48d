import { createHmac, timingSafeEqual } from 'node:crypto'
import { keyObjectOf } from '#kernel'

/** What signs the cookies that tie a sign-in to its browser, in the form in which the library takes it. */
export interface CookieSignatures {
  /** @param data a cookie's name, `=` and its value */
  sign: (data: string) => string
  /** Whether a cookie's signature is ours, in constant time. */
  verify: (data: string, signature: string) => boolean
  /** @returns 0 where it is ours, and -1 where not: there is one key */
  index: (data: string, signature: string) => number
}

/**
 * Signs cookies, and verifies each with one hash. The library's own way, keygrip, makes three for each, and a random key for two.
 * @param key 32 bytes
 */
export const cookieSignatures = (key: Uint8Array): CookieSignatures => {
  const secret = keyObjectOf(key)
  const sign = (data: string) => createHmac('sha256', secret).update(data).digest('base64url')
  const verify = (data: string, signature: string): boolean => {
    const [given, made] = [Buffer.from(signature), Buffer.from(sign(data))]
    return given.length === made.length && timingSafeEqual(given, made)
  }
  return { sign, verify, index: (data, signature) => (verify(data, signature) ? 0 : -1) }
}
