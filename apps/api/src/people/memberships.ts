import type { RecordEvent } from '#audit'
import type { Now, Transaction } from '#kernel'
import type { MembershipStore } from './membership-store.ts'

/**
 * Who gives a person of health care a number, by CIS2's words: the registers of doctors, dentists, nurses and midwives, and
 * pharmacists; the Royal College of Nursing; the numbers of general practitioners and dentists who prescribe; and of
 * consultants.
 */
export const professionalBodies = ['gmc', 'gdc', 'nmc', 'gphc', 'rcn', 'gmp', 'gdp', 'consultant'] as const
export type ProfessionalBody = (typeof professionalBodies)[number]

/** A person's number at a body of their profession. */
export interface ProfessionalMembership {
  body: ProfessionalBody
  number: string
}

interface Deps {
  store: MembershipStore
  record: RecordEvent
  now: Now
}

/** Notes a person's number at a body, in the place of the one there was, and records it in the same transaction. */
export const keepMembership =
  ({ store, record, now }: Deps) =>
  async (tx: Transaction, personId: string, { body, number }: ProfessionalMembership): Promise<void> => {
    await store.keep(tx, personId, { body, number }, now())
    await record(tx, {
      type: 'professional-membership-kept',
      person: personId,
      details: { body },
      personal: { number },
    })
  }
