import type { Assigned, AssignPosition } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal, type Transaction } from '#kernel'
import { type About, deedAbout } from '../deed-about.ts'
import type { Deps } from '../deps.ts'
import { type By, requireMay } from './deed.ts'

/** A position for somebody. */
export interface Assigning extends AssignPosition {
  personId: string
}

/**
 * Puts a person in a position, from a moment until another: within a deed at the desk, or when a request is approved.
 * @returns the `person_roleid`
 * @throws Refusal as `requireMay` does; `position_unknown` for one that is not there, out of reach, or retired;
 *   `organisation_closed`; `assignment_dates`; `assignment_not_so` for somebody who has it at that time already
 */
export const assignPosition =
  (deps: Deps) =>
  async (tx: Transaction, by: By, { personId, position: id, ...dates }: Assigning): Promise<string> => {
    const position = await deps.access.showPosition(id, tx)
    if (!position) throw new Refusal('position_unknown')
    await requireMay(deps, tx, by, { personId, position, outside: 'position_unknown' })
    const { startsAt, expiresAt } = datesFrom(deps.now(), dates)
    const assignedBy = by.askedBy ?? by.actor ?? undefined
    const assignment = await deps.access.assign(tx, { personId, positionId: id, startsAt, expiresAt, assignedBy })
    // Whoever has a link of before could become, with it, somebody who may do more than when it was made.
    const voided = { ...(by.actor && { actor: by.actor }), ...(by.requestId && { requestId: by.requestId }) }
    if (position.duty) await deps.enrolment.voidInvitations(tx, personId, voided)
    const details = {
      ...{ assignment, position: id, organisation: position.organisationId, duty: position.duty?.code ?? null },
      ...{ startsAt: startsAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null },
    }
    const type = position.duty ? 'duty-granted' : 'position-assigned'
    await deps.record(tx, { type, actor: by.actor, person: personId, requestId: by.requestId, details })
    return assignment
  }

/** A start that is past is now. */
const datesFrom = (now: Date, { startsAt, expiresAt }: Pick<AssignPosition, 'startsAt' | 'expiresAt'>) => {
  const start = startsAt === undefined || new Date(startsAt) < now ? now : new Date(startsAt)
  const end = expiresAt === undefined ? undefined : new Date(expiresAt)
  if (end && end <= start) throw new Refusal('assignment_dates')
  return { startsAt: start, expiresAt: end }
}

/** What deeds about who is in a position ask of the agent and the person. */
export const aboutPosition = (staffId: string, onlyActive: boolean): About => ({
  ...{ staffId, onlyActive, task: 'assign-position', inAnyWay: true, overThem: false },
  notToOneself: 'Nobody gives themselves a position, or changes when they have it.',
})

/**
 * Gives a person a position.
 * @throws Refusal as `deedAbout` and `assignPosition` do; `second_person_needed` for a duty, and for a sponsor where the
 *   position is not opened to sponsors
 */
export const giveToPerson =
  (deps: Deps) =>
  async ({ staffId, ...asked }: { staffId: string } & AssignPosition, visit: Visit): Promise<Assigned> => {
    const by = { actor: visitor(visit).personId, requestId: visit.requestId }
    const deed = (tx: Transaction, personId: string) => assignPosition(deps)(tx, by, { personId, ...asked })
    return { id: await deedAbout(deps, visit, aboutPosition(staffId, true), deed) }
  }
