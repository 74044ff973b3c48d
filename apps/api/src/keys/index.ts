/**
 * Keys: what tokens are signed with, and which key signs when. Owns signing_key and the commands `fobwatch keys …`.
 * Invariant: a key is published before it signs and until its last token has expired, at every instance, by times that
 * stand in its row; a private key is never stored, logged or served in the clear.
 * Neighbours: oidc signs with them and publishes their public halves at /jwks; sessions signs logout tokens, audit its
 * checkpoints.
 */
import type { Deps } from './deps.ts'
import { everyPublicKey } from './every-public-key.ts'
import { listKeys } from './list-keys.ts'
import { makeMissing } from './make-missing.ts'
import { keyMemory } from './memory.ts'
import { revokeKey } from './revoke-key.ts'
import { rotateDue, rotateKeys } from './rotate-keys.ts'
import { signJwt } from './sign-jwt.ts'
import { signingAlgorithms } from './signer.ts'
import { keyStore, type Store } from './store.ts'
import { turns } from './turns.ts'

export { keyCommands } from './commands.ts'
export { cacheSeconds, longestTokenSeconds } from './rules.ts'
export { sealedVault } from './sealed-vault.ts'
export type { SignJwt } from './sign-jwt.ts'
export { type Signer, type SigningAlgorithm, signingAlgorithms, type Vault } from './signer.ts'

/**
 * Opens the room, with a key for every algorithm; what is missing is made first, once for all instances.
 * @throws Error when the vault cannot open them, as when the master key is not the one that sealed them
 */
export const createKeys = async ({ store, ...rest }: Omit<Deps, 'store'> & { store: Store }) => {
  const deps: Deps = { ...rest, store: keyStore(store) }
  const { look, signers } = keyMemory(deps)
  await makeMissing(deps)()
  await look()
  return {
    /** All keys that are published now, of each algorithm the one that signs first; the same array until it changes. */
    signers,
    /** Whether there is a key of every algorithm. */
    hasAll: () => signingAlgorithms.every((algorithm) => signers().some((signer) => signer.algorithm === algorithm)),
    /** Looks which keys there are by now. */
    look,
    signJwt: signJwt(signers),
    rotateDue: rotateDue(deps),
    rotateKeys: rotateKeys(deps),
    revokeKey: revokeKey(deps),
    listKeys: listKeys(deps),
    turns: turns(deps),
    everyPublicKey: everyPublicKey(deps),
  }
}

export type Keys = Awaited<ReturnType<typeof createKeys>>
