import type { HeldRole, MySession, MySessions } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import { deviceWords } from './device-words.ts'
import type { MineStore, OpenSession } from './store.ts'

export interface ListDeps extends Pick<LiveSessionDeps, 'now' | 'policy'> {
  mine: MineStore
  rolesHeldBy: (personId: string) => Promise<HeldRole[]>
}

const viewOf = (session: OpenSession, here: string, roles: readonly HeldRole[]): MySession => {
  const role = roles.find(({ id }) => id === session.assignmentId)
  return {
    id: session.sessionId,
    here: session.sessionId === here,
    idle: !session.alive,
    shared: session.shared,
    device: deviceWords(session.userAgent),
    way: session.way,
    role: role ? { position: role.position, organisation: role.organisation } : null,
    since: session.createdAt.toISOString(),
    lastUsedAt: session.lastActiveAt.toISOString(),
    applications: session.applications.map(({ name, lastUsedAt }) => ({
      name,
      lastUsedAt: new Date(lastUsedAt).toISOString(),
    })),
  }
}

/** Where a person is logged in: this session first, then the last used. Of idle ones only those with applications. */
export const listMine =
  ({ mine, now, policy, rolesHeldBy }: ListDeps) =>
  async (_input: unknown, visit: Visit): Promise<MySessions> => {
    const { personId, sessionId } = visitor(visit)
    const open = await mine.openOf(personId, limitsAt(now(), policy))
    const shown = open.filter(({ alive, applications }) => alive || applications.length > 0)
    const roles = shown.some(({ assignmentId }) => assignmentId) ? await rolesHeldBy(personId) : []
    const views = shown.map((each) => viewOf(each, sessionId, roles))
    return { sessions: views.toSorted((one, other) => Number(other.here) - Number(one.here)) }
  }
