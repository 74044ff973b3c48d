import type { EndedSession } from '@fobwatch/contracts'

const lasted = (minutes: number): string =>
  minutes % 60 === 0 ? `${minutes / 60} hour${minutes === 60 ? '' : 's'}` : `${minutes} minutes`

/**
 * Why somebody is logged out, as a sentence; nothing where they know, or nobody does.
 * @param ended what the API says, with the minutes that were over where it was a matter of time
 */
export const loggedOutWords = ({ why, minutes }: EndedSession): string | undefined => {
  switch (why) {
    case 'idle':
      return `Nothing happened for ${minutes} minute${minutes === 1 ? '' : 's'}.`
    case 'expired':
      return `It has been ${lasted(minutes ?? 0)}.`
    case 'elsewhere':
      return 'You logged out from another device.'
    case 'replaced':
      return 'Someone else logged in on this computer.'
    case 'device':
      return 'What you logged in with was paused or removed.'
    case 'desk':
      return 'The desk logged you out.'
    case 'signed-out':
    case null:
      return undefined
  }
}
