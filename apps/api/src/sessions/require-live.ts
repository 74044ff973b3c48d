import { Refusal, type Transaction } from '#kernel'
import type { LiveSessionDeps } from './deps.ts'
import type { Seen } from './store.ts'

/**
 * Looks again, inside a deed's own transaction, whether its session is alive. The guard looked before the request was
 * read, which may take its time, and a session, its authenticator or its person may be gone since; or the session goes on
 * with another authenticator, and what the guard saw is gone all the same. From here to the end of the transaction nobody
 * can end them, nor do another such deed for the same person.
 * @throws Refusal `not_signed_in`
 */
export const requireLive =
  ({ store, now }: Pick<LiveSessionDeps, 'store' | 'now'>) =>
  async (tx: Transaction, session: Seen): Promise<void> => {
    if (!(await store.lockLive(tx, session, now()))) throw new Refusal('not_signed_in', new Error('Ended meanwhile'))
  }
