import type { RecordEvent } from '#audit'
import type { InTransaction, Transaction } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'

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

/** Ends what an application was given in every session, for good: it is disabled, and gets none of it back afterwards. */
export const revokeGrantsOf =
  ({ store, now }: Pick<LiveSessionDeps, 'store' | 'now'>) =>
  async (tx: Transaction, clientId: string): Promise<void> => {
    await store.revokeGrantsOf(tx, clientId, now())
  }
