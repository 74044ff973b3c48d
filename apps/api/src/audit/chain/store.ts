import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { EventRow } from '../store.ts'

export type { Store } from '@fobwatch/store'

/** A batch as it is stored. */
export interface BatchRow {
  number: number
  previous: Buffer | null
  hash: Buffer
  count: number
  total: number
  sealedAt: Date
  checkpoint: string
}

/** An event with what the database says of it. */
export type StoredEvent = EventRow & { seq: number; storedAt: Date | null }

/** What stands at a place of a batch. Only whoever could change the log itself leaves a place without its event. */
export interface Place {
  place: number
  leaf: Buffer
  event: StoredEvent | null
}

const tryLock = statement<[], { mine: boolean }>(
  'audit:try-seal',
  `select pg_try_advisory_xact_lock(hashtext('fobwatch audit seal')) as mine`,
)

const batchColumns = 'number, previous, hash, count, total, sealed_at as "sealedAt", checkpoint'
const eventColumns = `e.seq, e.id, e.at, e.stored_at as "storedAt", e.type, e.outcome, e.actor, e.person, e.client,
  e.request_id as "requestId", e.details, e.personal`

const lastBatch = statement<[], BatchRow>(
  'audit:last-batch',
  `select ${batchColumns} from audit_batch order by number desc limit 1`,
)

const batches = statement<[number, number], BatchRow>(
  'audit:batches',
  `select ${batchColumns} from audit_batch where number between $1 and $2 order by number`,
)

// How far back events are looked for that others overtook: an event takes its number before it is committed.
const unsealed = statement<[number | null, number, number], StoredEvent>(
  'audit:unsealed',
  `with floor as materialized (
     select coalesce($1::bigint, (select max(seq) from audit_leaf) - $2, 0) as seq)
   select ${eventColumns} from audit_event e
   where e.seq > (select seq from floor)
     and not exists (select from audit_leaf l where l.seq = e.seq and l.seq > (select seq from floor))
   order by e.seq limit $3`,
)

const lowestUnsealed = statement<[], { seq: number }>(
  'audit:lowest-unsealed',
  'select e.seq from audit_event e where not exists (select from audit_leaf l where l.seq = e.seq) order by e.seq limit 1',
  'unhurried',
)

// What was overtaken by others lies below the newest, and is sealed within the hour.
const waiting = statement<[], { count: number; oldest: Date | null }>(
  'audit:waiting',
  `select count(*) as count, min(coalesce(stored_at, at)) as oldest from (
     select stored_at, at from audit_event where seq > coalesce((select max(seq) from audit_leaf), 0)
     order by seq limit 10000) e`,
)

const addBatch = statement<[number, Buffer | null, Buffer, number, number, Date, string]>(
  'audit:add-batch',
  `insert into audit_batch (number, previous, hash, count, total, sealed_at, checkpoint)
   values ($1, $2, $3, $4, $5, $6, $7)`,
)

const addLeaves = statement<[number, readonly number[], readonly Buffer[]]>(
  'audit:add-leaves',
  `insert into audit_leaf (seq, batch, place, leaf)
   select of.seq, $1, of.place, of.leaf from unnest($2::bigint[], $3::bytea[]) with ordinality as of(seq, leaf, place)`,
)

const placesOf = statement<
  [number, number, number],
  Omit<Place, 'event'> & Omit<StoredEvent, 'id'> & { id: string | null }
>(
  'audit:places-of',
  `select l.place, l.leaf, ${eventColumns} from audit_leaf l left join audit_event e on e.seq = l.seq
   where l.batch = $1 and l.place > $2 order by l.place limit $3`,
)

/** The tables of the chain: `audit_batch` and `audit_leaf`, which only grow. */
export const chainStore = (store: Store) => ({
  inTransaction: store.inTransaction,
  /** Whether this transaction seals; there is one at a time, of all instances. */
  tryLock: async (tx: Transaction) => (await store.row(tryLock, [], tx))?.mine === true,
  lastBatch: (tx?: Transaction) => store.row(lastBatch, [], tx),
  /** Batches by number, both ends included. */
  batches: (first: number, last: number) => store.rows(batches, [first, last]),
  /**
   * Events that no batch holds, in the order of their numbers.
   * @param above only those with a higher number; null for those near the newest that is sealed
   */
  unsealed: (tx: Transaction, above: number | null, near: number, limit: number) =>
    store.rows(unsealed, [above, near, limit], tx),
  /** The first of all events that no batch holds. It looks at the whole log. */
  lowestUnsealed: async () => (await store.row(lowestUnsealed, []))?.seq,
  /** How many events came after the newest sealed one, up to 10,000, and how old the oldest of them is. */
  waiting: async () => (await store.row(waiting, [])) ?? { count: 0, oldest: null },
  addBatch: async (tx: Transaction, b: BatchRow, seqs: readonly number[], leaves: readonly Buffer[]) => {
    await store.run(addBatch, [b.number, b.previous, b.hash, b.count, b.total, b.sealedAt, b.checkpoint], tx)
    await store.run(addLeaves, [b.number, seqs, leaves], tx)
  },
  /** What a batch holds, from the place after one. */
  placesOf: async (batch: number, after: number, limit: number): Promise<Place[]> => {
    const rows = await store.rows(placesOf, [batch, after, limit])
    return rows.map(({ place, leaf, id, ...event }) => ({ place, leaf, event: id === null ? null : { ...event, id } }))
  },
})

export type ChainStore = ReturnType<typeof chainStore>
