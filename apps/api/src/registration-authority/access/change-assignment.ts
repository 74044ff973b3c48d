import type { AskedChange, AskedEnd, ChangeAssignment, TheirAssignment } from '@fobwatch/contracts'
import type { HeldPosition } from '#access'
import { type Visit, visitor } from '#http'
import { Refusal, type Transaction } from '#kernel'
import { deedAbout } from '../deed-about.ts'
import type { Deps } from '../deps.ts'
import { aboutPosition } from './assign-position.ts'
import { type By, requireMay } from './deed.ts'

const givenOf = ({ organisation, duty, openedToSponsors }: HeldPosition) => ({
  ...{ organisationId: organisation.id, duty, openedToSponsors },
})

/** An assignment of the person's. */
const theirs = async (deps: Deps, tx: Transaction, personId: string, id: string): Promise<HeldPosition> => {
  const held = await deps.access.findAssignment(tx, personId, id)
  if (!held) throw new Refusal('not_found')
  return held
}

/** Whether new dates leave less than there was: an earlier end, and no earlier start. */
const onlyShortens = (held: HeldPosition, { startsAt, expiresAt }: ChangeAssignment): boolean =>
  expiresAt !== null &&
  (held.expiresAt === null || new Date(expiresAt) <= held.expiresAt) &&
  (startsAt === undefined || new Date(startsAt) >= held.startsAt)

/**
 * Gives an assignment new dates: within a deed at the desk, or when a request is approved.
 * @throws Refusal as `requireMay` does; `not_found` where the person has no such assignment; `assignment_dates` and
 *   `assignment_not_so` as `access.changeAssignment` does
 */
export const changeDates =
  (deps: Deps) =>
  async (
    tx: Transaction,
    by: By,
    { personId, assignment: id, ...to }: { personId: string } & AskedChange,
  ): Promise<void> => {
    const held = await theirs(deps, tx, personId, id)
    const givesNothing = onlyShortens(held, to)
    await requireMay(deps, tx, by, { personId, position: givenOf(held), givesNothing, outside: 'not_found' })
    await deps.access.changeAssignment(
      tx,
      { personId, id, by: by.actor },
      {
        startsAt: to.startsAt === undefined ? undefined : new Date(to.startsAt),
        expiresAt: to.expiresAt === null ? null : new Date(to.expiresAt),
      },
    )
    const details = {
      ...{ assignment: id, position: held.position.id, organisation: held.organisation.id },
      ...{ expiresAt: to.expiresAt, ...(to.startsAt !== undefined && { startsAt: to.startsAt }) },
    }
    await deps.record(tx, {
      ...{ type: 'assignment-changed', actor: by.actor, person: personId, requestId: by.requestId, details },
    })
  }

/**
 * Ends an assignment at once: within a deed at the desk, or when a request is approved. A duty is taken by one person who
 * could give it: what must be stopped waits for nobody.
 * @throws Refusal as `requireMay` does; `not_found` where the person has no such assignment; `assignment_not_so` when it is
 *   over
 */
export const endIt =
  (deps: Deps) =>
  async (tx: Transaction, by: By, { personId, assignment: id }: { personId: string } & AskedEnd): Promise<void> => {
    const held = await theirs(deps, tx, personId, id)
    await requireMay(deps, tx, by, { personId, position: givenOf(held), givesNothing: true, outside: 'not_found' })
    await deps.access.endAssignment(tx, { personId, id, by: by.askedBy ?? by.actor })
    const details = { assignment: id, position: held.position.id, organisation: held.organisation.id }
    await deps.record(tx, {
      ...{ type: 'assignment-ended', actor: by.actor, person: personId, requestId: by.requestId, details },
    })
  }

const byVisit = (visit: Visit): By => ({ actor: visitor(visit).personId, requestId: visit.requestId })

/**
 * Gives an assignment of a person's new dates.
 * @throws Refusal as `deedAbout` and `changeDates` do; `second_person_needed` for a sponsor where the position is not
 *   opened to sponsors, and for a duty that would last longer
 */
export const changeTheirAssignment =
  (deps: Deps) =>
  ({ staffId, ...asked }: TheirAssignment & ChangeAssignment, visit: Visit): Promise<void> =>
    deedAbout(deps, visit, aboutPosition(staffId, false), (tx, personId) =>
      changeDates(deps)(tx, byVisit(visit), { personId, ...asked }),
    )

/**
 * Ends an assignment of a person's at once; whoever works in it has no role from this moment.
 * @throws Refusal as `deedAbout` and `endIt` do; `second_person_needed` for a sponsor where the position is not opened to
 *   sponsors
 */
export const endTheirAssignment =
  (deps: Deps) =>
  ({ staffId, assignment }: TheirAssignment, visit: Visit): Promise<void> =>
    deedAbout(deps, visit, aboutPosition(staffId, false), (tx, personId) =>
      endIt(deps)(tx, byVisit(visit), { personId, assignment }),
    )
