import type { Task } from '#access'
import { type Visit, visitor } from '#http'
import { isRefusal, Refusal, type Transaction } from '#kernel'
import type { Deps } from './deps.ts'

/** A deed at an organisation, about nobody who is there yet. */
export interface At {
  /** The organisation's code. */
  organisation: string
  task: Task
}

/** Where the deed is done. */
export interface Place {
  id: string
  code: string
  name: string
}

/** The organisation, if the agent may do the task there; asked under locks, so that the answer holds until the deed does. */
const placeWithin = async (deps: Deps, tx: Transaction, actor: string, at: At): Promise<Place> => {
  await deps.access.holdPositions(tx, actor)
  const reach = await deps.access.reachOf(actor, at.task, tx)
  const place = await deps.access.findOrganisation(at.organisation, tx)
  if (!place || !reach.includes(place.id)) throw new Refusal('organisation_unknown')
  return { ...place, code: at.organisation }
}

/**
 * Does a deed at an organisation, in one transaction with the agent's right to it, and records why it was refused.
 * @throws Refusal `not_signed_in` when the agent's session ended meanwhile; `organisation_unknown` where the agent may not
 *   do it, whether the place exists or not; and as the deed does
 */
export const deedAt = async <T>(
  deps: Deps,
  visit: Visit,
  at: At,
  deed: (tx: Transaction, place: Place) => Promise<T>,
): Promise<T> => {
  const signedIn = visitor(visit)
  const { personId: actor } = signedIn
  try {
    return await deps.inTransaction(async (tx) => {
      await deps.store.lockPeople(tx, [actor])
      await deps.sessions.requireLive(tx, signedIn)
      return deed(tx, await placeWithin(deps, tx, actor, at))
    })
  } catch (error) {
    if (isRefusal(error) && error.code !== 'not_signed_in') {
      const details = { task: at.task, why: error.code }
      const event = { type: 'desk-refused', outcome: 'refused', actor, requestId: visit.requestId, details } as const
      await deps.recordAlone(event)
    }
    throw error
  }
}
