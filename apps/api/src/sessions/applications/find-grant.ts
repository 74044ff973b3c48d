import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import type { Grant } from './store.ts'

/**
 * The grant and its session, if both are alive, by our limits of time and by the application's own.
 * @param isActivity whether this look is the person at work, and puts off the end that idleness brings
 */
export const findGrant =
  ({ store, now, policy }: LiveSessionDeps) =>
  (grantId: string, isActivity: boolean): Promise<Grant | undefined> =>
    store.findByGrant(grantId, limitsAt(now(), policy), isActivity)
