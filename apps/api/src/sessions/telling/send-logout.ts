import type { StoredClient } from '#clients'
import { type Now, newId } from '#kernel'
import type { SignJwt } from '#keys'
import type { OutboundFetch } from '#outbound'

/** How long a logout token is good, in seconds: two minutes at most (Back-Channel Logout 1.0 §4). */
const tokenSeconds = 120

/** What ID tokens, and so logout tokens, are signed with where a registration says nothing. */
const usualAlgorithm = 'ES256'

const event = 'http://schemas.openid.net/event/backchannel-logout'

export interface SendDeps {
  /** The `iss` of every token. */
  issuer: string
  now: Now
  signJwt: SignJwt
  fetchOutbound: OutboundFetch
}

/** Whose session has ended, as the application knows it. */
export interface Whose {
  sub: string
  sid: string
}

/** A logout token in its parts. */
export interface LogoutToken {
  header: { alg: string; typ: 'logout+jwt' }
  claims: Record<string, unknown>
}

/**
 * What a logout token says (OpenID Connect Back-Channel Logout 1.0 §2.4). It never has a nonce, so that nobody takes it
 * for an ID token, and it names both person and session, so that the application can look by either.
 */
export const logoutToken = (
  { issuer, now }: Pick<SendDeps, 'issuer' | 'now'>,
  { id, metadata }: Pick<StoredClient, 'id' | 'metadata'>,
  { sub, sid }: Whose,
): LogoutToken => {
  const iat = Math.floor(now().getTime() / 1000)
  return {
    header: { alg: metadata.id_token_signed_response_alg ?? usualAlgorithm, typ: 'logout+jwt' },
    claims: {
      iss: issuer,
      aud: id,
      iat,
      exp: iat + tokenSeconds,
      jti: newId(),
      sub,
      sid,
      events: { [event]: {} },
    },
  }
}

/** A logout token as it goes out. */
export const signed = ({ signJwt }: Pick<SendDeps, 'signJwt'>, { header, claims }: LogoutToken): Promise<string> =>
  signJwt(claims, header)

/**
 * Posts a logout token to an application (§2.5).
 * @returns whatever it answered
 * @throws Error when its address may not be called, or nothing answered in time
 */
export const post = (fetchOutbound: OutboundFetch, address: string, jwt: string): Promise<Response> =>
  fetchOutbound(address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'cache-control': 'no-store' },
    body: new URLSearchParams({ logout_token: jwt }).toString(),
  })
