import type { Authenticator } from '@fobwatch/contracts'
import { momentWords } from './dates.ts'

type Standing = Pick<Authenticator, 'status' | 'because' | 'changedAt' | 'expiresAt' | 'mayReinstate'>

const pausedBecause: Record<Exclude<NonNullable<Authenticator['because']>, 'desk'>, string> = {
  lost: 'it was reported lost',
  stolen: 'it was reported stolen',
  model: 'a fault was found in devices of its kind',
  copied: 'somebody may have made a copy of it',
}

/** Who reads it: the person whose it is, or the desk. */
export type Reader = 'holder' | 'desk'

const whyPaused = ({ because, mayReinstate }: Standing, reader: Reader): string => {
  if (mayReinstate) return `Paused because ${reader === 'holder' ? 'you' : 'they'} reported it lost`
  return because === null || because === 'desk' ? 'The desk paused it' : `Paused because ${pausedBecause[because]}`
}

const pausedWords = (way: Standing, reader: Reader): string => {
  const { changedAt, mayReinstate } = way
  const words = `${whyPaused(way, reader)}${changedAt ? ` at ${momentWords(changedAt)}` : ''}.`
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
