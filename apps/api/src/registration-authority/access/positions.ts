import type { DeskPosition, DeskPositions, ListPositions, PositionChoices, PositionInFull } from '@fobwatch/contracts'
import type { PositionRow } from '#access'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { mayAssignEach } from './may-assign.ts'
import { afterIn, limitIn, pageOf } from './page.ts'

/** Says of each position what an agent may do with it. */
const shownTo = async (deps: Deps, actor: string): Promise<(row: PositionRow) => Promise<DeskPosition>> => {
  const [edit, mayAssign] = [
    new Set(await deps.access.reachOf(actor, 'edit-positions')),
    await mayAssignEach(deps, actor),
  ]
  return async (row) => ({
    id: row.id,
    name: row.name,
    organisation: row.organisation,
    role: row.role,
    duty: row.duty,
    openedToSponsors: row.openedToSponsors,
    retiredAt: row.retiredAt?.toISOString() ?? null,
    holders: row.holders,
    mayEdit: edit.has(row.organisationId) && row.retiredAt === null,
    mayAssign: row.retiredAt === null ? await mayAssign(row) : 'no',
  })
}

/**
 * Lists the positions of an agent's organisations, or of one of them, with how many people hold each.
 * @throws Refusal `organisation_unknown` for one outside the agent's reach; `invalid_request` for a cursor that is not of
 *   our making
 */
export const listPositions =
  (deps: Deps) =>
  async (asked: ListPositions, visit: Visit): Promise<DeskPositions> => {
    const { organisation, search, sort = 'name', retired, after, limit } = asked
    const actor = visitor(visit).personId
    const reach = await deps.access.reachOf(actor, 'find-person')
    const place = organisation === undefined ? undefined : await deps.access.findOrganisation(organisation)
    if (organisation !== undefined && !(place && reach.includes(place.id))) throw new Refusal('organisation_unknown')
    const most = limitIn(limit)
    const rows = await deps.access.listPositions(sort, {
      reach,
      organisationId: place?.id ?? null,
      search: search?.trim().toLowerCase() ?? null,
      retired: retired !== undefined,
      after: afterIn(after),
      limit: most + 1,
    })
    const { page, next } = pageOf(rows, most)
    const shown = await shownTo(deps, actor)
    return { rows: await Promise.all(page.map(shown)), next }
  }

/**
 * Shows a position, with all that it allows.
 * @throws Refusal `not_found` for one outside the agent's organisations
 */
export const showPosition =
  (deps: Deps) =>
  async ({ id }: { id: string }, visit: Visit): Promise<PositionInFull> => {
    const actor = visitor(visit).personId
    const [reach, whole] = [await deps.access.reachOf(actor, 'find-person'), await deps.access.wholePosition(id)]
    if (!whole || !reach.includes(whole.organisationId)) throw new Refusal('not_found')
    const { granted, effective, workgroups, areaOfWork, areaOfWorkCode } = whole
    return {
      ...(await (
        await shownTo(deps, actor)
      )(whole)),
      ...{ activities: granted, effective, workgroups },
      areaOfWork: areaOfWork && areaOfWorkCode ? { code: areaOfWorkCode, name: areaOfWork } : null,
      notes: whole.notes,
      approvedBy: whole.approvedBy,
      createdAt: whole.createdAt.toISOString(),
      version: whole.version,
    }
  }

/**
 * What can be put in a position at an organisation: the catalogue, its workgroups, and the duties that the agent covers.
 * @throws Refusal `organisation_unknown` for one outside the agent's reach
 */
export const positionChoices =
  (deps: Deps) =>
  async ({ organisation }: { organisation: string }, visit: Visit): Promise<PositionChoices> => {
    const actor = visitor(visit).personId
    const place = await deps.access.findOrganisation(organisation)
    const reach = await deps.access.reachOf(actor, 'edit-positions')
    if (!place || !reach.includes(place.id)) throw new Refusal('organisation_unknown')
    const [{ roles, activities, duties }, workgroups] = await Promise.all([
      deps.access.catalogue(),
      deps.access.workgroupsOf(place.id),
    ])
    const covered = await Promise.all(duties.map(({ code }) => deps.access.coversDuty(actor, code, place.id)))
    return {
      ...{ roles, activities, duties: duties.filter((_, index) => covered[index]) },
      workgroups: workgroups.map(({ code, name }) => ({ code, name })),
    }
  }
