import { type Store, statement } from '@fobwatch/store'
import type { Fact, Transaction } from '#kernel'

export type { Store } from '@fobwatch/store'

/** A fact that this instance hands on now. */
export interface Claimed {
  id: string
  fact: Fact
  /** This one included. */
  attempts: number
  createdAt: Date
}

const add = statement<[id: string, kind: string, fact: string, at: Date]>(
  'outbox:add',
  'insert into outbox (id, kind, fact, created_at, due_at) values ($1, $2, $3::jsonb, $4, $4)',
)

// Passes over what another instance is claiming. What is delivered or given up is due never, and not in the way here. Of
// each application one in turn: whoever is slow to take a thousand holds up nobody who waits for one.
const claimDue = statement<[kind: string, now: Date, until: Date, most: number], Claimed>(
  'outbox:claim-due',
  `with waiting as (
     select id as waits, row_number() over (partition by fact->>'client' order by due_at, id) as turn
     from outbox where kind = $1 and due_at <= $2),
   due as (
     select id from outbox join waiting on waits = id where due_at <= $2
     order by turn, due_at limit $4 for update of outbox skip locked)
   update outbox set attempts = attempts + 1, due_at = $3 from due where outbox.id = due.id
   returning outbox.id, fact, attempts, created_at as "createdAt"`,
)

const markDelivered = statement<[string, Date]>(
  'outbox:mark-delivered',
  'update outbox set delivered_at = $2, due_at = null, last_error = null where id = $1',
)

// Whoever came after the claim had ended knows better.
const putOff = statement<[id: string, attempts: number, why: string, next: Date | null]>(
  'outbox:put-off',
  'update outbox set last_error = $3, due_at = $4 where id = $1 and attempts = $2 and delivered_at is null',
)

// By the index on kind and due_at: what is due never is not looked at.
const backlog = statement<[kinds: readonly string[]], { count: number; oldest: Date | null }>(
  'outbox:backlog',
  `select count(*) as count, min(created_at) as oldest from (
     select created_at from outbox where kind = any($1) and due_at is not null limit 10000) waiting`,
)

const forget = statement<[delivered: Date, any: Date]>(
  'outbox:forget',
  'delete from outbox where created_at < $1 and (delivered_at is not null or created_at < $2)',
  'unhurried',
)

/** The table `outbox`. */
export const outboxStore = (store: Store) => ({
  add: (tx: Transaction, id: string, fact: Fact, at: Date) =>
    store.run(add, [id, fact.kind, JSON.stringify(fact), at], tx),
  /** Takes what is due of a kind, so that nobody else does before `until`. */
  claimDue: (kind: string, now: Date, until: Date, most: number) =>
    most > 0 ? store.rows(claimDue, [kind, now, until, most]) : Promise.resolve([]),
  markDelivered: (id: string, at: Date) => store.run(markDelivered, [id, at]),
  putOff: (id: string, attempts: number, why: string, next: Date | null) =>
    store.run(putOff, [id, attempts, why, next]),
  backlog: async (kinds: readonly string[]) => (await store.row(backlog, [kinds])) ?? { count: 0, oldest: null },
  /** Forgets what was delivered and is older than the first, and whatever is older than the second. */
  forget: (delivered: Date, any: Date) => store.run(forget, [delivered, any]),
})

export type OutboxStore = ReturnType<typeof outboxStore>
