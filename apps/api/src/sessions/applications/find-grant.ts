import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import type { Grant } from './store.ts'

/** The grant and its session, if both are alive. Finding counts as activity. */
export const findGrant =
  ({ store, now, policy }: LiveSessionDeps) =>
  (grantId: string): Promise<Grant | undefined> =>
    store.findByGrant(grantId, limitsAt(now(), policy))
