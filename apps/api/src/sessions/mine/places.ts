import type { HeldRole, LoggedInPlace } from '@fobwatch/contracts'
import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import { deviceWords } from './device-words.ts'
import type { MineStore, OpenSession } from './store.ts'

/** Whether there is anything still to end: an idle one is of interest for its applications alone. */
export const isShown = ({ alive, applications }: OpenSession): boolean => alive || applications.length > 0

/** A session in words. @param roles what its person holds, of which it may have one */
export const placeOf = (session: OpenSession, roles: readonly HeldRole[]): LoggedInPlace => {
  const role = roles.find(({ id }) => id === session.assignmentId)
  return {
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

/** Where somebody is logged in, the last used first, for whoever may see them. */
export const placesOf =
  ({ mine, now, policy }: Pick<LiveSessionDeps, 'now' | 'policy'> & { mine: MineStore }) =>
  async (personId: string, roles: readonly HeldRole[]): Promise<LoggedInPlace[]> => {
    const open = await mine.openOf(personId, limitsAt(now(), policy))
    return open.filter(isShown).map((each) => placeOf(each, roles))
  }
