import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import type { Grant } from './store.ts'

type Deps = Pick<LiveSessionDeps, 'store' | 'now' | 'policy'>

/** What is known of a grant's use. */
type Used = Pick<Grant, 'sessionId' | 'grantId' | 'lastActiveAt' | 'lastUsedAt'>

/**
 * Notes that a grant was used by its person at work, which puts off the end that idleness brings. Most uses have nothing to
 * note, because it was noted a moment ago.
 */
export const noteUse =
  ({ store, now, policy }: Deps) =>
  async ({ sessionId, grantId, lastActiveAt, lastUsedAt }: Used): Promise<void> => {
    const limits = limitsAt(now(), policy)
    if (lastActiveAt < limits.notedBefore) await store.noteActive(sessionId, limits)
    if (lastUsedAt < limits.notedBefore) await store.noteUsed(grantId, limits)
  }

/**
 * The grant and its session, if both are alive, by our limits of time and by the application's own.
 * @param isActivity whether this look is the person at work
 */
export const findGrant =
  (deps: Deps) =>
  async (grantId: string, isActivity: boolean): Promise<Grant | undefined> => {
    const grant = await deps.store.findByGrant(grantId, limitsAt(deps.now(), deps.policy))
    if (grant && isActivity) await noteUse(deps)(grant)
    return grant
  }
