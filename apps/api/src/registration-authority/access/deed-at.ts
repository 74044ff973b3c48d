import type { Task } from '#access'
import { type Visit, visitor } from '#http'
import { isRefusal, Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'

/** Who does a deed about a place, and where they may. */
export interface At {
  tx: Transaction
  /** A person's row id. */
  actor: string
  /** Whether an organisation is within their reach. */
  reaches: (organisationId: string) => boolean
}

/**
 * Does a deed about organisations or what they have, in one transaction with the agent's right to it, and records why it
 * was refused.
 * @throws Refusal `not_signed_in` when the agent's session ended meanwhile; `not_allowed` where no duty allows the task any
 *   more; and as the deed does
 */
export const deedAt = async <T>(deps: Deps, visit: Visit, task: Task, deed: (at: At) => Promise<T>): Promise<T> => {
  const signedIn = visitor(visit)
  const { personId: actor } = signedIn
  try {
    return await deps.inTransaction(async (tx) => {
      await deps.sessions.requireLive(tx, signedIn)
      await deps.access.holdPositions(tx, actor)
      const reach = new Set(await deps.access.reachOf(actor, task, tx))
      if (reach.size === 0) throw new Refusal('not_allowed')
      return deed({ tx, actor, reaches: (organisationId) => reach.has(organisationId) })
    })
  } catch (error) {
    if (isRefusal(error) && error.code !== 'not_signed_in') {
      const details = { task, why: error.code }
      await deps.recordAlone({ type: 'desk-refused', outcome: 'refused', actor, requestId: visit.requestId, details })
    }
    throw error
  }
}
