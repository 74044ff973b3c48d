import type { IssuedInvitation, IssueInvitation } from '@fobwatch/contracts'
import { toLevel } from '#assurance'
import type { Invite } from '#enrolment'
import { type Visit, visitor } from '#http'
import { Refusal, type Transaction } from '#kernel'
import { deedAbout } from './deed-about.ts'
import type { Deps } from './deps.ts'
import { requireSecondPerson } from './requests/index.ts'
import { linkAddress } from './rules.ts'

const lifetimeMinutes = 24 * 60

type Issuing = Pick<Deps, 'inTransaction' | 'store' | 'enrolment' | 'issuer'>
type Link = Omit<Invite, 'lifetimeMinutes'>

/** Replaces whatever links a person has by a new one. Its address is in the answer and nowhere else. */
export const replaceLinks = async (deps: Issuing, tx: Transaction, link: Link): Promise<IssuedInvitation> => {
  const by = { ...(link.issuedBy && { actor: link.issuedBy }), ...(link.requestId && { requestId: link.requestId }) }
  await deps.enrolment.voidInvitations(tx, link.personId, by)
  const { code, expiresAt } = await deps.enrolment.invite(tx, { ...link, lifetimeMinutes })
  return { url: linkAddress(deps.issuer, code), expiresAt: expiresAt.toISOString() }
}

/**
 * Issues a link to set up a device, valid for 24 hours; open ones are void from then on. A link is a way to become its
 * person, so that nobody issues one to a person who may do more than they.
 * @throws Refusal `not_signed_in` when the agent's session ended meanwhile; `not_found` for a person outside the agent's
 *   organisations; `not_allowed` for the agents themselves, for anyone whose profile is not active, and for anyone with
 *   a duty that allows something, somewhere, which the agent's do not; `second_person_needed` and `request_not_approved`
 *   for somebody at identity level 3, as `requireSecondPerson` does
 */
export const issueInvitation =
  (deps: Deps) =>
  async (
    { staffId, request, ...asked }: { staffId: string } & IssueInvitation,
    visit: Visit,
  ): Promise<IssuedInvitation> => {
    const { personId: actor, authenticatorId: issuedWith, assuranceLevel } = visitor(visit)
    const agent = { issuedBy: actor, issuedWith, issuedAtLevel: toLevel(assuranceLevel) }
    const about = { staffId, notToOneself: 'Nobody can send a link to themselves.', onlyActive: true }
    return deedAbout(deps, visit, about, async (tx, personId, { identityLevel }) => {
      const deed = { kind: 'enrol-level-3', twoPeople: identityLevel === 3, actor, personId, asked } as const
      await requireSecondPerson(deps, tx, { ...deed, requestId: request, visitId: visit.requestId })
      return replaceLinks(deps, tx, { ...agent, ...asked, personId, requestId: visit.requestId })
    })
  }

/**
 * Issues a link by command, for whoever runs the service and has no agent yet.
 * @param how it will reach its person, which whoever gives the command vouches for
 * @throws Refusal `not_found`, `not_allowed` for anyone whose profile is not active
 */
export const inviteByCommand =
  (deps: Issuing) =>
  async (staffId: string, how: Invite['how'] = 'link'): Promise<IssuedInvitation> => {
    const person = await deps.store.findAnyone(staffId)
    if (!person) throw new Refusal('not_found', undefined, [`Nobody has the staff id ${staffId}.`])
    if (person.status !== 'active') throw new Refusal('not_allowed', undefined, ['This profile is paused or closed.'])

    return deps.inTransaction(async (tx) => {
      await deps.store.lockPeople(tx, [person.id])
      return replaceLinks(deps, tx, { personId: person.id, issuedBy: null, how })
    })
  }
