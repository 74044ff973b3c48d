import type { HeldRole, MySessions } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import { isShown, placeOf } from './places.ts'
import type { MineStore } from './store.ts'

export interface ListDeps extends Pick<LiveSessionDeps, 'now' | 'policy'> {
  mine: MineStore
  rolesHeldBy: (personId: string) => Promise<HeldRole[]>
}

/** Where a person is logged in: this session first, then the last used. Of idle ones only those with applications. */
export const listMine =
  ({ mine, now, policy, rolesHeldBy }: ListDeps) =>
  async (_input: unknown, visit: Visit): Promise<MySessions> => {
    const { personId, sessionId } = visitor(visit)
    const open = await mine.openOf(personId, limitsAt(now(), policy))
    const shown = open.filter(isShown)
    const roles = shown.some(({ assignmentId }) => assignmentId) ? await rolesHeldBy(personId) : []
    const views = shown.map((each) => ({
      ...{ id: each.sessionId, here: each.sessionId === sessionId },
      ...placeOf(each, roles),
    }))
    return { sessions: views.toSorted((one, other) => Number(other.here) - Number(one.here)) }
  }
