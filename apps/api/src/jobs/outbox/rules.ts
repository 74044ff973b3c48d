const second = 1000
const day = 24 * 3600 * second

/** The first wait after a failure; each is twice the one before. */
const shortestWait = 10 * second
const longestWait = 3600 * second

/** For how long after its deed a fact is still tried. */
const patience = 3 * day

/** Whoever claimed a fact and then crashed has held it up for so long. Longer than a handler may take. */
const lease = 120 * second

/** For how long facts are kept, for whoever looks into what was told; and those that were, of which there are many. */
const kept = 30 * day
const keptDelivered = 7 * day

/** When a fact that is handed on now is due again, should nobody say what came of it. */
export const leaseEnd = (now: Date): Date => new Date(now.getTime() + lease)

/**
 * When to try again what failed.
 * @param attempts how often it was tried, this time included
 * @returns null when it is time to give up
 */
export const nextTry = ({ attempts, createdAt }: { attempts: number; createdAt: Date }, now: Date): Date | null => {
  const next = now.getTime() + Math.min(shortestWait * 2 ** (attempts - 1), longestWait)
  return next > createdAt.getTime() + patience ? null : new Date(next)
}

/** From before when facts are forgotten that were delivered, and from before when all are. */
export const forgottenBefore = (now: Date): [delivered: Date, any: Date] => [
  new Date(now.getTime() - keptDelivered),
  new Date(now.getTime() - kept),
]
