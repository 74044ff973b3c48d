import { hashOf, newSecret, type Transaction } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'
import type { Browser } from '../live-sessions.ts'
import { limitsAt } from '../rules.ts'
import type { LiveSession } from '../store.ts'

/**
 * Makes another session of this browser its current one, without an assertion: only a person of the sandbox has one to
 * take up. Of two that are taken up at once, the second is current, and the first opens by nothing until it is again.
 * @returns the session, and the secret for the browser; nothing when it is no live one of this very browser
 */
export const takeUpSession =
  ({ store, now, policy }: LiveSessionDeps) =>
  async (
    tx: Transaction,
    { secret: browserSecret, sessionSecret }: Browser,
    sessionId: string,
  ): Promise<{ session: LiveSession; secret: string } | undefined> => {
    const limits = limitsAt(now(), policy)
    const browserHash = hashOf(browserSecret)
    const there = await store.lockIn(tx, browserHash, sessionSecret ? hashOf(sessionSecret) : null, limits)
    // A cookie of one browser with the secret of another: nobody real is left in silence.
    if (there.some(({ sandboxOnly }) => !sandboxOnly)) return undefined
    const secret = newSecret()
    const session = await store.takeUp(tx, sessionId, browserHash, hashOf(secret), limits)
    if (!session) return undefined
    await store.setAside(tx, browserHash, sessionId)
    return { session, secret }
  }
