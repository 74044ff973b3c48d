import type { Fact, Now } from '#kernel'
import { leaseEnd, nextTry } from './rules.ts'
import type { Claimed, OutboxStore } from './store.ts'

/** What came of handing a fact on: it was told, or it never can be, such as to somebody without an address. */
export type Outcome = 'delivered' | { undeliverable: string }

type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>

/**
 * Who delivers which kind. A handler settles within a minute; when it throws, it is asked again later, so that it may be
 * handed one fact twice. A kind without a handler stays where it is, and is not looked at.
 */
export type Handlers = { readonly [Kind in Fact['kind']]?: (fact: FactOf<Kind>) => Promise<Outcome> }

/** What the log may know of a fact that was not delivered. The reason names nobody. */
export interface Undelivered {
  fact: string
  kind: Fact['kind']
  attempts: number
  why: string
  /** When it is tried again; null when never. */
  next: Date | null
}

interface Deps {
  store: OutboxStore
  now: Now
  handlers: Handlers
  onUndelivered: (about: Undelivered) => void
  /** Goes round each delivery, by the kind of its fact. */
  around?: (<T>(name: string, work: () => Promise<T>) => Promise<T>) | undefined
}

/** Of one kind, so that a slow receiver holds up no other's. */
const mostUnderWay = 10

/**
 * Hands on what is due. A claim is a short statement of its own that puts the next try off; the handler runs after it,
 * outside any transaction, and what came of it is noted then.
 * @returns `begin`, which claims, and leaves the handlers running; `settled`, once none of them is
 */
export const delivering = (deps: Deps) => {
  const underWay = new Map<Fact['kind'], Set<Promise<void>>>()

  const start = (kind: Fact['kind'], claimed: Claimed, running: Set<Promise<void>>) => {
    const delivery = deliver(deps, kind, claimed).finally(() => running.delete(delivery))
    running.add(delivery)
  }
  const begin = async (): Promise<void> => {
    for (const kind of Object.keys(deps.handlers) as Fact['kind'][]) {
      const running = underWay.get(kind) ?? new Set()
      underWay.set(kind, running)
      const now = deps.now()
      const claimed = await deps.store.claimDue(kind, now, leaseEnd(now), mostUnderWay - running.size)
      for (const each of claimed) start(kind, each, running)
    }
  }
  const settled = async (): Promise<void> => {
    await Promise.all([...underWay.values()].flatMap((running) => [...running]))
  }
  return { begin, settled }
}

const deliver = async (deps: Deps, kind: Fact['kind'], claimed: Claimed): Promise<void> => {
  try {
    const handle = deps.handlers[kind] as ((fact: Fact) => Promise<Outcome>) | undefined
    const hand = async () => handle?.(claimed.fact)
    const told = await (deps.around ? deps.around(`deliver ${kind}`, hand) : hand())
    const outcome = told ?? { undeliverable: 'nobody delivers this kind' }
    if (outcome === 'delivered') return void (await deps.store.markDelivered(claimed.id, deps.now()))
    await putOff(deps, kind, claimed, outcome.undeliverable, null)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    // What cannot be noted now, because the database is away, is due again when the claim ends.
    await putOff(deps, kind, claimed, why, nextTry(claimed, deps.now())).catch(() => {})
  }
}

const putOff = async (
  { store, onUndelivered }: Deps,
  kind: Fact['kind'],
  { id, attempts }: Claimed,
  why: string,
  next: Date | null,
): Promise<void> => {
  onUndelivered({ fact: id, kind, attempts, why, next })
  await store.putOff(id, attempts, why, next)
}
