import type { IssuedInvitation, IssueInvitation } from '@fobwatch/contracts'
import { toLevel } from '#assurance'
import type { Invite } from '#enrolment'
import { type Visit, visitor } from '#http'
import { Refusal, type RefusalCode, type Transaction } from '#kernel'
import type { Deps } from './deps.ts'
import { recordRefusal, type Why } from './person-within.ts'
import { linkAddress } from './rules.ts'

const lifetimeMinutes = 24 * 60
const task = 'issue-authenticator'

type Issuing = Pick<Deps, 'inTransaction' | 'store' | 'enrolment' | 'issuer'>
type Link = Omit<Invite, 'lifetimeMinutes'>

/** Replaces whatever links a person has by a new one. Its address is in the answer and nowhere else. */
const replaceLinks = async (deps: Issuing, tx: Transaction, link: Link): Promise<IssuedInvitation> => {
  const by = { ...(link.issuedBy && { actor: link.issuedBy }), ...(link.requestId && { requestId: link.requestId }) }
  await deps.enrolment.voidInvitations(tx, link.personId, by)
  const { code, expiresAt } = await deps.enrolment.invite(tx, { ...link, lifetimeMinutes })
  return { url: linkAddress(deps.issuer, code), expiresAt: expiresAt.toISOString() }
}

/** What an agent is told; somebody outside their reach is not there, as somebody who does not exist is not. */
const refusals: Record<Why, { code: RefusalCode; sentence?: string }> = {
  'no-duty': { code: 'not_allowed' },
  outside: { code: 'not_found' },
  self: { code: 'not_allowed', sentence: 'Nobody can send a link to themselves.' },
  'not-active': { code: 'not_allowed', sentence: 'This profile is paused or closed.' },
  duties: { code: 'not_allowed', sentence: 'They may do things that you may not do yourself.' },
}

/** Why this agent may not issue a link to this person. Asked under locks, so that the answer holds until the deed does. */
const whyNot = async (deps: Deps, tx: Transaction, actor: string, staffId: string): Promise<Why | undefined> => {
  await deps.access.holdPositions(tx, actor)
  const reach = await deps.access.reachOf(actor, task, tx)
  if (reach.length === 0) return 'no-duty'
  const person = await deps.store.findPerson(reach, staffId, deps.now(), tx)
  if (!person) return 'outside'
  if (person.personId === actor) return 'self'
  if (person.status !== 'active') return 'not-active'
  return (await deps.access.coversDutiesOf(tx, actor, person.personId)) ? undefined : 'duties'
}

/**
 * Issues a link to set up a device, valid for 24 hours; open ones are void from then on. A link is a way to become its
 * person, so that nobody issues one to a person who may do more than they.
 * @throws Refusal `not_signed_in` when the agent's session ended meanwhile; `not_found` for a person outside the agent's
 *   organisations; `not_allowed` for the agents themselves, for anyone whose profile is not active, and for anyone with
 *   a duty that allows something, somewhere, which the agent's do not
 */
export const issueInvitation =
  (deps: Deps) =>
  async ({ staffId, how }: { staffId: string } & IssueInvitation, visit: Visit): Promise<IssuedInvitation> => {
    const { personId: actor, sessionId, authenticatorId: issuedWith, assuranceLevel } = visitor(visit)
    const person = await deps.store.findAnyone(staffId)
    if (!person) throw new Refusal('not_found')

    const agent = { issuedBy: actor, issuedWith, issuedAtLevel: toLevel(assuranceLevel) }
    const link = { ...agent, personId: person.id, how, requestId: visit.requestId }
    const issued = await deps.inTransaction(async (tx) => {
      await deps.store.lockPeople(tx, [actor, person.id])
      await deps.sessions.requireLive(tx, sessionId)
      return (await whyNot(deps, tx, actor, staffId)) ?? replaceLinks(deps, tx, link)
    })
    if (typeof issued !== 'string') return issued
    await recordRefusal(deps, visit, person.id, task, issued)
    const { code, sentence } = refusals[issued]
    throw new Refusal(code, undefined, sentence ? [sentence] : [])
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
