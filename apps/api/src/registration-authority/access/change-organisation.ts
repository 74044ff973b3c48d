import type { AddOrganisation, ChangeOrganisation } from '@fobwatch/contracts'
import type { OrganisationRow } from '#access'
import type { Visit } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { type At, deedAt } from './deed-at.ts'

const task = 'edit-organisations'

/** An organisation of whoever does the deed. */
const within = async (deps: Deps, { tx, reaches }: At, code: string): Promise<OrganisationRow | undefined> => {
  const row = await deps.access.showOrganisation(code, tx)
  return row && reaches(row.id) ? row : undefined
}

/**
 * Adds an organisation below another of the agent's. One that is part of no other takes the command.
 * @throws Refusal as `deedAt` does; `organisation_unknown` for a place outside the agent's reach, `organisation_closed`,
 *   `organisation_taken`
 */
export const addOrganisation =
  (deps: Deps) =>
  ({ code, name, parent }: AddOrganisation, visit: Visit): Promise<void> =>
    deedAt(deps, visit, task, async (at) => {
      const place = await within(deps, at, parent)
      if (!place) throw new Refusal('organisation_unknown')
      if (place.closedAt) throw new Refusal('organisation_closed')
      const id = await deps.access.createOrganisation(at.tx, { code, name, parentId: place.id })
      const details = { organisation: id, code, parent: place.id }
      await deps.record(at.tx, { type: 'organisation-added', actor: at.actor, requestId: visit.requestId, details })
    })

/**
 * Gives an organisation another name, another place in the tree, or both. A move changes who reaches what is in it, so that
 * where it is, where it was and where it goes are all within the reach of whoever moves it.
 * @throws Refusal as `deedAt` does; `not_found` for one outside the agent's reach; `organisation_unknown` where it was or
 *   goes outside it, `organisation_closed`, `organisation_circle`; `not_allowed` where the agent may do more where it goes
 */
export const changeOrganisation =
  (deps: Deps) =>
  ({ code, name, parent }: { code: string } & ChangeOrganisation, visit: Visit): Promise<void> =>
    deedAt(deps, visit, task, async (at) => {
      const row = await within(deps, at, code)
      if (!row) throw new Refusal('not_found')
      if (name !== undefined) await deps.access.renameOrganisation(at.tx, row.id, name)
      const to = parent === undefined ? undefined : await move(deps, at, row, parent)
      const details = { organisation: row.id, renamed: name !== undefined, from: row.parentId, ...(to && { to }) }
      await deps.record(at.tx, { type: 'organisation-changed', actor: at.actor, requestId: visit.requestId, details })
    })

const move = async (deps: Deps, at: At, row: OrganisationRow, parent: string): Promise<string> => {
  const to = await within(deps, at, parent)
  if (!to || (row.parentId !== null && !at.reaches(row.parentId))) throw new Refusal('organisation_unknown')
  if (to.closedAt) throw new Refusal('organisation_closed')
  // Whoever has other duties where it goes would give them to themselves over whatever is in it.
  if (!(await deps.access.coversPlace(at.tx, at.actor, row.id, to.id)))
    throw new Refusal('not_allowed', undefined, ['You may do more where it goes than you may do here.'])
  await deps.access.moveOrganisation(at.tx, row.id, to.id)
  return to.id
}

/**
 * Closes an organisation, which takes no new people from then on, or opens it again. Whoever is there stays.
 * @throws Refusal as `deedAt` does; `not_found` for one outside the agent's reach
 */
export const closeOrganisation =
  (deps: Deps, closed: boolean) =>
  ({ code }: { code: string }, visit: Visit): Promise<void> =>
    deedAt(deps, visit, task, async (at) => {
      const row = await within(deps, at, code)
      if (!row) throw new Refusal('not_found')
      if (!(await deps.access.setClosed(at.tx, row.id, closed))) return
      const details = { organisation: row.id, closed }
      await deps.record(at.tx, { type: 'organisation-changed', actor: at.actor, requestId: visit.requestId, details })
    })
