import type { OidcStore } from './store.ts'

// A code stays a day after its end, so that its second use is still recognised as one, and its grant revoked.
const kept = 24 * 3600 * 1000

/** Forgets codes, interactions and tokens that ended long ago, and ids that are too old to be replayed. */
export const forgetExpired =
  (store: OidcStore) =>
  async (now: Date): Promise<void> => {
    const before = new Date(now.getTime() - kept)
    await store.tokens.forget(before)
    await store.transient.forget(before)
    await store.forgetReplays(now)
  }
