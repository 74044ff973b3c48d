import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { OidcDeps } from './deps.ts'

/** How far ahead an assertion of a client's may end, in seconds: some libraries take an hour, and nobody needs more. */
const longestLife = 3600 + 60

/**
 * What the library leaves open about `private_key_jwt` (RFC 7523 §3). An assertion that names several audiences could
 * have been got out of the client by another of them (CVE-2025-27370); one that hardly ends would be remembered for ever.
 * @throws InvalidClientAuth
 */
export const checkClientAssertion =
  ({ now }: Pick<OidcDeps, 'now'>) =>
  (_ctx: KoaContextWithOIDC, { aud, exp, jti }: Record<string, unknown>): void => {
    if (typeof aud !== 'string') throw new errors.InvalidClientAuth('aud must be one audience')
    if (typeof jti !== 'string') throw new errors.InvalidClientAuth('jti must be text')
    if (Number(exp) > now().getTime() / 1000 + longestLife) throw new errors.InvalidClientAuth('exp is too far ahead')
  }
