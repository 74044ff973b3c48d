import { Refusal, type Transaction } from '#kernel'
import type { Deps } from './deps.ts'

const duty = 'manager'
const positionName = 'Registration authority manager (duty)'

type Needs = Pick<Deps, 'store' | 'access' | 'enrolment' | 'inTransaction' | 'record' | 'now'>

/**
 * Gives the manager's duty at an organisation to the first who takes it, by command: after that, managers make
 * managers. It is open again when nobody holds the duty any more.
 * @throws Refusal `not_allowed` when there is a manager anywhere, or the profile is not active; `not_found` for a staff
 *   id or an organisation code that nobody has
 */
export const becomeFirstManager = (deps: Needs) => (staffId: string, organisationCode: string) =>
  deps.inTransaction(async (tx) => {
    // Two who try at once come one after the other, and the second sees what the first did.
    await deps.store.lockFirstManager(tx)
    if (await deps.store.isThereAManager(deps.now(), tx))
      throw new Refusal('not_allowed', undefined, ['There is a registration authority manager already.'])

    const person = await deps.store.findAnyone(staffId, tx)
    if (!person) throw new Refusal('not_found', undefined, [`Nobody has the staff id ${staffId}.`])
    if (person.status !== 'active') throw new Refusal('not_allowed', undefined, ['This profile is paused or closed.'])
    const organisation = await deps.access.findOrganisation(organisationCode, tx)
    if (!organisation) throw new Refusal('not_found', undefined, [`No organisation has the code ${organisationCode}.`])

    // Whoever has a link of before could become, with it, somebody who may do more than when it was made. An agent who is
    // making one at this moment comes before this and loses it, or after, and is refused.
    await deps.store.lockPeople(tx, [person.id])
    await deps.enrolment.voidInvitations(tx, person.id)
    await grantDuty(deps, tx, person.id, organisation.id)
  })

const grantDuty = async (deps: Needs, tx: Transaction, personId: string, organisationId: string): Promise<void> => {
  const positionId =
    (await deps.access.findDutyPosition(tx, organisationId, duty)) ??
    (await deps.access.addPosition(tx, { organisationId, name: positionName, dutyCode: duty }))
  await deps.access.assign(tx, { personId, positionId, startsAt: deps.now() })
  await deps.record(tx, { type: 'duty-granted', person: personId, details: { duty, organisation: organisationId } })
}
