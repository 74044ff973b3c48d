import { Refusal, type Transaction } from '#kernel'
import type { LiveSessionDeps } from './deps.ts'

/**
 * Looks again, inside a deed's own transaction, whether its session is alive. The guard looked before the request was
 * read, and a session, its authenticator or its person may be gone since. From here to the end of the transaction
 * nobody can end them, nor do another such deed for the same person.
 * @throws Refusal `not_signed_in`
 */
export const requireLive =
  ({ store, now }: Pick<LiveSessionDeps, 'store' | 'now'>) =>
  async (tx: Transaction, sessionId: string): Promise<void> => {
    if (!(await store.lockLive(tx, sessionId, now()))) throw new Refusal('not_signed_in', new Error('Ended meanwhile'))
  }
