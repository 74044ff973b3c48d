import type { AskedInvitation, IssuedInvitation, IssueInvitation } from '@fobwatch/contracts'
import { toLevel } from '#assurance'
import { codeMinutes, type Invite, linkAddress, passMinutes } from '#enrolment'
import { type Visit, visitor } from '#http'
import { Refusal, type Transaction } from '#kernel'
import { deedAbout } from './deed-about.ts'
import type { Deps } from './deps.ts'
import { holdActive } from './hold-active.ts'
import { requireSecondPerson } from './requests/index.ts'

const hoursOfALink = 24

type Issuing = Pick<Deps, 'inTransaction' | 'store' | 'enrolment' | 'issuer'>
type By = Pick<Invite, 'personId' | 'issuedBy' | 'issuedWith' | 'issuedAtLevel' | 'requestId'>

const lifetimeOf = ({ channel = 'link', lifetimeHours = hoursOfALink }: AskedInvitation): number =>
  ({ link: lifetimeHours * 60, code: codeMinutes, pass: passMinutes })[channel]

/** How long it lasts and whether it is mailed are for a link to have. @throws Refusal `invalid_request` */
const refuseUnlessFitting = ({ channel = 'link', lifetimeHours, byMail }: AskedInvitation): void => {
  if (channel !== 'link' && (lifetimeHours !== undefined || byMail))
    throw new Refusal('invalid_request', new Error('Only a link is mailed, or lasts as long as is chosen'))
}

/**
 * Replaces whatever links, codes and passes a person has by a new one. What opens it is in the answer and nowhere else, or
 * in a mail to its person and nowhere else.
 */
const replaceLinks = async (
  deps: Issuing,
  tx: Transaction,
  by: By,
  asked: AskedInvitation,
): Promise<IssuedInvitation> => {
  const { how, channel = 'link', device, byMail = false } = asked
  const { personId, issuedBy, requestId } = by
  await deps.enrolment.voidInvitations(tx, personId, {
    ...(issuedBy && { actor: issuedBy }),
    ...(requestId && { requestId }),
  })
  const what = { how, channel, device, byMail, lifetimeMinutes: lifetimeOf(asked) }
  const { id, code, expiresAt } = await deps.enrolment.invite(tx, { ...by, ...what })
  return {
    ...{ id, channel, expiresAt: expiresAt.toISOString(), mailed: byMail },
    url: channel === 'link' && !byMail ? linkAddress(deps.issuer, code) : null,
    code: channel === 'link' ? null : code,
  }
}

/**
 * Issues a link, a short code or a temporary pass to set up a device; open ones are void from then on. It is a way to
 * become its person, so that nobody issues one to a person who may do more than they.
 * @throws Refusal `invalid_request` for what only a link has; `not_signed_in` when the agent's session ended meanwhile;
 *   `not_found` for a person outside the agent's organisations; `not_allowed` for the agents themselves, for anyone whose
 *   profile is not active, and for anyone with a duty that allows something, somewhere, which the agent's do not; `no_mail`; `second_person_needed` and
 *   `request_not_approved` for somebody at identity level 3, as `requireSecondPerson` does
 */
export const issueInvitation =
  (deps: Deps) =>
  async (
    { staffId, request, ...asked }: { staffId: string } & IssueInvitation,
    visit: Visit,
  ): Promise<IssuedInvitation> => {
    refuseUnlessFitting(asked)
    const { personId: actor, authenticatorId: issuedWith, assuranceLevel } = visitor(visit)
    const agent = { issuedBy: actor, issuedWith, issuedAtLevel: toLevel(assuranceLevel), requestId: visit.requestId }
    const about = { staffId, notToOneself: 'Nobody can send a link to themselves.', onlyActive: true }
    return deedAbout(deps, visit, about, async (tx, personId, { identityLevel }) => {
      const deed = { kind: 'enrol-level-3', twoPeople: identityLevel === 3, actor, personId, asked } as const
      await requireSecondPerson(deps, tx, { ...deed, requestId: request, visitId: visit.requestId })
      return replaceLinks(deps, tx, { ...agent, personId }, asked)
    })
  }

/** A link that somebody who gives a command sees. */
export type LinkByCommand = Pick<IssuedInvitation, 'expiresAt'> & { url: string }

/** Makes a link for whoever gives a command, in place of those that the person has. */
export const linkByCommand = async (
  deps: Issuing,
  tx: Transaction,
  personId: string,
  asked: Omit<AskedInvitation, 'channel' | 'byMail'>,
): Promise<LinkByCommand> => {
  const { url, expiresAt } = await replaceLinks(deps, tx, { personId, issuedBy: null }, asked)
  if (!url) throw new Error('A link without an address')
  return { url, expiresAt }
}

/**
 * Issues a link by command, for whoever runs the service and has no agent yet.
 * @param how it will reach its person, which whoever gives the command vouches for
 * @throws Refusal `not_found`, `not_allowed` for anyone whose profile is not active
 */
export const inviteByCommand =
  (deps: Issuing) =>
  (staffId: string, how: Invite['how'] = 'link'): Promise<LinkByCommand> =>
    deps.inTransaction(async (tx) => linkByCommand(deps, tx, await holdActive(deps, tx, staffId), { how }))
