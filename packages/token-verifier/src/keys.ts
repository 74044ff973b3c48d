import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'
import { discoverJwksUri } from './discovery.ts'
import type { Settings } from './options.ts'
import { createPatientFetch } from './patient-fetch.ts'
import { TokenRefused } from './refused.ts'

/**
 * Finds the issuer's key that a token's `kid` and `alg` name, from the issuer's own key set and nowhere else.
 * The set is fetched when first needed and kept; an unknown `kid` fetches it again once per cooldown, however many ask.
 * @returns what jose asks for a key
 * @throws (the returned function) TokenRefused `signature` when no key of the issuer fits, `keys_unavailable`
 */
export const createKeyFinder = (settings: Settings): JWTVerifyGetKey => {
  const { keys } = settings
  const keySet = keys ? async () => createLocalJWKSet({ keys: [...keys()] }) : fetchedKeySet(settings)

  return async (header, token) => {
    try {
      const find = await keySet()
      return await find(header, token)
    } catch (cause) {
      throw new TokenRefused(namesNoKey(cause) ? 'signature' : 'keys_unavailable', cause)
    }
  }
}

const fetchedKeySet = (settings: Settings) => {
  const patientFetch = createPatientFetch(settings.retryAfterSeconds * 1000)
  return rememberSuccess(async () =>
    createRemoteJWKSet(settings.jwksUri ?? (await discoverJwksUri(settings.issuer, patientFetch)), {
      cooldownDuration: settings.jwksCooldownSeconds * 1000,
      cacheMaxAge: settings.jwksMaxAgeSeconds * 1000,
      [customFetch]: patientFetch,
    }),
  )
}

const namesNoKey = (error: unknown) =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys

/** Everyone who asks at once shares one attempt; a success is kept for good, a failure is forgotten. */
const rememberSuccess = <Result>(attempt: () => Promise<Result>): (() => Promise<Result>) => {
  let current: Promise<Result> | undefined
  return () => {
    current ??= attempt().catch((error: unknown) => {
      current = undefined
      throw error
    })
    return current
  }
}
