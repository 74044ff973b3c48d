import type { Invite } from '#enrolment'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from './deps.ts'
import { holdActive } from './hold-active.ts'
import { type LinkByCommand, linkByCommand } from './issue-invitation.ts'

type Needs = Pick<Deps, 'store' | 'access' | 'enrolment' | 'inTransaction' | 'record' | 'now' | 'issuer'>

/** A duty that the first one takes by command: what it is called, and the name of the position that carries it. */
const duties = {
  manager: { called: 'registration authority manager', position: 'Registration authority manager (duty)' },
  'service-operator': { called: 'service operator', position: 'Service operator (duty)' },
} as const

type Duty = keyof typeof duties
type How = Invite['how'] | undefined

/**
 * Gives a duty at an organisation to the first who takes it, by command: after that, managers make managers. It is open
 * again when nobody holds the duty any more.
 * @param how they are given a link to set up a device with, which whoever gives the command vouches for: in person it may
 *   be worth a strong check
 * @returns a new link, where that was said or the person had one: those of before stop working
 * @throws Refusal `not_allowed` when somebody holds it anywhere, or the profile is not active; `not_found` for a staff id
 *   or an organisation code that nobody has
 */
export const becomeFirstManager = (deps: Needs) => (staffId: string, organisationCode: string, how?: How) =>
  becomeFirst(deps, 'manager', staffId, how, async (tx) => {
    const organisation = await deps.access.findOrganisation(organisationCode, tx)
    if (!organisation) throw new Refusal('not_found', undefined, [`No organisation has the code ${organisationCode}.`])
    return [organisation.id]
  })

/**
 * Gives the service operator's duty to the first who takes it, by command, at every organisation that is part of no other:
 * applications and the service's own rules concern everybody.
 * @returns a new link, as `becomeFirstManager` does
 * @throws Refusal as `becomeFirstManager` does, and `not_found` where there is no organisation at all
 */
export const becomeFirstServiceOperator = (deps: Needs) => (staffId: string, how?: How) =>
  becomeFirst(deps, 'service-operator', staffId, how, async (tx) => {
    const tops = await deps.store.topOrganisations(tx)
    if (tops.length === 0) throw new Refusal('not_found', undefined, ['There is no organisation yet.'])
    return tops
  })

type Where = (tx: Transaction) => Promise<string[]>

const becomeFirst = (deps: Needs, duty: Duty, staffId: string, how: How, where: Where) =>
  deps.inTransaction(async (tx): Promise<LinkByCommand | undefined> => {
    // Two who try at once come one after the other, and the second sees what the first did.
    await deps.store.lockFirst(tx, duty)
    if (await deps.store.isHeld(duty, deps.now(), tx))
      throw new Refusal('not_allowed', undefined, [`There is a ${duties[duty].called} already.`])

    const personId = await holdActive(deps, tx, staffId)
    const organisations = await where(tx)

    // Whoever has a link of before could become, with it, somebody who may do more than when it was made. An agent who is
    // making one at this moment comes before this and loses it, or after, and is refused.
    const voided = await deps.enrolment.voidInvitations(tx, personId)
    for (const organisationId of organisations) await grantDuty(deps, tx, duty, personId, organisationId)
    // It may have been their only way in. The new one is for whoever gave the command, who could make one by `invite` too.
    return voided > 0 || how ? linkByCommand(deps, tx, personId, { how: how ?? 'link' }) : undefined
  })

const grantDuty = async (deps: Needs, tx: Transaction, duty: Duty, personId: string, organisationId: string) => {
  const positionId =
    (await deps.access.findDutyPosition(tx, organisationId, duty)) ??
    (await deps.access.addPosition(tx, { organisationId, name: duties[duty].position, dutyCode: duty }))
  await deps.access.assign(tx, { personId, positionId, startsAt: deps.now() })
  await deps.record(tx, { type: 'duty-granted', person: personId, details: { duty, organisation: organisationId } })
}
