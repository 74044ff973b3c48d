import type { DeskOrganisation, DeskOrganisations, ListOrganisations, OrganisationInFull } from '@fobwatch/contracts'
import type { OrganisationRow } from '#access'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { afterIn, limitIn, pageOf } from './page.ts'
import { asWorkgroup } from './workgroups.ts'

/** What somebody may do where. */
interface Reach {
  see: ReadonlySet<string>
  edit: ReadonlySet<string>
  addPositions: ReadonlySet<string>
}

const reachOf = async ({ access }: Deps, personId: string): Promise<Reach> => {
  const [find, edit, positions] = await Promise.all([
    access.reachOf(personId, 'find-person'),
    access.reachOf(personId, 'edit-organisations'),
    access.reachOf(personId, 'edit-positions'),
  ])
  return { see: new Set([...find, ...edit]), edit: new Set(edit), addPositions: new Set(positions) }
}

const asShown = (row: OrganisationRow, { see, edit, addPositions }: Reach): DeskOrganisation => ({
  code: row.code,
  name: row.name,
  // What is above somebody's reach is not theirs to see.
  parent: row.parentId !== null && see.has(row.parentId) ? row.parent : null,
  closedAt: row.closedAt?.toISOString() ?? null,
  children: row.children,
  positions: row.positions,
  mayEdit: edit.has(row.id),
  mayAddPositions: addPositions.has(row.id) && row.closedAt === null,
})

/**
 * Lists the organisations within an agent's reach: those at its top, those under one of them, or those that a search
 * finds anywhere in it; by name.
 * @throws Refusal `organisation_unknown` for one outside; `invalid_request` for a cursor that is not of our making
 */
export const listOrganisations =
  (deps: Deps) =>
  async ({ search, under, after, limit }: ListOrganisations, visit: Visit): Promise<DeskOrganisations> => {
    const reach = await reachOf(deps, visitor(visit).personId)
    const parent = under === undefined ? undefined : await deps.access.findOrganisation(under)
    if (under !== undefined && !(parent && reach.see.has(parent.id))) throw new Refusal('organisation_unknown')
    const most = limitIn(limit)
    const rows = await deps.access.listOrganisations({
      reach: [...reach.see],
      under: parent?.id ?? null,
      search: search?.trim().toLowerCase() ?? null,
      after: afterIn(after),
      limit: most + 1,
    })
    const { page, next } = pageOf(rows, most)
    return { rows: page.map((row) => asShown(row, reach)), next }
  }

/**
 * Shows one organisation, with what is above it within the agent's reach, and its workgroups.
 * @throws Refusal `not_found` for one outside the agent's reach
 */
export const showOrganisation =
  (deps: Deps) =>
  async ({ code }: { code: string }, visit: Visit): Promise<OrganisationInFull> => {
    const reach = await reachOf(deps, visitor(visit).personId)
    const row = await deps.access.showOrganisation(code)
    if (!row || !reach.see.has(row.id)) throw new Refusal('not_found')
    const [path, workgroups] = await Promise.all([deps.access.pathOf(row.id), deps.access.workgroupsOf(row.id)])
    return {
      ...asShown(row, reach),
      path: path.filter(({ id }) => reach.see.has(id)).map(({ id, ...named }) => named),
      workgroups: workgroups.map(asWorkgroup),
    }
  }
