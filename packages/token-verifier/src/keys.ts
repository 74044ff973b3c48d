import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'
import { discoverJwksUri } from './discovery.ts'
import type { Settings } from './options.ts'
import { createPatientFetch } from './patient-fetch.ts'
import { TokenRefused } from './refused.ts'
import { askingAgain } from './unknown-keys.ts'

/**
 * Finds the issuer's key that a token's `kid` and `alg` name, from the issuer's own key set and nowhere else.
 * The set is fetched when first needed and kept; an unknown `kid` fetches it again, within bounds.
 * @returns what jose asks for a key
 * @throws (the returned function) TokenRefused `signature` when no key of the issuer fits, `key_unknown`,
 *   `keys_unavailable`
 */
export const createKeyFinder = (settings: Settings): JWTVerifyGetKey => {
  const { keys } = settings
  const keySet = keys ? async () => createLocalJWKSet({ keys: [...keys()] }) : fetchedKeySet(settings)

  return async (header, token) => {
    try {
      const find = await keySet()
      return await find(header, token)
    } catch (cause) {
      if (cause instanceof TokenRefused) throw cause
      if (namesNoKey(cause)) throw new TokenRefused('signature', cause)
      throw new TokenRefused('keys_unavailable', cause, settings.retryAfterSeconds)
    }
  }
}

const fetchedKeySet = (settings: Settings) => {
  const patientFetch = createPatientFetch(settings.retryAfterSeconds * 1000)
  return remembering(settings.retryAfterSeconds * 1000, async () => {
    const set = createRemoteJWKSet(settings.jwksUri ?? (await discoverJwksUri(settings.issuer, patientFetch)), {
      cooldownDuration: Number.POSITIVE_INFINITY,
      cacheMaxAge: settings.jwksMaxAgeSeconds * 1000,
      [customFetch]: patientFetch,
    })
    return askingAgain(set, settings.jwksCooldownSeconds)
  })
}

const namesNoKey = (error: unknown) =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys

/** Everyone who asks at once shares one attempt; a success is kept for good, a failure for a while, in milliseconds. */
const remembering = <Result>(restMs: number, attempt: () => Promise<Result>): (() => Promise<Result>) => {
  let current: Promise<Result> | undefined
  let failedAt = 0
  return () => {
    // A clock that is put back is no reason to wait for longer.
    if (failedAt && Math.abs(Date.now() - failedAt) >= restMs) [current, failedAt] = [undefined, 0]
    current ??= attempt().catch((error: unknown) => {
      failedAt = Date.now()
      throw error
    })
    return current
  }
}
