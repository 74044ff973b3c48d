import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'

export type { Store } from '@fobwatch/store'

/** A letter of the demonstration. */
export interface Kept {
  id: string
  to: string
  subject: string
  text: string
  sentAt: Date
}

// With each that comes go those that are older than 30 days.
const add = statement<[id: string, to: string, subject: string, text: string, sentAt: Date]>(
  'mail:add',
  `with old as (delete from mailbox_message where sent_at < $5::timestamptz - interval '30 days')
   insert into mailbox_message (id, "to", subject, text, sent_at) values ($1, $2, $3, $4, $5)`,
)

const newest = statement<[number], Kept>(
  'mail:newest',
  'select id, "to", subject, text, sent_at as "sentAt" from mailbox_message order by sent_at desc, id limit $1',
)

const forget = statement<[readonly string[]]>(
  'mail:forget',
  'delete from mailbox_message where lower("to") = any($1::text[])',
)

/** The room's table: `mailbox_message`. */
export const mailStore = (store: Store) => ({
  add: ({ id, to, subject, text, sentAt }: Kept) => store.run(add, [id, to, subject, text, sentAt]),
  forget: (tx: Transaction, addresses: readonly string[]) =>
    store.run(forget, [addresses.map((address) => address.toLowerCase())], tx),
  newest: (most: number) => store.rows(newest, [most]),
})

export type MailStore = ReturnType<typeof mailStore>
