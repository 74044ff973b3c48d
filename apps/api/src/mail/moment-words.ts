const partsOf = (moment: Date): Map<string, string> => {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: 'numeric', minute: '2-digit', hour12: true, timeZone: 'Europe/London' },
  })
  return new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]))
}

/** A moment as a clock in the United Kingdom shows it: "9:14am on Saturday 21 November 2026". */
export const momentWords = (moment: Date): string => {
  const parts = partsOf(moment)
  const part = (name: string) => parts.get(name) ?? ''
  const time = `${Number(part('hour')) % 12 || 12}:${part('minute')}${part('dayPeriod').toLowerCase()}`
  return `${time} on ${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`
}
