import type { Authenticator } from '@fobwatch/contracts'
import { momentWords } from './dates.ts'

type Standing = Pick<Authenticator, 'status' | 'because' | 'changedAt' | 'expiresAt' | 'mayReinstate'>

const pausedBecause: Record<NonNullable<Authenticator['because']>, string> = {
  lost: 'it was reported lost',
  stolen: 'it was reported stolen',
  desk: 'the desk paused it',
  model: 'a fault was found in devices of its kind',
  copied: 'somebody may have made a copy of it',
}

/**
 * What is unusual about a way to log in, in a sentence: why and since when it is paused, or when it ends or ended.
 * @returns nothing where there is nothing to say
 */
export const standingWords = ({
  status,
  because,
  changedAt,
  expiresAt,
  mayReinstate,
}: Standing): string | undefined => {
  if (status === 'suspended') {
    const why = mayReinstate ? 'you reported it lost' : pausedBecause[because ?? 'desk']
    return `Paused because ${why}${changedAt ? ` at ${momentWords(changedAt)}` : ''}.`
  }
  if (!expiresAt) return undefined
  return status === 'expired' ? `Ended at ${momentWords(expiresAt)}.` : `Works until ${momentWords(expiresAt)}.`
}
