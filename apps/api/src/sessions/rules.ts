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

/**
 * The limits of time at this moment. Activity is noted every 10 seconds at most, so that reading seldom writes; an
 * application may call a session idle after a minute.
 */
export const limitsAt = (now: Date, { idleMinutes, maxMinutes }: SessionPolicy): Limits => ({
  now,
  activeSince: before(now, idleMinutes),
  startedSince: before(now, maxMinutes),
  notedBefore: before(now, Math.min(1 / 6, idleMinutes / 15)),
})

/** What an application asks of sessions beyond what the service does: minutes; nothing where it asks no more. */
export interface OwnLimits {
  sessionIdleMinutes: number | undefined
  sessionMaxMinutes: number | undefined
}

/**
 * Whether a session may go on to an application without another assertion, by the application's own limits: how long it
 * may have been idle, and how long ago its person may have used their device for it.
 */
export const isWithin = (
  { lastActiveAt, authenticatedAt }: { lastActiveAt: Date; authenticatedAt: Date },
  { sessionIdleMinutes, sessionMaxMinutes }: OwnLimits,
  now: Date,
): boolean =>
  (sessionIdleMinutes === undefined || lastActiveAt > before(now, sessionIdleMinutes)) &&
  (sessionMaxMinutes === undefined || authenticatedAt > before(now, sessionMaxMinutes))

/** Whether an assertion made at `authenticatedAt` is fresh enough for a deed that matters. */
export const isFresh = (authenticatedAt: Date, now: Date): boolean => authenticatedAt > before(now, freshMinutes)
