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

/** Who reads it: the person whose it is, or the desk. */
export type Reader = 'holder' | 'desk'

const pausedWords = ({ because, changedAt, mayReinstate }: Standing, reader: Reader): string => {
  const byHolder = reader === 'holder' ? 'you reported it lost' : 'they reported it lost'
  const why = mayReinstate ? byHolder : pausedBecause[because ?? 'desk']
  const words = `Paused because ${why}${changedAt ? ` at ${momentWords(changedAt)}` : ''}.`
  return reader === 'holder' && !mayReinstate ? `${words} To use it again, call the desk.` : words
}

/**
 * What is unusual about a way to log in: why and since when it is paused, or when it ends or ended.
 * @returns nothing where there is nothing to say
 */
export const standingWords = (way: Standing, reader: Reader): string | undefined => {
  if (way.status === 'suspended') return pausedWords(way, reader)
  if (!way.expiresAt) return undefined
  return way.status === 'expired'
    ? `Ended at ${momentWords(way.expiresAt)}.`
    : `Works until ${momentWords(way.expiresAt)}.`
}
