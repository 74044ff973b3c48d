/** A day as somebody types it. */
export interface DayTyped {
  day: string
  month: string
  year: string
}

/** No day at all. */
export const noDay: DayTyped = { day: '', month: '', year: '' }

/** Whether nothing was typed. */
export const isBlank = ({ day, month, year }: DayTyped): boolean => (day + month + year).trim() === ''

/** What was typed, if there is such a day: its beginning, by the clock of this browser. */
export const startOf = ({ day, month, year }: DayTyped): Date | undefined => {
  const [d, m, y] = [day, month, year].map((part) => (/^\s*\d{1,4}\s*$/.test(part) ? Number(part) : Number.NaN))
  if (d === undefined || m === undefined || y === undefined || !(y >= 2000)) return undefined
  const start = new Date(y, m - 1, d)
  return start.getDate() === d && start.getMonth() === m - 1 ? start : undefined
}

/** The end of the day that begins then: the beginning of the next one. */
export const endOf = (start: Date): Date => new Date(start.getFullYear(), start.getMonth(), start.getDate() + 1)

/** The day of a moment, as it would be typed. */
export const typedOf = (moment: Date): DayTyped => ({
  day: String(moment.getDate()),
  month: String(moment.getMonth() + 1),
  year: String(moment.getFullYear()),
})

/** The last day of what ends at a moment. */
export const lastDayOf = (end: Date): DayTyped => typedOf(new Date(end.getTime() - 1))
