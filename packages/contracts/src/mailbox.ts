import { type Static, Type } from 'typebox'
import { closed, Moment } from './common.ts'

/** A mail that somebody of the demonstration would have had. */
export const MailboxMessage = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    to: Type.String(),
    subject: Type.String(),
    text: Type.String(),
    sentAt: Moment,
  },
  { ...closed, title: 'MailboxMessage' },
)
export type MailboxMessage = Static<typeof MailboxMessage>

export const Mailbox = Type.Object({ messages: Type.Array(MailboxMessage) }, closed)
export type Mailbox = Static<typeof Mailbox>
