import type { Limits } from './store.ts'

const minute = 60_000

/** How long an assertion counts as fresh, for deeds that ask for one. */
const freshMinutes = 5

/** How long sessions last. */
export interface SessionPolicy {
  idleMinutes: number
  maxMinutes: number
}

const before = (now: Date, minutes: number) => new Date(now.getTime() - minutes * minute)

/** The limits of time at this moment. Idleness is noted once a minute at most, so that reading seldom writes. */
export const limitsAt = (now: Date, { idleMinutes, maxMinutes }: SessionPolicy): Limits => ({
  now,
  activeSince: before(now, idleMinutes),
  startedSince: before(now, maxMinutes),
  notedBefore: before(now, Math.min(1, idleMinutes / 15)),
})

/** Whether an assertion made at `authenticatedAt` is fresh enough for a deed that matters. */
export const isFresh = (authenticatedAt: Date, now: Date): boolean => authenticatedAt > before(now, freshMinutes)
