import { keyedHashOf, type Now } from '#kernel'
import { windowMs } from './failures.ts'
import { recent } from './recent.ts'
import { rateOf, refill } from './rules.ts'
import type { LimitStore } from './store.ts'

/** A limit that somebody reached, for whoever looks after the service. */
export interface Reached {
  limit: string
  /** Tells one address from another, and says which to nobody; the service's log has the address. */
  who: string
  person?: string | undefined
  client?: string | undefined
}

interface Deps {
  store: Pick<LimitStore, 'count'>
  now: Now
  key: Uint8Array
  /** Records it. */
  tell: (reached: Reached) => Promise<void>
  onFailure: (error: unknown) => void
}

/** Whoever comes from ever new addresses does not fill the log either: so many are told a second, in the long run. */
const rate = rateOf(1)

/** Tells of each limit that somebody reaches once in its window, whichever instances they reach it at. */
export const announcing = ({ store, now, key, tell, onFailure }: Deps) => {
  const told = recent<number>(20_000)
  let purse = { left: rate.burst, at: now().getTime() }

  const announce = async (reached: Reached, isFirst: boolean): Promise<void> => {
    const at = now()
    const hash = keyedHashOf(key, `reached ${reached.limit} ${reached.who}`)
    if (!isFirst) {
      const [counted] = await store.count([hash], at, new Date(at.getTime() + windowMs))
      if (counted?.count !== 1) return
    }
    await tell({ ...reached, who: hash.toString('base64url').slice(0, 12) })
  }

  /** @param isFirst whether all instances know that this is the first time in this window */
  return (reached: Reached, isFirst = false): void => {
    const at = now().getTime()
    const name = `${reached.limit} ${reached.who}`
    if (!isFirst && (told.get(name) ?? 0) > at) return
    const left = refill(purse, rate, at)
    if (left < 1) return
    purse = { left: left - 1, at }
    told.set(name, at + windowMs)
    announce(reached, isFirst).catch(onFailure)
  }
}
