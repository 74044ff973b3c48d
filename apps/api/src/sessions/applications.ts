import { newId } from '#kernel'
import type { LiveSessionDeps } from './live-sessions.ts'
import { limitsAt } from './rules.ts'
import type { Grant } from './store.ts'

/** Notes that an application takes part in a session. @returns the id of its grant */
export const joinApplication =
  ({ store, now }: LiveSessionDeps) =>
  async (sessionId: string, clientId: string): Promise<string> => {
    const grantId = await store.joinApplication(newId(), sessionId, clientId, now())
    if (!grantId) throw new Error('An upsert returned no row')
    return grantId
  }

/** The grant and its session, if both are alive. Finding counts as activity. */
export const findGrant =
  ({ store, now, policy }: LiveSessionDeps) =>
  (grantId: string): Promise<Grant | undefined> =>
    store.findByGrant(grantId, limitsAt(now(), policy))

/** Ends what one application was given in a session, and nothing else of it. */
export const revokeGrant =
  ({ store, now }: LiveSessionDeps) =>
  async (grantId: string): Promise<void> => {
    await store.revokeGrant(grantId, now())
  }
