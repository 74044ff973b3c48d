import { professionalBodyCodes } from '@fobwatch/contracts'

/**
 * Who gives a person of health care a number, by CIS2's words: the registers of doctors, dentists, nurses and midwives, and
 * pharmacists; the Royal College of Nursing; the numbers of general practitioners and dentists who prescribe; and of
 * consultants.
 */
export const professionalBodies = professionalBodyCodes
export type ProfessionalBody = (typeof professionalBodies)[number]

/** A person's number at a body of their profession. */
export interface ProfessionalMembership {
  body: ProfessionalBody
  number: string
}
