import { type Now, newId } from '#kernel'
import { oneLine } from './rules.ts'
import type { Send } from './send-by-smtp.ts'
import type { Kept, MailStore } from './store.ts'

/** Letters that are shown at most. */
const mostShown = 100

/** Keeps letters in the demonstration's mailbox, for anyone to read: its people do not exist, and have no mail. */
export const keepInMailbox =
  ({ store, now }: { store: MailStore; now: Now }): Send =>
  async ({ to, subject, text }) => {
    await store.add({ id: newId(), to, subject: oneLine(subject), text, sentAt: now() })
  }

/** The letters of the mailbox, newest first. */
export const newestLetters =
  ({ store }: { store: MailStore }) =>
  (): Promise<Kept[]> =>
    store.newest(mostShown)
