import type { Deps } from './deps.ts'
import type { SigningAlgorithm } from './signer.ts'

/** The public half of a key, as a JWK, and since when it is not to be believed any more (ISO 8601) where it was revoked. */
export interface EveryPublicKey {
  readonly [member: string]: string | null
  readonly kid: string
}

/** The public halves of all keys of an algorithm that there ever were, for what has to be verified years later. */
export const everyPublicKey =
  ({ store }: Pick<Deps, 'store'>) =>
  async (algorithm: SigningAlgorithm): Promise<EveryPublicKey[]> => {
    const keys = await store.everyPublic(algorithm)
    return keys.map(({ kid, publicJwk: { kty = '', crv = '', x = '', y = '' }, revokedAt }) => ({
      ...{ kty, crv, x, y, kid, alg: algorithm, use: 'sig' },
      ...(revokedAt && { revoked_at: revokedAt.toISOString() }),
    }))
  }
