import { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider'
import { isFapi } from '../clients/fapi.ts'
import type { OidcDeps } from '../deps.ts'
import { unverifiedClaims } from '../library/unverified-claims.ts'

/** What proofs may be signed with (FAPI 2.0 Security Profile §5.4.1). */
export const dpopAlgorithms = ['ES256', 'PS256', 'EdDSA', 'Ed25519'] as const

/** How far the clock of whoever made a proof may be ahead of ours, in seconds (FAPI 2.0 Security Profile §5.3.2.1). */
const mostAhead = 60

/** When a proof says that it was made, in seconds; 0 where it cannot be read, which the library will say. */
const madeAt = (ctx: KoaContextWithOIDC): number => Number(unverifiedClaims(ctx.get('DPoP'))?.['iat']) || 0

/**
 * Proofs of possession (RFC 9449). A nonce is offered with each answer and never asked for, but of whoever's clock is
 * ahead: a proof from the future could be kept until then (§11.2). The library asks by itself where a clock is behind.
 */
export const dpop = ({ dpopKey, now }: Pick<OidcDeps, 'dpopKey' | 'now'>) =>
  ({
    enabled: true,
    nonceSecret: dpopKey,
    requireNonce: (ctx) => {
      const isAhead = madeAt(ctx) > now().getTime() / 1000 + mostAhead
      // FAPI takes no nonce for an excuse.
      if (isAhead && isFapi(ctx.oidc.client)) throw new errors.InvalidDpopProof('the proof is from the future')
      return isAhead
    },
  }) satisfies NonNullable<Configuration['features']>['dPoP']
