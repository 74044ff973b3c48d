const partsOf = (moment: Date, timeZone: string | undefined) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]))
  return {
    day: `${parts.get('day')} ${parts.get('month')} ${parts.get('year')}`,
    hour: Number(parts.get('hour')),
    minute: parts.get('minute') ?? '00',
  }
}

const clock = (hour: number, minute: string): string => {
  if (minute === '00' && hour === 12) return 'midday'
  if (minute === '00' && hour === 0) return 'midnight'
  const half = hour < 12 ? 'am' : 'pm'
  return `${hour % 12 || 12}${minute === '00' ? '' : `:${minute}`}${half}`
}

/**
 * A moment as people say it: "9:14am on 21 November 2026", "5pm on 23 November 2026".
 * @param iso ISO 8601
 * @param timeZone IANA name; the browser's own when left out
 */
export const momentWords = (iso: string, timeZone?: string): string => {
  const { day, hour, minute } = partsOf(new Date(iso), timeZone)
  return `${clock(hour, minute)} on ${day}`
}

/**
 * A time of today as people say it: "9:14am".
 * @param iso ISO 8601
 * @param timeZone IANA name; the browser's own when left out
 */
export const timeWords = (iso: string, timeZone?: string): string => {
  const { hour, minute } = partsOf(new Date(iso), timeZone)
  return clock(hour, minute)
}

/**
 * A day as people say it: "21 November 2026".
 * @param iso ISO 8601
 * @param timeZone IANA name; the browser's own when left out
 */
export const dayWords = (iso: string, timeZone?: string): string => partsOf(new Date(iso), timeZone).day
