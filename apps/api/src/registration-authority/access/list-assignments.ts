import type { DeskAssignment, DeskAssignments, MayAssign } from '@fobwatch/contracts'
import type { UsedPosition } from '#access'
import { type Visit, visitor } from '#http'
import type { Deps } from '../deps.ts'
import { personWithin } from '../person-within.ts'
import { mayAssignEach } from './may-assign.ts'

/**
 * Every position that a person has, will have or had, and what the agent may do about each.
 * @throws Refusal `not_found` for a person outside the agent's organisations
 */
export const listAssignments =
  (deps: Deps) =>
  async ({ staffId }: { staffId: string }, visit: Visit): Promise<DeskAssignments> => {
    const actor = visitor(visit).personId
    const { personId } = await personWithin(deps, visit, staffId, 'find-person')
    const [held, mayAssign] = await Promise.all([deps.access.assignmentsOf(personId), mayAssignEach(deps, actor)])
    const mayChange = (each: UsedPosition): Promise<MayAssign> | MayAssign =>
      each.state === 'over' || personId === actor ? 'no' : mayAssign({ ...each, organisationId: each.organisation.id })
    return { assignments: await Promise.all(held.map(async (each) => asShown(each, await mayChange(each)))) }
  }

const iso = (moment: Date | null): string | null => moment?.toISOString() ?? null

const asShown = (
  { organisation: { id: _, ...organisation }, ...each }: UsedPosition,
  mayChange: MayAssign,
): DeskAssignment => ({
  ...{
    id: each.id,
    position: each.position,
    organisation,
    role: each.role,
    duty: each.duty,
    state: each.state,
    mayChange,
  },
  startsAt: each.startsAt.toISOString(),
  expiresAt: iso(each.expiresAt),
  endedAt: iso(each.endedAt),
  lastUsedAt: iso(each.lastUsedAt),
  assignedBy: each.assignedByName,
})
