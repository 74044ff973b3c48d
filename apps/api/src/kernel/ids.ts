import { createHmac, hash, randomInt, randomUUIDv7, timingSafeEqual } from 'node:crypto'
import { randomBytes } from './random.ts'
import { keyObjectOf } from './sealing.ts'

/**
 * A new id for a row (UUID version 7, RFC 9562 §5.7), which says when it was made, and is no secret. Ids of one hour are neighbours
 * in an index: among a million people each row would else bring a page of its own to be read, changed and written to the log.
 */
export const newId = (): string => randomUUIDv7()

/** A new secret for a cookie, a link or a challenge: 256 random bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/**
 * What is stored of a secret: its SHA-256. Our secrets hold 256 random bits, so that a slow hash would protect nothing.
 */
export const hashOf = (secret: string): Buffer => hash('sha256', secret, 'buffer')

/** What is stored of a secret that is short enough to be tried out, or of an address: nobody finds it without the key. */
export const keyedHashOf = (key: Uint8Array, text: string): Buffer =>
  createHmac('sha256', keyObjectOf(key)).update(text).digest()

/** Whether a secret matches a stored hash, in constant time. */
export const sameSecret = (secret: string, hash: Uint8Array): boolean => timingSafeEqual(hashOf(secret), hash)

/** Twelve random digits, the first not 0: the form of `sub`, `person_orgid` and `person_roleid`. */
export const twelveDigits = (): string => String(randomInt(100_000_000_000, 1_000_000_000_000))
