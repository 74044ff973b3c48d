import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { type Now, seal, unseal } from '#kernel'
import type { keyStore, StoredKey } from './store.ts'

/** What tokens may be signed with; a client's registration chooses. */
const signingAlgorithms = ['ES256', 'RS256'] as const

interface Deps {
  store: ReturnType<typeof keyStore>
  /** 32 bytes: seals the private keys. */
  key: Buffer
  now: Now
}

const makeKey = async ({ key, now }: Deps, algorithm: string): Promise<StoredKey & { publicJwk: JWK }> => {
  const pair = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 })
  const publicJwk = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  const privateJwk = Buffer.from(JSON.stringify(await exportJWK(pair.privateKey)))
  return { kid, algorithm, publicJwk, sealedPrivate: seal(key, privateJwk, kid), createdAt: now() }
}

const open = ({ key }: Deps, stored: StoredKey): JWK => {
  try {
    const jwk = JSON.parse(unseal(key, stored.sealedPrivate, stored.kid).toString()) as JWK
    return { ...jwk, kid: stored.kid, alg: stored.algorithm, use: 'sig' }
  } catch (cause) {
    throw new Error('The signing keys cannot be opened: FOBWATCH_MASTER_KEY is not the one they were sealed with.', {
      cause,
    })
  }
}

/**
 * The private signing keys as JWKs, newest first; what is missing is made first, once for all instances.
 * @throws Error when the master key is not the one that sealed them
 */
export const signingKeys = (deps: Deps) => async (): Promise<JWK[]> => {
  await deps.store.addMissing((present) =>
    Promise.all(signingAlgorithms.filter((alg) => !present.includes(alg)).map((alg) => makeKey(deps, alg))),
  )
  return (await deps.store.all()).map((stored) => open(deps, stored))
}
