import type { IssuedInvitation, IssueInvitation } from '@fobwatch/contracts'
import type { Invite } from '#enrolment'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from './deps.ts'
import { personWithin, recordRefusal } from './person-within.ts'
import { linkAddress } from './rules.ts'

const lifetimeMinutes = 24 * 60

type Issuing = Pick<Deps, 'inTransaction' | 'store' | 'enrolment' | 'issuer'>
type Link = Omit<Invite, 'lifetimeMinutes'>

/** Replaces whatever links a person has by a new one. Its address is in the answer and nowhere else. */
const replaceLinks = (deps: Issuing, link: Link): Promise<IssuedInvitation> =>
  deps.inTransaction(async (tx) => {
    const by = { ...(link.issuedBy && { actor: link.issuedBy }), ...(link.requestId && { requestId: link.requestId }) }
    await deps.store.lockPerson(tx, link.personId)
    await deps.enrolment.voidInvitations(tx, link.personId, by)
    const { code, expiresAt } = await deps.enrolment.invite(tx, { ...link, lifetimeMinutes })
    return { url: linkAddress(deps.issuer, code), expiresAt: expiresAt.toISOString() }
  })

/**
 * Issues a link to set up a device, valid for 24 hours; open ones are void from then on.
 * @throws Refusal `not_found` for a person outside the agent's organisations; `not_allowed` for the agents themselves,
 *   and for anyone whose profile is not active
 */
export const issueInvitation =
  (deps: Deps) =>
  async ({ staffId, how }: { staffId: string } & IssueInvitation, visit: Visit): Promise<IssuedInvitation> => {
    const { personId, status } = await personWithin(deps, visit, staffId, 'issue-authenticator')
    const actor = visitor(visit).personId
    if (personId === actor) {
      await recordRefusal(deps, visit, personId, 'issue-authenticator', 'self')
      throw new Refusal('not_allowed', undefined, ['Nobody can send a link to themselves.'])
    }
    if (status !== 'active') {
      await recordRefusal(deps, visit, personId, 'issue-authenticator', 'not-active')
      throw new Refusal('not_allowed', undefined, ['This profile is paused or closed.'])
    }

    return replaceLinks(deps, { personId, issuedBy: actor, how, requestId: visit.requestId })
  }

/**
 * Issues a link by command, for whoever runs the service and has no agent yet.
 * @throws Refusal `not_found`, `not_allowed` for anyone whose profile is not active
 */
export const inviteByCommand =
  (deps: Issuing) =>
  async (staffId: string): Promise<IssuedInvitation> => {
    const person = await deps.store.findAnyone(staffId)
    if (!person) throw new Refusal('not_found', undefined, [`Nobody has the staff id ${staffId}.`])
    if (person.status !== 'active') throw new Refusal('not_allowed', undefined, ['This profile is paused or closed.'])

    return replaceLinks(deps, { personId: person.id, issuedBy: null, how: 'link' })
  }
