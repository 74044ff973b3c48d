import type { RecordEvent } from '#audit'
import { type InTransaction, newId } from '#kernel'
import type { LiveSessionDeps } from './deps.ts'
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

/** Why an application's tokens were revoked: it asked, or somebody used a code or a refresh token a second time. */
export type RevokedWhy = 'asked' | 'used-twice'

interface RevokeDeps extends LiveSessionDeps {
  inTransaction: InTransaction
  record: RecordEvent
}

/** Ends what one application was given in a session, and nothing else of it, and notes why. */
export const revokeGrant =
  ({ store, now, inTransaction, record }: RevokeDeps) =>
  (grantId: string, why: RevokedWhy, requestId?: string): Promise<void> =>
    inTransaction(async (tx) => {
      const revoked = await store.revokeGrant(tx, grantId, now())
      if (!revoked) return
      const { sessionId: session, personId: person, clientId: client } = revoked
      await record(tx, { type: 'tokens-revoked', person, client, requestId, details: { session, why } })
    })
