import type { ChangedPerson, ChangePerson } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { Refusal, type Transaction } from '#kernel'
import { deedAbout } from '../deed-about.ts'
import type { Deps } from '../deps.ts'
import { type By, byVisitor } from './by.ts'
import { requireBirthDate } from './rules.ts'

/**
 * Changes who somebody is known to be and how they are reached, for whoever may.
 * @throws Refusal `invalid_request` for a birth date that cannot be one; `person_changed` when somebody did meanwhile
 */
export const changeDetailsOf = async (
  deps: Deps,
  tx: Transaction,
  by: By,
  { personId, version, ...changes }: ChangePerson & { personId: string },
): Promise<ChangedPerson> => {
  requireBirthDate(changes.birthDate, deps.now())
  return { version: await deps.people.changePerson(tx, { personId, version, changes }, by) }
}

const about = (staffId: string) =>
  ({ staffId, task: 'change-details', notToOneself: 'Your own details are for a colleague to change.' }) as const

/** Changes somebody's details. @throws Refusal as `deedAbout` and `changeDetailsOf` do */
export const changeDetails =
  (deps: Deps) =>
  ({ staffId, ...change }: ChangePerson & { staffId: string }, visit: Visit): Promise<ChangedPerson> => {
    const whom = { ...about(staffId), onlyActive: false, partsProfiles: change.email !== undefined }
    return deedAbout(deps, visit, whom, (tx, personId, { status }) => {
      if (status === 'closed') throw new Refusal('person_not_so')
      return changeDetailsOf(deps, tx, byVisitor(visit), { personId, ...change })
    })
  }
