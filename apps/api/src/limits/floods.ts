import { keyedHashOf, type Now, TooMany } from '#kernel'
import { recent } from './recent.ts'
import { isHeavy, type Purse, type Rate, refill, secondsUntilOne, spentByOthers } from './rules.ts'
import type { LimitStore } from './store.ts'

/** What is bounded however right it is, by what it costs and to whom. */
export type Flood = 'begin' | 'prove' | 'ask' | 'person' | 'client' | 'known' | 'begin-in-all'

interface Spender extends Purse {
  /** Spent here, and not told to the others yet. */
  unshared: number
  /** What all had spent when they were last told. */
  seen?: number
}

interface Deps {
  store: Pick<LimitStore, 'share'>
  now: Now
  key: Uint8Array
  rates: Readonly<Record<Flood, Rate>>
  onReached: (flood: Flood, who: string) => void
}

/** How many of each kind are remembered: about 3 MB when all are. */
const mostSpenders = 20_000
/** How many are shared at once, the heaviest. */
const mostShared = 500
/** How long after the last share a count begins anew. */
const sharedMs = 60_000

type Spenders = ReturnType<typeof recent<Spender>>

/**
 * Bounds floods in this process's memory, at no statement: an ordinary request costs a look at a map. Whoever spends much
 * is told to the other instances in the background (`share`), so that all together serve hardly more than one would.
 */
export const floods = ({ store, now, key, rates, onReached }: Deps) => {
  const kinds = Object.fromEntries(Object.keys(rates).map((kind) => [kind, recent<Spender>(mostSpenders)])) as Record<
    Flood,
    Spenders
  >

  /** What somebody has by now, as it was: nothing is spent by looking. */
  const purseOf = (flood: Flood, who: string, at: number): Spender => {
    const known = kinds[flood].get(who)
    return {
      ...known,
      left: known ? refill(known, rates[flood], at) : rates[flood].burst,
      at,
      unshared: known?.unshared ?? 0,
    }
  }

  /** How many seconds until there is one for them; 0 where there is. */
  const waitOf = (flood: Flood, who: string): number => {
    const known = kinds[flood].get(who)
    return known ? secondsUntilOne(refill(known, rates[flood], now().getTime()), rates[flood]) : 0
  }

  /** Takes one, whether or not there is one left. */
  const spend = (flood: Flood, who: string): void => {
    const purse = purseOf(flood, who, now().getTime())
    kinds[flood].set(who, { ...purse, left: purse.left - 1, unshared: purse.unshared + 1 })
  }

  /** @throws TooMany where there is none left; whoever is refused spends nothing */
  const refuse = (flood: Flood, who: string): void => {
    const wait = waitOf(flood, who)
    if (wait === 0) return
    onReached(flood, who)
    throw new TooMany(wait, `${flood} of ${who}`)
  }

  const heavyIn = (flood: Flood, at: number) =>
    [...kinds[flood].entries()]
      .filter(([, { left }]) => isHeavy(left, rates[flood]))
      .map(([who]) => ({ flood, who, purse: purseOf(flood, who, at) }))
      .filter(({ purse }) => isHeavy(purse.left, rates[flood]))

  /** Those who spent most, one by one. */
  const heaviest = (at: number) =>
    (Object.keys(kinds) as Flood[])
      .flatMap((flood) => heavyIn(flood, at))
      .toSorted((one, other) => one.purse.left - other.purse.left)
      .slice(0, mostShared)

  return {
    spend,
    refuse,
    /** @throws TooMany */
    take: (flood: Flood, who: string): void => {
      refuse(flood, who)
      spend(flood, who)
    },
    /** Tells the other instances who spends much here, and hears what they spent there: one statement, or none. */
    share: async (): Promise<void> => {
      const at = now()
      const told = new Map(
        heaviest(at.getTime()).map(({ flood, who, purse }) => {
          // What was long made good again is nobody's business.
          const spent = Math.max(0, Math.min(purse.unshared, Math.ceil(rates[flood].burst - purse.left)))
          kinds[flood].set(who, { ...purse, unshared: 0 })
          const hash = keyedHashOf(key, `flood ${flood} ${who}`)
          return [hash.toString('base64url'), { flood, who, spent, hash }]
        }),
      )
      if (told.size === 0) return
      const each = [...told.values()]
      const resetsAt = new Date(at.getTime() + sharedMs)
      const totals = await store.share(
        each.map(({ hash }) => hash),
        each.map(({ spent }) => spent),
        at,
        resetsAt,
      )
      for (const { key: hash, count } of totals) {
        const one = told.get(hash.toString('base64url'))
        if (!one) continue
        const { flood, who, spent } = one
        const purse = purseOf(flood, who, at.getTime())
        const left = Math.max(-rates[flood].burst, purse.left - spentByOthers(count, spent, purse.seen))
        kinds[flood].set(who, { ...purse, left, seen: count })
      }
    },
  }
}

export type Floods = ReturnType<typeof floods>
