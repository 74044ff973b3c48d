import { type JWTPayload, jwtVerify } from 'jose'
import { type AccessClaims, accessClaims, type IdClaims, idClaims } from './claims.ts'
import { isAccessTokenType, isIdTokenType, readHeader, type TokenHeader } from './header.ts'
import { createKeyFinder } from './keys.ts'
import { settingsOf, type VerifierOptions } from './options.ts'
import { refusalOf } from './refusal-of.ts'
import { TokenRefused } from './refused.ts'

/** A token that was accepted: what it says of itself, and its claims. */
export type Verified<Claims> = { header: TokenHeader; claims: Claims }

export type TokenVerifier = {
  /**
   * Verifies an access token for this API (RFC 9068 §4).
   * @throws TokenRefused
   */
  verifyAccessToken: (token: string) => Promise<Verified<AccessClaims>>
  /**
   * Verifies an ID token for this client (OpenID Connect Core 1.0 §3.1.3.7).
   * @param expected `nonce` is the one the application sent; without it a replayed ID token is not noticed
   * @throws TokenRefused
   */
  verifyIdToken: (token: string, expected?: { nonce?: string }) => Promise<Verified<IdClaims>>
}

/**
 * Makes a verifier for one issuer. Make one and keep it: it holds the issuer's keys.
 * Nothing is fetched until the first token comes.
 * @throws TypeError where the options cannot be safe (see `VerifierOptions`)
 */
export const createTokenVerifier = (options: VerifierOptions): TokenVerifier => {
  const settings = settingsOf(options)
  const { issuer, audience, clientId, algorithms, clockToleranceSeconds } = settings
  const findKey = createKeyFinder(settings)

  const payloadOf = async (token: string, audience: string, alg: string): Promise<JWTPayload> => {
    const rules = {
      issuer,
      audience,
      algorithms: [alg],
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp'],
    }
    const { payload } = await jwtVerify(token, findKey, rules).catch((error: unknown) => {
      throw refusalOf(error)
    })
    refuseFromTheFuture(payload, clockToleranceSeconds)
    return payload
  }

  return {
    verifyAccessToken: async (token) => {
      const header = readHeader(token, { algorithms, isType: isAccessTokenType })
      return { header, claims: accessClaims(await payloadOf(token, audience, header.alg)) }
    },
    verifyIdToken: async (token, expected = {}) => {
      const header = readHeader(token, { algorithms, isType: isIdTokenType })
      return { header, claims: idClaims(await payloadOf(token, clientId, header.alg), { clientId, ...expected }) }
    },
  }
}

/** jose looks at `iat` only to limit a token's age; a token from the future is a wrong clock or a forgery. */
const refuseFromTheFuture = ({ iat }: JWTPayload, toleranceSeconds: number) => {
  if (iat !== undefined && iat > Date.now() / 1000 + toleranceSeconds) throw new TokenRefused('not_yet_valid')
}
