/**
 * Keys: what tokens are signed with. Owns signing_key.
 * Invariant: a private key is never stored, logged or served in the clear.
 * Neighbours: oidc signs with them and publishes their public halves at /jwks.
 */
import type { Now } from '#kernel'
import { signJwt } from './sign-jwt.ts'
import { signingKeys } from './signing-keys.ts'
import { keyStore, type Store } from './store.ts'

export type { SignJwt } from './sign-jwt.ts'

export const createKeys = (deps: { store: Store; key: Buffer; now: Now }) => {
  const keys = signingKeys({ ...deps, store: keyStore(deps.store) })
  return { signingKeys: keys, signJwt: signJwt(keys) }
}
