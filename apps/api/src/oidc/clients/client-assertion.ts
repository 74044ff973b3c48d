import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { OidcDeps } from '../deps.ts'
import { settingsOf } from './client-settings.ts'
import { isFapi, isFapiAlgorithm } from './fapi.ts'

/** How long an assertion of a client's may last, in seconds: some libraries take an hour, and nobody needs more. */
const longestLife = 3600
/** The same for clients that come from CIS2, where it is the rule, and for those under FAPI. */
const strictLife = 300
/** What clocks may differ by, in seconds (FAPI 2.0 Security Profile §5.3.2.1). */
const clockSkew = 60

type Claims = Readonly<Record<string, unknown>>

const whatIsWrongWithTimes = ({ exp, iat }: Claims, longest: number, now: number): string | undefined => {
  if (iat !== undefined && !(Number(iat) <= now + clockSkew)) return 'iat is ahead'
  if (iat !== undefined && Number(exp) - Number(iat) > longest + clockSkew) return 'it lasts too long'
  return Number(exp) > now + longest + clockSkew ? 'exp is too far ahead' : undefined
}

/**
 * What the library leaves open about `private_key_jwt` (RFC 7523 §3). An assertion that names several audiences could
 * have been got out of the client by another of them (CVE-2025-27370); one that hardly ends would be remembered for ever;
 * one from the future would be good until long after it was made.
 */
const whatIsWrongWith = (claims: Claims, alg: unknown, client: object, now: number, issuer: string) => {
  if (typeof claims['aud'] !== 'string') return 'aud must be one audience'
  if (typeof claims['jti'] !== 'string') return 'jti must be text'
  if (isFapi(client) && claims['aud'] !== issuer) return 'aud must be the issuer'
  if (isFapi(client) && !isFapiAlgorithm(alg)) return 'alg is not one of FAPI'
  const isStrict = isFapi(client) || settingsOf(client).claimsForm === 'compatible'
  return whatIsWrongWithTimes(claims, isStrict ? strictLife : longestLife, now)
}

/** @throws InvalidClientAuth */
export const checkClientAssertion =
  ({ now, issuer }: Pick<OidcDeps, 'now' | 'issuer'>) =>
  (
    _ctx: KoaContextWithOIDC,
    claims: Record<string, unknown>,
    header: Record<string, unknown>,
    client: object,
  ): void => {
    const fault = whatIsWrongWith(claims, header['alg'], client, now().getTime() / 1000, issuer)
    if (fault) throw new errors.InvalidClientAuth(fault)
  }
