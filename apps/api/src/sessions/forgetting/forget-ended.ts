import type { Now } from '#kernel'
import { batch, type ForgettingStore } from './store.ts'

/** So many batches in one run, so that other work has its turn. */
const mostBatches = 40

interface Deps {
  store: ForgettingStore
  now: Now
  /** For how many days a session is kept that has ended. */
  keptDays: number
}

/**
 * Forgets sessions that ended so many days ago, batch after batch, each committed by itself. One that nobody ended is ended
 * by `endOverdue` first, and counts from then.
 * @param batches so many at most; what is left waits for the next run
 * @returns how many it forgot
 */
export const forgetEnded =
  ({ store, now, keptDays }: Deps) =>
  async (batches = mostBatches): Promise<number> => {
    // Each batch begins where the last one stopped: what was deleted meanwhile lies about before that.
    let [all, from] = [0, new Date(0)]
    for (let done = 0; done < batches; done += 1) {
      const { count, upTo } = await store.forget(from, now(), keptDays)
      all += count
      if (count < batch || !upTo) break
      from = upTo
    }
    return all
  }
