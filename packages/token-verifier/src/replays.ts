import { createHash } from 'node:crypto'

/** Remembers what may be used once: logout tokens, and proofs of a key. */
export type ReplayMemory = {
  /**
   * Notes an id, in one indivisible act: of several who bring the same id at once, one gets `true`.
   * With Redis it is `SET id 1 NX EXAT until`, in SQL `INSERT … ON CONFLICT DO NOTHING`.
   * @param id a fixed length, whatever was sent
   * @param untilSeconds the id may be forgotten from then on, in seconds since 1970: what it stands for has expired
   * @returns whether the id was new
   */
  remember: (id: string, untilSeconds: number) => boolean | Promise<boolean>
}

/** The memory of one process. It holds what has not expired, and forgets the rest when something new comes. */
export const createReplayMemory = (): ReplayMemory => {
  const known = new Map<string, number>()
  return {
    remember: (id, untilSeconds) => {
      const now = Date.now() / 1000
      // What came first expires first, but for a few minutes.
      for (const [old, until] of known) {
        if (until >= now) break
        known.delete(old)
      }
      if (known.has(id)) return false
      known.set(id, untilSeconds)
      return true
    },
  }
}

/** The id of something that its maker gave an id of its own; another maker's, or another kind's, is never the same. */
export const replayId = (kind: 'logout' | 'proof', maker: string, jti: string): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, maker, jti]))
    .digest('base64url')
