import type { DayTyped } from './days.ts'

/** A day as it is typed, from a form such as 1990-02-28. */
export const typedDay = (iso: string | null): DayTyped => {
  const [year = '', month = '', day = ''] = iso?.split('-') ?? []
  return { day: day.replace(/^0/, ''), month: month.replace(/^0/, ''), year }
}

/** Whether three numbers were typed that have the form of a day, be there such a day or not. */
export const isWhole = ({ day, month, year }: DayTyped): boolean =>
  /^\d{1,2}$/.test(day.trim()) && /^\d{1,2}$/.test(month.trim()) && /^\d{4}$/.test(year.trim())

/** The day that was typed, as in 1990-02-28; nothing where it is none. */
export const dayOf = ({ day, month, year }: DayTyped): string | undefined => {
  const iso = `${year.trim()}-${month.trim().padStart(2, '0')}-${day.trim().padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
    ? iso
    : undefined
}
