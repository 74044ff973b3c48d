import { type JWTPayload, jwtVerify } from 'jose'
import { type AccessClaims, accessClaims, type IdClaims, idClaims } from './claims.ts'
import { isAccessTokenType, isIdTokenType, isLogoutTokenType, readHeader, type TokenHeader } from './header.ts'
import { createKeyFinder } from './keys.ts'
import { LOGOUT_TOKEN_SECONDS, type LogoutClaims, logoutClaims } from './logout-claims.ts'
import { settingsOf, type VerifierOptions } from './options.ts'
import { checkBinding } from './proof.ts'
import { refusalOf } from './refusal-of.ts'
import { TokenRefused } from './refused.ts'
import { replayId } from './replays.ts'
import { credentialsOf, type RequestLike } from './request.ts'

/** A token that was accepted: what it says of itself, and its claims. */
export type Verified<Claims> = { header: TokenHeader; claims: Claims }

export type TokenVerifier = {
  /**
   * Takes the access token out of a request to this API and verifies it, with the proof of its key where it is bound to
   * one (RFC 6750, RFC 9449).
   * @throws TokenRefused
   */
  verifyRequest: (request: RequestLike) => Promise<Verified<AccessClaims>>
  /**
   * Verifies an access token for this API (RFC 9068 §4). One that is bound to a key is refused: by itself it proves nothing.
   * @throws TokenRefused
   */
  verifyAccessToken: (token: string) => Promise<Verified<AccessClaims>>
  /**
   * Verifies an ID token for this client (OpenID Connect Core 1.0 §3.1.3.7).
   * @param expected `nonce` is the one the application sent; without it a replayed ID token is not noticed
   * @throws TokenRefused
   */
  verifyIdToken: (token: string, expected?: { nonce?: string }) => Promise<Verified<IdClaims>>
  /**
   * Verifies a logout token for this client, and remembers it, so that it is accepted once
   * (OpenID Connect Back-Channel Logout 1.0 §2.6).
   * @throws TokenRefused
   */
  verifyLogoutToken: (token: string) => Promise<Verified<LogoutClaims>>
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

  const accessToken = async (token: string) => {
    const header = readHeader(token, { algorithms, isType: isAccessTokenType })
    return { header, claims: accessClaims(await payloadOf(token, audience, header.alg)) }
  }

  return {
    verifyRequest: async (request) => {
      const credentials = credentialsOf(request)
      if (!credentials) throw new TokenRefused('missing')
      const verified = await accessToken(credentials.token)
      await checkBinding(verified.claims, credentials, request, settings)
      return verified
    },
    verifyAccessToken: async (token) => {
      const verified = await accessToken(token)
      if (verified.claims.cnf) throw new TokenRefused('proof_required')
      return verified
    },
    verifyIdToken: async (token, expected = {}) => {
      const header = readHeader(token, { algorithms, isType: isIdTokenType })
      return { header, claims: idClaims(await payloadOf(token, clientId, header.alg), { clientId, ...expected }) }
    },
    verifyLogoutToken: async (token) => {
      const header = readHeader(token, { algorithms, isType: isLogoutTokenType })
      const claims = logoutClaims(await payloadOf(token, clientId, header.alg), clockToleranceSeconds)
      const until = Math.ceil(claims.iat) + LOGOUT_TOKEN_SECONDS + clockToleranceSeconds + 1
      const isNew = await settings.replays.remember(replayId('logout', issuer, claims.jti), until)
      if (!isNew) throw new TokenRefused('replayed')
      return { header, claims }
    },
  }
}

/** jose looks at `iat` only to limit a token's age; a token from the future is a wrong clock or a forgery. */
const refuseFromTheFuture = ({ iat }: JWTPayload, toleranceSeconds: number) => {
  if (iat !== undefined && iat > Date.now() / 1000 + toleranceSeconds) throw new TokenRefused('not_yet_valid')
}
