import { keyedHashOf, type Now, TooMany } from '#kernel'
import { recent } from './recent.ts'
import type { Counted, LimitStore } from './store.ts'

/** What fails against whom: an address, a person or a passkey, an application from an address. */
export type Against = 'address' | 'person' | 'client'

/** Somebody whom a failure is counted against. */
export interface Subject {
  against: Against
  /** Names them among their kind, together with what failed. */
  who: string
  /** The row of the person, and the id of the application, where it is theirs to know of. */
  person?: string
  client?: string
}

interface Deps {
  store: Pick<LimitStore, 'count'>
  now: Now
  key: Uint8Array
  most: Readonly<Record<Against, number>>
  /** Told once in a window, at one of all instances. */
  onReached: (subject: Subject) => void
  /** Told of each refusal. */
  onRefused: (against: Against) => void
}

/** How long failures are counted together. */
export const windowMs = 15 * 60_000
/** How many who are limited are remembered here. */
const mostRemembered = 20_000

/**
 * Counts what failed, where all instances count the same: one statement for each failure, and none for what succeeds nor
 * for whoever is known here to be limited. It never refuses what was proved: nobody is asked before they have tried.
 */
export const failures = ({ store, now, key, most, onReached, onRefused }: Deps) => {
  const limited = recent<number>(mostRemembered)
  const nameOf = ({ against, who }: Subject) => `${against} ${who}`

  const refusalOf = (subject: Subject, until: number, at: number): TooMany => {
    onRefused(subject.against)
    return new TooMany((until - at) / 1000, `Failures against ${nameOf(subject)}`)
  }

  /** What to answer instead of the reason, where one of them is known to be limited. */
  const knownLimit = (subjects: readonly Subject[]): TooMany | undefined => {
    const at = now().getTime()
    for (const subject of subjects) {
      const until = limited.get(nameOf(subject)) ?? 0
      if (until > at) return refusalOf(subject, until, at)
    }
    return undefined
  }

  const noteLimit = (subject: Subject, { count, resetsAt }: Counted): void => {
    limited.set(nameOf(subject), resetsAt.getTime())
    if (count === most[subject.against] + 1) onReached(subject)
  }

  /** Counts one more against each. @returns those that it was too many for */
  const countAll = async (subjects: readonly Subject[], at: Date) => {
    const byHash = new Map(
      subjects.map((subject) => {
        const hash = keyedHashOf(key, `failed ${nameOf(subject)}`)
        return [hash.toString('base64url'), { subject, hash }]
      }),
    )
    const hashes = [...byHash.values()].map(({ hash }) => hash)
    const counts = await store.count(hashes, at, new Date(at.getTime() + windowMs))
    return counts.flatMap((counted) => {
      const subject = byHash.get(counted.key.toString('base64url'))?.subject
      return subject && counted.count > most[subject.against] ? [{ subject, counted }] : []
    })
  }

  const isLimited = (subject: Subject, at: Date): boolean => (limited.get(nameOf(subject)) ?? 0) > at.getTime()

  /**
   * Counts a failure against those whom the answer depends on, and against one whom it says nothing about.
   * @returns what to answer instead of its reason, where there were too many; and whether there were of the other
   */
  const countApart = async (subjects: readonly Subject[], apart?: Subject) => {
    const at = now()
    const known = knownLimit(subjects)
    const isKnownApart = apart !== undefined && isLimited(apart, at)
    const counted = [...(known ? [] : subjects), ...(apart && !isKnownApart ? [apart] : [])]
    const over = counted.length > 0 ? await countAll(counted, at) : []
    for (const { subject, counted: one } of over) noteLimit(subject, one)
    // By this count alone: of many at once, those that came first hear their reason.
    const first = over.find(({ subject }) => subject !== apart)
    return {
      tooMany: known ?? (first && refusalOf(first.subject, first.counted.resetsAt.getTime(), at.getTime())),
      tooManyApart: isKnownApart || over.some(({ subject }) => subject === apart),
    }
  }

  return {
    knownLimit,
    countApart,
    /**
     * Counts a failure.
     * @returns what to answer instead of its reason, where there were too many
     */
    count: async (subjects: readonly Subject[]): Promise<TooMany | undefined> => (await countApart(subjects)).tooMany,
  }
}

export type Failures = ReturnType<typeof failures>
