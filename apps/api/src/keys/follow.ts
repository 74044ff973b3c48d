import type { AuditEvent } from '#audit'
import type { Transaction } from '#kernel'
import type { Deps } from './deps.ts'
import { publishedUntil } from './rules.ts'
import type { KeptKey, SigningAlgorithm } from './signer.ts'

/** Why a key was made. */
type Because = 'first' | 'schedule' | 'command' | 'revoked'

/** A key as it was made: from when it signs. */
export interface MadeKey {
  kid: string
  algorithm: SigningAlgorithm
  signsFrom: Date
}

/** Adds a key without an end, in the transaction of whatever made room for it. @returns nothing where there is one */
export const addKey = async (
  { store, now, record }: Deps,
  tx: Transaction,
  key: KeptKey,
  signsFrom: Date,
  because: Because,
): Promise<MadeKey | undefined> => {
  if (!(await store.addLast(tx, key, signsFrom, now()))) return undefined
  await record(tx, madeEvent(key, signsFrom, because))
  return { kid: key.kid, algorithm: key.algorithm, signsFrom }
}

const madeEvent = ({ kid, algorithm }: KeptKey, signsFrom: Date, because: Because): AuditEvent => ({
  type: 'signing-key-made',
  details: { kid, algorithm, signsFrom: signsFrom.toISOString(), because },
})

/**
 * Publishes the key that follows another, and gives that one its end.
 * @returns nothing where another instance, or somebody else, did so at the same time
 */
export const follow = async (
  deps: Deps,
  last: KeptKey,
  signsFrom: Date,
  because: Because,
): Promise<MadeKey | undefined> => {
  const next = await deps.vault.make(last.algorithm)
  return deps.inTransaction(async (tx) => {
    const isOurs = await deps.store.giveEnd(tx, last.kid, signsFrom, publishedUntil(signsFrom, deps.rotation))
    return isOurs ? addKey(deps, tx, next, signsFrom, because) : undefined
  })
}
