import type { ProfessionParams, SetProfession } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { Refusal, type Transaction } from '#kernel'
import { deedAbout } from '../deed-about.ts'
import type { Deps } from '../deps.ts'
import { byVisitor } from './by.ts'

const change = (
  deps: Deps,
  visit: Visit,
  staffId: string,
  deed: (tx: Transaction, personId: string) => Promise<void>,
): Promise<void> => {
  const notToOneself = 'Your own registrations are for a colleague to change.'
  const about = { staffId, task: 'change-details', notToOneself, onlyActive: false, partsProfiles: true } as const
  return deedAbout(deps, visit, about, (tx, personId, { status }) => {
    if (status === 'closed') throw new Refusal('person_not_so')
    return deed(tx, personId)
  })
}

/** Notes somebody's number at a body of their profession, in place of the one there was. @throws Refusal as `deedAbout` does */
export const setProfession =
  (deps: Deps) =>
  ({ staffId, body, number }: ProfessionParams & SetProfession, visit: Visit): Promise<void> =>
    change(deps, visit, staffId, (tx, personId) =>
      deps.people.keepMembership(tx, personId, { body, number }, byVisitor(visit)),
    )

/** Takes away somebody's number at a body. @throws Refusal as `deedAbout` does; `not_found` when there is none */
export const removeProfession =
  (deps: Deps) =>
  ({ staffId, body }: ProfessionParams, visit: Visit): Promise<void> =>
    change(deps, visit, staffId, (tx, personId) => deps.people.removeMembership(tx, personId, body, byVisitor(visit)))
