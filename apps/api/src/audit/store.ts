import { type Store, statement, step } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { Details } from './events.ts'

export type { Store } from '@fobwatch/store'

export interface EventRow {
  id: string
  at: Date
  type: string
  outcome: string
  actor: string | null
  person: string | null
  client: string | null
  requestId: string | null
  details: Details
  personal: Buffer | null
}

const columns = 'id, at, type, outcome, actor, person, client, request_id as "requestId", details, personal'

type EventParams = readonly [
  ...[id: string, at: Date, type: string, outcome: string],
  ...[actor: string | null, person: string | null, client: string | null, requestId: string | null],
  details: string,
  personal: Buffer | null,
]

const addEvent = statement<EventParams>(
  'audit:add-event',
  `insert into audit_event (id, at, type, outcome, actor, person, client, request_id, details, personal)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10)`,
)

const eventsOf = statement<readonly [string], EventRow>(
  'audit:events-of',
  `select ${columns} from audit_event where person = $1 order by seq`,
)

/** An event as a line of its own: when, what and how it ended. */
type EventLine = Pick<EventRow, 'at' | 'type' | 'outcome'>

// Whoever looks at somebody is recorded each time, and would soon leave nothing else to be seen.
const newestOf = statement<readonly [string, number], EventLine>(
  'audit:newest-of',
  `select at, type, outcome from audit_event where person = $1 and type not in ('person-viewed', 'audit-read')
   order by at desc, seq desc limit $2`,
)

const newest = statement<[], Pick<EventRow, 'at' | 'type' | 'details'>>(
  'audit:newest',
  'select at, type, details from audit_event order by seq desc limit 1',
)

const findKey = statement<readonly [string], { sealedKey: Buffer }>(
  'audit:find-key',
  'select sealed_key as "sealedKey" from personal_key where person = $1',
)

const findKeys = statement<readonly [readonly string[]], { person: string; sealedKey: Buffer }>(
  'audit:find-keys',
  'select person, sealed_key as "sealedKey" from personal_key where person = any($1::uuid[])',
)

// Waits for another transaction that is making the same key; what that one stored is then read, not overwritten.
const addKey = statement<readonly [string, Buffer, Date]>(
  'audit:add-key',
  'insert into personal_key (person, sealed_key, created_at) values ($1, $2, $3) on conflict (person) do nothing',
)

const destroyKey = statement<readonly [string, Date]>(
  'audit:destroy-key',
  `insert into personal_key (person, sealed_key, created_at) values ($1, '', $2)
   on conflict (person) do update set sealed_key = ''`,
)

/** PostgreSQL's jsonb takes neither NUL nor half a surrogate pair; both become U+FFFD. */
const storable = (_: string, value: unknown) =>
  typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value

const paramsOf = (e: EventRow): EventParams => [
  ...([e.id, e.at, e.type, e.outcome, e.actor, e.person, e.client, e.requestId] as const),
  JSON.stringify(e.details, storable),
  e.personal,
]

/** The room's tables: `audit_event`, which only grows, and `personal_key`. */
export const auditStore = (store: Store) => ({
  inTransaction: store.inTransaction,
  addEvent: (tx: Transaction, e: EventRow) => store.run(addEvent, paramsOf(e), tx),
  addEventStep: (e: EventRow) => step(addEvent, paramsOf(e)),
  eventsOf: (personId: string) => store.rows(eventsOf, [personId]),
  /** What happened to a person last, newest first, but for that somebody looked. */
  /** The newest event of all, if there is one. */
  newest: () => store.row(newest, []),
  newestOf: (personId: string, most: number) => store.rows(newestOf, [personId, most]),
  /** The sealed key of a person; empty once the person has been forgotten. */
  findKey: async (personId: string, tx?: Transaction) => (await store.row(findKey, [personId], tx))?.sealedKey,
  findKeys: (personIds: readonly string[]) => store.rows(findKeys, [personIds]),
  addKey: (tx: Transaction, personId: string, sealedKey: Buffer, at: Date) =>
    store.run(addKey, [personId, sealedKey, at], tx),
  destroyKey: (tx: Transaction, personId: string, at: Date) => store.run(destroyKey, [personId, at], tx),
})

export type AuditStore = ReturnType<typeof auditStore>
