import type { ProofMethod } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'

/**
 * Raises how well somebody's identity is proved, by command, for whoever runs the service and looked at the documents
 * themselves: the first at a desk have nobody there who could. Nothing is kept of the documents. Their open links end, since
 * those were made for somebody of whom less was known.
 * @throws Refusal `not_found`; `person_not_so` when the level is that high already, or the profile is closed
 */
export const proveByCommand =
  (deps: Pick<Deps, 'store' | 'people' | 'enrolment' | 'inTransaction'>) =>
  async (staffId: string, level: number, how: ProofMethod): Promise<void> => {
    const person = await deps.store.findAnyone(staffId)
    if (!person) throw new Refusal('not_found', undefined, [`Nobody has the staff id ${staffId}.`])

    await deps.inTransaction(async (tx) => {
      await deps.store.lockPeople(tx, [person.id])
      await deps.people.raiseIdentityLevel(tx, { personId: person.id, level, how, evidence: [], actor: null })
      await deps.enrolment.voidInvitations(tx, person.id)
    })
  }
