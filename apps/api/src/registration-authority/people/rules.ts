import type { Fault } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import { whatIsMissing } from '#people'

type Shown = Parameters<typeof whatIsMissing>[1]

/**
 * Whether documents prove a level, and whether whoever looked at them may say so.
 * @param ownLevel of whoever looked at them
 * @throws Refusal `level_too_high` above their own; `evidence_too_little` with every fault, and what is missing
 */
export const requireProof = ({ level, evidence }: { level: number; evidence: Shown }, ownLevel: number): void => {
  if (level > ownLevel) throw new Refusal('level_too_high')
  const { faults, reasons } = whatIsMissing(level, evidence)
  if (faults.length > 0 || reasons.length > 0) throw new Refusal('evidence_too_little', undefined, reasons, faults)
}

const earliest = '1900-01-01'

/** What is wrong with a birth date: it is no day, is to come, or is long ago. */
const faultOfBirthDate = (day: string | null | undefined, now: Date): Fault[] => {
  if (day === null || day === undefined) return []
  const fault = (why: string) => [{ field: 'birthDate', why }]
  if (day < earliest) return fault('It is too long ago.')
  return day > now.toISOString().slice(0, 10) ? fault('It is yet to come.') : []
}

/** @throws Refusal `invalid_request` with what is wrong with a birth date */
export const requireBirthDate = (day: string | null | undefined, now: Date): void => {
  const faults = faultOfBirthDate(day, now)
  if (faults.length > 0) throw new Refusal('invalid_request', undefined, [], faults)
}
