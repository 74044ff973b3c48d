import type { Task } from '#access'
import { type Visit, visitor } from '#http'
import { Refusal, type RefusalCode } from '#kernel'
import type { Deps } from './deps.ts'
import type { FoundRow } from './store.ts'

/** Why the desk refused, as the audit keeps it: for what the agent is, or what the deed itself refused. */
export type Why = 'outside' | 'self' | 'not-active' | 'no-duty' | 'duties' | RefusalCode

/** Records that an agent was refused something about somebody. */
export const recordRefusal = (deps: Pick<Deps, 'recordAlone'>, visit: Visit, person: string, task: Task, why: Why) =>
  deps.recordAlone({
    type: 'desk-refused',
    outcome: 'refused',
    actor: visitor(visit).personId,
    person,
    requestId: visit.requestId,
    details: { task, why },
  })

/**
 * A person at one of the organisations where the agent may do the task, or below them.
 * @throws Refusal `not_found` for anyone else, whether they exist or not
 */
export const personWithin = async (
  deps: Pick<Deps, 'access' | 'store' | 'recordAlone' | 'now'>,
  visit: Visit,
  staffId: string,
  task: Task,
): Promise<FoundRow> => {
  const reach = await deps.access.reachOf(visitor(visit).personId, task)
  const person = await deps.store.findPerson(reach, staffId, deps.now())
  if (person) return person

  const outside = await deps.store.findAnyone(staffId)
  if (outside) await recordRefusal(deps, visit, outside.id, task, 'outside')
  throw new Refusal('not_found')
}
