import { isDeepStrictEqual } from 'node:util'
import type { AuthenticatorPolicy } from '@fobwatch/contracts'
import { Refusal, type Transaction } from '#kernel'
import type { PolicyDeps } from './deps.ts'
import { type Change, lockedOutBy } from './locked-out.ts'

export interface SavePolicy extends Change {
  /** The one that it changes; null for whichever there is. */
  version: number | null
  /** How many people it locks out, as whoever saves it was told. */
  acknowledged: number
  /** A person's row id; null for the service itself, by command. */
  actor: string | null
  requestId?: string | undefined
}

const lockedOutSentence = (count: number): string => {
  if (count === 0) return 'Nobody would be locked out. Look at it again before you save it.'
  return count === 1 ? '1 person could not log in any more.' : `${count} people could not log in any more.`
}

/** The demands that are not as they were. */
const changedFields = (before: AuthenticatorPolicy, after: AuthenticatorPolicy): string[] => {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof AuthenticatorPolicy)[]
  return fields.filter((field) => !isDeepStrictEqual(before[field], after[field])).toSorted()
}

/**
 * Changes a policy. Whom it locks out is found again in the transaction, under a lock that keeps all policies as they are.
 * @returns its version from then on
 * @throws Refusal `policy_changed` when somebody else changed it since it was looked at; `policy_locks_out`, with the
 *   count in its reasons, when it locks out another number of people than was acknowledged
 */
export const savePolicy =
  (deps: PolicyDeps) =>
  async (tx: Transaction, { actor, requestId, ...saving }: SavePolicy): Promise<number> => {
    const { scope, scopeId, policy } = saving
    await deps.store.lock(tx)
    const before = await deps.store.find(saving, tx)
    const version = before?.version ?? 0
    if (saving.version !== null && saving.version !== version) throw new Refusal('policy_changed')
    const { count } = await lockedOutBy(deps)(saving, tx)
    if (count !== saving.acknowledged) throw new Refusal('policy_locks_out', undefined, [lockedOutSentence(count)])

    const row = { scope, scopeId, policy, version: version + 1, updatedBy: actor, updatedAt: deps.now() }
    if ((await deps.store.save(tx, row)) === 0) throw new Refusal('policy_changed')
    await deps.record(tx, {
      type: 'policy-changed',
      actor,
      requestId,
      client: scope === 'client' ? scopeId : null,
      details: {
        ...{ scope, of: scopeId, version: row.version, lockedOut: count },
        fields: changedFields(before?.policy ?? {}, policy),
      },
    })
    return row.version
  }
