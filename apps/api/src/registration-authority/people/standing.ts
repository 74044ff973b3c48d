import type { ReinstatePerson, ReopenPerson } from '@fobwatch/contracts'
import type { Visit } from '#http'
import type { Transaction } from '#kernel'
import type { Origin } from '#people'
import { deedAbout } from '../deed-about.ts'
import type { Deps } from '../deps.ts'
import { cancelAbout } from '../requests/cancel-about.ts'
import { type By, byVisitor } from './by.ts'

type Of<Body> = Body & { personId: string }
type Step<Body, Doer = By> = (deps: Deps, tx: Transaction, by: Doer, input: Of<Body>) => Promise<void>
/** A deed that a feed does too, which says why in words of its own. */
type StepOfAnybody = Step<{ because: string; note?: string | undefined }, Origin>

/** Pauses somebody: nobody is logged in as them any more, and nobody can, until they are started again. */
export const suspendOne: StepOfAnybody = async (deps, tx, by, input) => {
  await deps.people.suspendPerson(tx, { ...input, ...by })
  await deps.sessions.endSessionsOfPerson(tx, input.personId, 'person-suspended')
}

/**
 * Ends the pause of somebody. What was theirs is theirs again, but they log in anew: whoever was logging in when it began may
 * have come in unseen, and has a session that opened nothing meanwhile.
 */
export const reinstateOne: Step<ReinstatePerson, Origin> = async (deps, tx, by, input) => {
  await deps.people.reinstatePerson(tx, { ...input, ...by })
  await deps.sessions.endSessionsOfPerson(tx, input.personId, 'person-suspended')
}

/** Ends whatever somebody may do from now on, and says so of each. */
const endAssignments = async (deps: Deps, tx: Transaction, by: Origin, person: string) => {
  for (const { id, positionId } of await deps.access.endAssignmentsOf(tx, person, by.actor))
    await deps.record(tx, {
      ...{ type: 'assignment-ended', person, ...by },
      details: { assignment: id, position: positionId, because: 'person-closed' },
    })
}

/**
 * Closes a profile, and with it, at once: every session, so that applications are told; everything that they log in with;
 * links, codes and passes; positions and duties; and what is asked about them or by them.
 * @throws Refusal `person_not_so` when it is closed already
 */
export const closeOne: StepOfAnybody = async (deps, tx, by, { personId, because, note }) => {
  const { actor, requestId } = by
  await deps.people.closePerson(tx, { personId, because, note, ...by })
  await deps.authenticators.holdAllOf(tx, personId)
  await deps.sessions.endSessionsOfPerson(tx, personId, 'person-closed')
  await deps.authenticators.revokeAllOf(tx, personId, {
    ...{ as: actor ? 'desk' : 'service', actor: actor ?? null, requestId },
  })
  await deps.enrolment.voidInvitations(tx, personId, { ...(actor && { actor }), ...(requestId && { requestId }) })
  await endAssignments(deps, tx, by, personId)
  await cancelAbout(deps, tx, personId, { ...(actor && { actor }), ...(requestId && { requestId }) })
}

/**
 * Brings back somebody who had left, and nothing else of theirs: they need a link to log in and a position to do something.
 * They come back to where they were, as far as whoever brings them back may say so.
 * @throws Refusal `person_not_so` unless closed and not erased
 */
export const reopenOne: Step<ReopenPerson> = async (deps, tx, by, { personId, note }) => {
  await deps.people.reopenPerson(tx, { personId, note, ...by })
  const reach = (await deps.access.waysToDo(by.actor, 'close-person', tx)).map((way) => way.organisationId)
  await deps.access.comeBackTo(tx, personId, reach)
}

const atDesk =
  <Body>(step: Step<Body>, notToOneself: string) =>
  (deps: Deps) =>
  ({ staffId, ...body }: { staffId: string } & Body, visit: Visit): Promise<void> => {
    const about = { staffId, task: 'close-person', notToOneself, onlyActive: false } as const
    return deedAbout(deps, visit, about, (tx, personId) =>
      step(deps, tx, byVisitor(visit), { ...(body as unknown as Body), personId }),
    )
  }

/** Pauses a profile. @throws Refusal as `deedAbout` does; `person_not_so` unless it is active */
export const suspendPerson = atDesk(suspendOne, 'Nobody pauses themselves.')
/** Ends the pause of a profile. @throws Refusal as `deedAbout` does; `person_not_so` unless it is paused */
export const reinstatePerson = atDesk(reinstateOne, 'Nobody starts themselves again.')
/** Closes a profile. @throws Refusal as `deedAbout` and `closeOne` do */
export const closePerson = atDesk(closeOne, 'Nobody closes their own profile.')
/** Reopens a profile. @throws Refusal as `deedAbout` and `reopenOne` do */
export const reopenPerson = atDesk(reopenOne, 'Nobody brings back themselves.')
