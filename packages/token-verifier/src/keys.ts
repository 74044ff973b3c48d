import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'
import { discoverJwksUri } from './discovery.ts'
import type { Settings } from './options.ts'
import { createPatientFetch } from './patient-fetch.ts'
import { TokenRefused } from './refused.ts'
import { resting } from './resting.ts'
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
  const restMs = settings.retryAfterSeconds * 1000
  const open = resting(restMs, async () => {
    const set = createRemoteJWKSet(settings.jwksUri ?? (await discoverJwksUri(settings.issuer)), {
      cooldownDuration: Number.POSITIVE_INFINITY,
      cacheMaxAge: settings.jwksMaxAgeSeconds * 1000,
      [customFetch]: createPatientFetch(restMs),
    })
    return askingAgain(set, settings.jwksCooldownSeconds)
  })

  /** Everyone who asks at once shares one attempt, and a success is kept for good. */
  let opened: ReturnType<typeof open> | undefined
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
}

const namesNoKey = (error: unknown) =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys
