import type { AuthenticatorChange } from '#kernel'
import { momentWords } from '#mail'

/** What is said of a change: the subject, and what happened to the way of that name. */
interface ChangeWords {
  subject: string
  happened: (name: string, until: Date | null) => string
  /** Where the reason is worth a sentence. */
  because?: Readonly<Record<string, string>>
  /** What to do if it was expected. */
  ifExpected: string
}

const nothing = 'If you know about this, you do not need to do anything.'
const another = 'Use another way to log in. If you have none, ask the desk for a set-up link.'

const changes: Readonly<Record<AuthenticatorChange, ChangeWords>> = {
  added: {
    subject: 'A new way to log in was set up',
    happened: (name) => `A new way to log in was set up for you: ${name}`,
    ifExpected: 'If this was you, you do not need to do anything.',
  },
  renamed: {
    subject: 'A way to log in has a new name',
    happened: (name) => `The name of one of your ways to log in was changed. It is now: ${name}`,
    ifExpected: 'If this was you, you do not need to do anything.',
  },
  suspended: {
    subject: 'A way to log in was paused',
    happened: (name) => `One of your ways to log in was paused: ${name}`,
    because: {
      lost: 'It was reported as lost.',
      stolen: 'It was reported as stolen.',
      desk: 'The desk paused it.',
      model: 'A security problem was found in devices of its kind. Nothing happened to yours that we know of.',
      copied: 'It looked as if it had been copied.',
    },
    ifExpected: `Nobody can log in with it while it is paused. ${another}`,
  },
  reinstated: {
    subject: 'A way to log in works again',
    happened: (name) => `One of your ways to log in was paused, and works again: ${name}`,
    ifExpected: nothing,
  },
  revoked: {
    subject: 'A way to log in was removed',
    happened: (name) => `One of your ways to log in was removed: ${name}`,
    because: {
      desk: 'The desk removed it.',
      left: 'The desk was told that you have left.',
    },
    ifExpected: 'Nobody can log in with it any more. If you know about this, you do not need to do anything.',
  },
  expired: {
    subject: 'A way to log in has run out',
    happened: (name) => `One of your ways to log in has run out, and cannot be used any more: ${name}`,
    ifExpected: another,
  },
  'expiry-set': {
    subject: 'A way to log in has a new end date',
    happened: (name, until) =>
      until
        ? `One of your ways to log in works until ${momentWords(until)}: ${name}`
        : `One of your ways to log in has no end date any more: ${name}`,
    ifExpected: nothing,
  },
}

/** What the letter is about. */
export interface Told {
  change: AuthenticatorChange
  /** One word, such as `lost`. */
  reason: string | null
  at: Date
  /** What the holder calls the authenticator. */
  name: string
  /** Until when it works; null where it has no end. */
  until: Date | null
  /** What colleagues call the holder. */
  holder: string
}

/**
 * The letter for a change: what happened, when, and what to do. There is no link in it and nothing that opens anything, so
 * that nobody learns to expect one.
 */
export const wordsFor = ({ change, reason, at, name, until, holder }: Told): { subject: string; text: string } => {
  const { subject, happened, because, ifExpected } = changes[change]
  const why = reason && because && Object.hasOwn(because, reason) ? because[reason] : undefined
  const paragraphs = [
    `Hello ${holder},`,
    happened(name, until),
    `When: ${momentWords(at)} (UK time)`,
    ...(why ? [`Why: ${why}`] : []),
    ifExpected,
    'If you did not expect this, call the desk now. Use the number that you always use. Tell them about this email.',
    'This email needs no answer, and has no links for you to follow.',
    'Fobwatch',
  ]
  return { subject, text: `${paragraphs.join('\n\n')}\n` }
}
