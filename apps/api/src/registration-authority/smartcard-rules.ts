import type { HeldRow } from '#authenticators'

const day = 86_400_000
/** How long a smartcard lasts that is renewed: its certificate's two years, one of them long, to the end of the day. */
const longest = (2 * 365 + 2) * day
/** What a first end date leaves at least: one that is sooner would take the card away, which is not theirs to do. */
const firstEndLeaves = 30 * day

/** What is asked about a smartcard, by whoever may unlock and renew them and nothing else. */
export type Card = Pick<HeldRow, 'kind' | 'status' | 'because' | 'expiresAt'>

/**
 * Whether something is theirs to start again and to renew: a smartcard that nobody paused, or that was lost and is found.
 * One that was stolen, copied, or of a bad model is not safe; and why the desk paused one is known to whoever did.
 * @returns nothing, or why not
 */
export const whyNotUnlock = ({ kind, status, because }: Card): string | undefined => {
  if (kind !== 'smartcard') return 'Your duty is about smartcards alone.'
  if (status === 'suspended' && because !== 'lost') return 'It was not paused as lost. Ask a registration agent.'
  return undefined
}

/**
 * Whether an end date renews a smartcard: it lasts longer than it did, and not without end.
 * @param until nothing means that it lasts
 * @returns nothing, or why not; nothing, too, of a moment that is past, which nobody may set
 */
export const whyNotRenew = ({ expiresAt }: Card, until: Date | null, now: Date): string | undefined => {
  if (until === null) return 'A smartcard is renewed until a day.'
  const ahead = until.getTime() - now.getTime()
  if (ahead <= 0) return undefined
  if (ahead > longest) return 'A smartcard is renewed for 2 years at most.'
  if (expiresAt ? until < expiresAt : ahead < firstEndLeaves)
    return expiresAt ? 'It lasts longer already.' : 'Its first end date is 30 days away at least.'
  return undefined
}
