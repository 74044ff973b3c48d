import type { Mailbox } from '@fobwatch/contracts'
import type { Deps } from './deps.ts'

/** Every letter that the demonstration's people were sent, newest first. */
export const showMailbox =
  ({ newestLetters }: Pick<Deps, 'newestLetters'>) =>
  async (): Promise<Mailbox> => {
    const letters = await newestLetters()
    return { messages: letters.map(({ sentAt, ...letter }) => ({ ...letter, sentAt: sentAt.toISOString() })) }
  }
