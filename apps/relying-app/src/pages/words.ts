/** What this application is called, wherever its name stands. */
export const APPLICATION = 'Ward list (sample)'

/** Where help is: the same on every page. The number is one of those that are kept for stories. */
export const DESK = { name: 'Registration authority desk', phone: '0113 496 0123' } as const

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
  timeZone: 'Europe/London',
})
const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'Europe/London',
})

/**
 * Writes a moment as people say it, in UK time.
 * @param seconds since 1970
 * @returns such as "9:14am on 21 November 2026"
 */
export const inWords = (seconds: number): string => {
  const moment = new Date(seconds * 1000)
  return `${CLOCK.format(moment).replace(/\s/g, '').toLowerCase()} on ${DAY.format(moment)}`
}

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/**
 * Names how sure Fobwatch is, and why, in one sentence.
 * @param reasons as Fobwatch gives them: each reads on after "because"
 */
export const checkAndReasons = (level: number | undefined, reasons: readonly string[]): string => {
  if (reasons.length === 0) return `${checkInWords(level)}.`
  return `${checkInWords(level)}, because ${LIST.format(reasons)}.`
}

/**
 * Names how sure Fobwatch is that this is the person.
 * @param level 1 to 3; undefined where Fobwatch did not say
 */
export const checkInWords = (level: number | undefined): string => {
  if (level === 3) return 'Strong check (AAL3)'
  if (level === 2) return 'Standard check (AAL2)'
  return 'Fobwatch did not say how sure it is'
}
