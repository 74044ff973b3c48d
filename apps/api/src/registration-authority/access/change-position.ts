import type { CreatedPosition, CreatePosition, EditPosition, RetirePosition, SavedPosition } from '@fobwatch/contracts'
import type { PositionHead } from '#access'
import type { Visit } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { type At, deedAt } from './deed-at.ts'

const task = 'edit-positions'

type Profile = Omit<CreatePosition, 'organisation' | 'duty'>

const wrong = (sentence: string) => new Refusal('invalid_request', undefined, [sentence])

/** A position with a duty carries nothing else, and any other carries a role. */
const requireSense = (profile: Profile, hasDuty: boolean): void => {
  const { role, activities, workgroups, areaOfWork, openedToSponsors } = profile
  if (!hasDuty && role === undefined) throw wrong('A position has a role or a duty.')
  if (!hasDuty) return
  if (role !== undefined || activities.length + workgroups.length > 0 || areaOfWork)
    throw wrong('A position with a duty has no role, activities, workgroups or area of work.')
  if (openedToSponsors) throw wrong('A position with a duty is never opened to sponsors.')
}

/** What it names is in the catalogue, and a workgroup is of the agent's organisations, or was there before. */
const requireKnown = async (deps: Deps, at: At, profile: Profile, before: readonly string[] = []): Promise<void> => {
  const { role = null, activities, workgroups } = profile
  if (!(await deps.access.hasCodes(at.tx, role, activities))) throw wrong('There is no such role or activity.')
  const known = await deps.access.workgroupsByCode(workgroups, at.tx)
  const may = known.filter((w) => before.includes(w.code) || (w.organisationId && at.reaches(w.organisationId)))
  if (may.length < workgroups.length) throw wrong('There is no such workgroup at your organisations.')
}

/**
 * Creates a position at an organisation of the agent's, approved by them.
 * @throws Refusal as `deedAt` does; `organisation_unknown` for one outside the agent's reach, `organisation_closed`;
 *   `not_allowed` for a duty that allows something which the agent may not do; `invalid_request` for what makes no sense
 *   or is not known; `position_taken`
 */
export const createPosition =
  (deps: Deps) =>
  ({ organisation, duty, ...profile }: CreatePosition, visit: Visit): Promise<CreatedPosition> =>
    deedAt(deps, visit, task, async (at) => {
      const place = await deps.access.showOrganisation(organisation, at.tx)
      if (!place || !at.reaches(place.id)) throw new Refusal('organisation_unknown')
      if (place.closedAt) throw new Refusal('organisation_closed')
      requireSense(profile, duty !== undefined)
      if (duty !== undefined && !(await deps.access.coversDuty(at.actor, duty, place.id, at.tx)))
        throw new Refusal('not_allowed', undefined, ['This duty allows something that you may not do yourself.'])
      await requireKnown(deps, at, profile)

      const { role: roleCode, ...rest } = profile
      const whole = { ...rest, organisationId: place.id, roleCode, dutyCode: duty, approvedBy: at.actor }
      const id = await deps.access.createPosition(at.tx, whole)
      const details = { position: id, organisation: place.id, ...whatIsGiven(profile), duty: duty ?? null }
      await deps.record(at.tx, { type: 'position-created', actor: at.actor, requestId: visit.requestId, details })
      return { id }
    })

/** What a position gives, for the audit: codes, and no word that somebody wrote. */
const whatIsGiven = ({ role, activities, workgroups, areaOfWork, openedToSponsors }: Profile) => ({
  role: role ?? null,
  ...{ activities, workgroups, openedToSponsors },
  area: areaOfWork?.code ?? null,
})

/** A position of the agent's organisations that is not their own: nobody changes what they may do themselves. */
const theirs = async (deps: Deps, at: At, id: string): Promise<PositionHead> => {
  const head = await deps.access.showPosition(id, at.tx)
  if (!head || !at.reaches(head.organisationId)) throw new Refusal('not_found')
  if (await deps.access.isPositionHeldBy(at.tx, id, at.actor))
    throw new Refusal('not_allowed', undefined, ['You are in this position yourself.'])
  return head
}

/**
 * Changes a position for everybody in it, but never its duty.
 * @throws Refusal as `deedAt` does; `not_found` for one outside the agent's reach; `not_allowed` for one that the agent is
 *   in; `invalid_request` as in `createPosition`; `position_changed` for another version than was looked at, and for one
 *   that is retired; `position_taken`
 */
export const editPosition =
  (deps: Deps) =>
  ({ id, version, ...profile }: { id: string } & EditPosition, visit: Visit): Promise<SavedPosition> =>
    deedAt(deps, visit, task, async (at) => {
      const head = await theirs(deps, at, id)
      requireSense(profile, head.duty !== null)
      const before = (await deps.access.wholePosition(id))?.workgroups.map(({ code }) => code)
      await requireKnown(deps, at, profile, before)
      const next = await deps.access.changePosition(at.tx, id, {
        ...{ version, name: profile.name, activities: profile.activities, workgroups: profile.workgroups },
        roleCode: profile.role ?? null,
        areaOfWork: profile.areaOfWork ?? null,
        notes: profile.notes ?? null,
        openedToSponsors: profile.openedToSponsors,
        approvedBy: at.actor,
      })
      const details = { position: id, version: next, organisation: head.organisationId, ...whatIsGiven(profile) }
      await deps.record(at.tx, { type: 'position-changed', actor: at.actor, requestId: visit.requestId, details })
      return { version: next }
    })

/**
 * Retires a position: nobody is put in it any more, and whoever has it keeps it until its end.
 * @throws Refusal as `editPosition` does
 */
export const retirePosition =
  (deps: Deps) =>
  ({ id, version }: { id: string } & RetirePosition, visit: Visit): Promise<SavedPosition> =>
    deedAt(deps, visit, task, async (at) => {
      const head = await theirs(deps, at, id)
      const next = await deps.access.retirePosition(at.tx, id, version)
      const details = { position: id, version: next, organisation: head.organisationId, retired: true }
      await deps.record(at.tx, { type: 'position-changed', actor: at.actor, requestId: visit.requestId, details })
      return { version: next }
    })
