import type { OidcStore } from './store.ts'

// What may be used once stays a day after its end, so that a second use is still recognised as one.
const kept = 24 * 3600 * 1000

// A clock that was ahead, and is set right, must not find an id forgotten that it takes for good again.
const clockMayJump = 2 * 3600 * 1000

/**
 * Forgets sign-ins and access tokens that have ended, pushed requests an hour later, codes and refresh tokens a day later,
 * and ids two hours after they were too old to replay.
 */
export const forgetExpired =
  (store: OidcStore) =>
  async (now: Date): Promise<void> => {
    const then = new Date(now.getTime() - kept)
    await store.tokens.forget(now, then)
    await store.transient.forget(now, then)
    await store.forgetReplays(new Date(now.getTime() - clockMayJump))
  }
