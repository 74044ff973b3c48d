import { type Store, statement } from '@fobwatch/store'
import type { Fact, Transaction } from '#kernel'

export type { Store } from '@fobwatch/store'

const add = statement<[id: string, kind: string, fact: string, at: Date]>(
  'outbox:add',
  'insert into outbox (id, kind, fact, created_at, due_at) values ($1, $2, $3::jsonb, $4, $4)',
)

/** The table `outbox`. */
export const outboxStore = (store: Store) => ({
  add: (tx: Transaction, id: string, fact: Fact, at: Date) =>
    store.run(add, [id, fact.kind, JSON.stringify(fact), at], tx),
})

export type OutboxStore = ReturnType<typeof outboxStore>
