import { useState } from 'preact/hooks'
import { DateField } from '../../../../parts/date-field.tsx'
import type { FieldError } from '../../../../parts/fields.tsx'
import { type DayTyped, endOf, isBlank, startOf } from '../../../../words/days.ts'

/** From when to when, as the API takes it. */
export interface DatesAsked {
  /** At once where it is absent. */
  startsAt?: string
  /** Without end where it is absent. */
  expiresAt?: string
}

const firstDay = 'first-day'
export const lastDay = 'last-day'

const noSuchDay = (field: string, which: 'first' | 'last'): FieldError => ({
  field,
  message: `Enter a real ${which} day, such as 27 3 2027`,
})

/** Reads the two days: a first one that is today or past is now. */
const read = (first: DayTyped | undefined, last: DayTyped): DatesAsked | FieldError => {
  const start = first && !isBlank(first) ? startOf(first) : null
  if (start === undefined) return noSuchDay(firstDay, 'first')
  const end = isBlank(last) ? null : startOf(last)
  if (end === undefined) return noSuchDay(lastDay, 'last')
  if (end && endOf(end) <= (start && start > new Date() ? start : new Date()))
    return { field: lastDay, message: 'The last day must not be past, or before the first' }
  return {
    ...(start && start > new Date() && { startsAt: start.toISOString() }),
    ...(end && { expiresAt: endOf(end).toISOString() }),
  }
}

/** The days of a position: a first, where it can be chosen, and a last. */
export const useDates = (begin: DayTyped | undefined, end: DayTyped) => {
  const [first, setFirst] = useState(begin)
  const [last, setLast] = useState(end)
  const fields = (error: FieldError | undefined) => (
    <>
      {first && (
        <DateField
          id={firstDay}
          legend="First day"
          hint="For example, 27 3 2027. It begins at midnight, or at once if that is past."
          value={first}
          error={error?.field === firstDay ? error : undefined}
          onChange={setFirst}
        />
      )}
      <DateField
        id={lastDay}
        legend="Last day (optional)"
        hint="It ends by itself at the end of this day. Without a day it does not end by itself."
        value={last}
        error={error?.field === lastDay ? error : undefined}
        onChange={setLast}
      />
    </>
  )
  return { fields, read: () => read(first, last) }
}

/** Whether what was read is a fault. */
export const isFault = (asked: DatesAsked | FieldError): asked is FieldError => 'field' in asked
