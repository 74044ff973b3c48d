import type { FieldError } from '../../parts/fields.tsx'

/** What was typed without the gaps that people make when they hear it in groups. */
export const withoutGaps = (typed: string): string => typed.replace(/[\s-]/g, '')

/** What is wrong with a user number as it was typed, before anybody is asked about it. */
export const faultOfStaffId = (typed: string): FieldError | undefined => {
  if (typed.trim() === '') return { field: 'staff-id', message: 'Enter your user number' }
  return /^\d{12}$/.test(withoutGaps(typed)) ? undefined : { field: 'staff-id', message: 'A user number has 12 digits' }
}

/** What is wrong with a code as it was typed: no try is wasted on what no code can be. */
export const faultOfCode = (typed: string): FieldError | undefined => {
  if (typed.trim() === '') return { field: 'code', message: 'Enter the code' }
  const code = withoutGaps(typed).toUpperCase()
  const foreign = /[^3479CDFHJKMNPQRTWXY]/.exec(code)?.[0]
  if (foreign) return { field: 'code', message: `No code has ${foreign} in it. Listen to it again` }
  return code.length === 8 ? undefined : { field: 'code', message: 'A code has 8 letters and numbers' }
}
