/**
 * Reads a day as people write it, such as 27 3 2027 or 27/03/2027.
 * @returns the end of that day by this device's clock; or what is wrong, in words
 */
export const endOfDay = (typed: string, now: Date): Date | string => {
  if (typed.trim() === '') return 'Enter the last day'
  const [, day = 0, month = 0, year = 0] = (/^\s*(\d{1,2})[\s/.-](\d{1,2})[\s/.-](\d{4})\s*$/.exec(typed) ?? []).map(
    Number,
  )
  const end = new Date(year, month - 1, day + 1)
  const last = new Date(year, month - 1, day)
  const isReal = last.getFullYear() === year && last.getMonth() === month - 1 && last.getDate() === day
  if (!isReal) return 'Enter a real last day, such as 27 3 2027'
  return end > now ? end : 'The last day must be today or later'
}
