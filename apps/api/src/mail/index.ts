/**
 * Mail: how people are told by another channel. Owns the table `mailbox_message`, where a demonstration keeps its letters.
 * Invariant: a letter is plain text to one address, and nothing in it becomes a header; it leaves this machine by TLS or
 * not at all.
 * Neighbours: rooms whose facts people are told of, such as `authenticators`, write the letters; `demonstration` shows
 * those that were kept.
 */
import type { Now } from '#kernel'
import { keepInMailbox, newestLetters } from './mailbox.ts'
import type { MailServer } from './rules.ts'
import { type Send, sendBySmtp } from './send-by-smtp.ts'
import { mailStore, type Store } from './store.ts'

export { momentWords } from './moment-words.ts'
export { isAddress, type MailServer, readMailServer } from './rules.ts'
export type { Send } from './send-by-smtp.ts'
export type { Kept } from './store.ts'

interface Deps {
  store: Store
  now: Now
  /** Where letters are handed in, if anywhere, and the address that they come from. */
  server: MailServer | undefined
  from: string
  /** Whether letters are kept for the demonstration's page instead. */
  mailbox: boolean
}

const sendOf = (store: ReturnType<typeof mailStore>, { now, server, from, mailbox }: Deps): Send | undefined => {
  if (mailbox) return keepInMailbox({ store, now })
  return server && sendBySmtp(server, from)
}

/** Opens the room. */
export const createMail = (deps: Deps) => {
  const store = mailStore(deps.store)
  return {
    /** Absent where this service has no mail. */
    send: sendOf(store, deps),
    newestLetters: newestLetters({ store }),
    /** Removes the letters that a demonstration keeps to some addresses. */
    forgetLetters: store.forget,
  }
}

export type Mail = ReturnType<typeof createMail>
