import { Refusal } from '#kernel'
import type { Deps } from './deps.ts'
import { addKey, type MadeKey } from './follow.ts'
import { currentOf } from './rules.ts'
import type { StoredKey } from './store.ts'

const unknown = () => new Refusal('not_found', undefined, ['No key that is published has this id.'])

/**
 * Ends a key at once, for one that has leaked: it signs no more, is published no more, and its private half is forgotten.
 * If it was the one that signs, the next one signs from now on; without one, a new one does.
 * @returns the key that signs instead; nothing where the revoked one was not signing
 * @throws Refusal `not_found` for an id that no published key has
 */
export const revokeKey =
  (deps: Deps) =>
  async (kid: string): Promise<MadeKey | undefined> => {
    const { store, inTransaction, record, now } = deps
    const algorithm = await store.algorithmOf(kid)
    if (!algorithm) throw unknown()

    return inTransaction(async (tx) => {
      const keys = await store.lockPublished(tx, now(), algorithm)
      const leaked = keys.find((key) => key.kid === kid)
      if (!leaked) throw unknown()
      const current = currentOf(keys, now())
      await store.revoke(tx, kid, now())
      await record(tx, { type: 'signing-key-revoked', details: { kid, algorithm } })
      if (leaked === current) return replace(deps, tx, leaked, keys)
      // The next one is gone, so that the one before it goes on; the schedule makes another in time.
      if (current && leaked.signsUntil === null) await store.takeEnd(tx, current.kid)
      return undefined
    })
  }

/** Puts a key to work in the place of the one that signed until now. */
const replace = async (
  deps: Deps,
  tx: Parameters<typeof addKey>[1],
  leaked: StoredKey,
  keys: readonly StoredKey[],
): Promise<MadeKey | undefined> => {
  const signsFrom = deps.now()
  const next = keys.find((key) => key !== leaked && key.signsUntil === null)
  if (!next) return addKey(deps, tx, await deps.vault.make(leaked.algorithm), signsFrom, 'revoked')
  await deps.store.bringForward(tx, next.kid, signsFrom)
  return { kid: next.kid, algorithm: next.algorithm, signsFrom }
}
