import { type Store, statement } from '@fobwatch/store'

export type { Store } from '@fobwatch/store'

/** A letter of the demonstration. */
export interface Kept {
  id: string
  to: string
  subject: string
  text: string
  sentAt: Date
}

const add = statement<[id: string, to: string, subject: string, text: string, sentAt: Date]>(
  'mail:add',
  'insert into mailbox_message (id, "to", subject, text, sent_at) values ($1, $2, $3, $4, $5)',
)

const newest = statement<[number], Kept>(
  'mail:newest',
  'select id, "to", subject, text, sent_at as "sentAt" from mailbox_message order by sent_at desc, id limit $1',
)

/** The room's table: `mailbox_message`. */
export const mailStore = (store: Store) => ({
  add: ({ id, to, subject, text, sentAt }: Kept) => store.run(add, [id, to, subject, text, sentAt]),
  newest: (most: number) => store.rows(newest, [most]),
})

export type MailStore = ReturnType<typeof mailStore>
