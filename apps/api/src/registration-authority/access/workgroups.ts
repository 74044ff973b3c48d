import type { AddWorkgroup, DeskWorkgroup, RenameWorkgroup } from '@fobwatch/contracts'
import type { WorkgroupRow } from '#access'
import type { Visit } from '#http'
import { Refusal, twelveDigits } from '#kernel'
import type { Deps } from '../deps.ts'
import { deedAt } from './deed-at.ts'

const task = 'edit-positions'

/** A workgroup as it is shown. */
export const asWorkgroup = ({ code, name, organisation }: WorkgroupRow): DeskWorkgroup => ({ code, name, organisation })

/**
 * Adds a workgroup to an organisation of the agent's. Its number is ours to give.
 * @throws Refusal as `deedAt` does; `organisation_unknown` for one outside the agent's reach, `organisation_closed`
 */
export const addWorkgroup =
  (deps: Deps) =>
  ({ name, organisation }: AddWorkgroup, visit: Visit): Promise<DeskWorkgroup> =>
    deedAt(deps, visit, task, async ({ tx, actor, reaches }) => {
      const place = await deps.access.showOrganisation(organisation, tx)
      if (!place || !reaches(place.id)) throw new Refusal('organisation_unknown')
      if (place.closedAt) throw new Refusal('organisation_closed')
      const code = twelveDigits()
      await deps.access.addWorkgroup(tx, { code, name, organisationId: place.id })
      const details = { workgroup: code, organisation: place.id }
      await deps.record(tx, { type: 'workgroup-added', actor, requestId: visit.requestId, details })
      return { code, name, organisation: { code: place.code, name: place.name } }
    })

/**
 * Gives a workgroup another name.
 * @throws Refusal as `deedAt` does; `not_found` for one of another organisation, or of none
 */
export const renameWorkgroup =
  (deps: Deps) =>
  ({ code, name }: { code: string } & RenameWorkgroup, visit: Visit): Promise<void> =>
    deedAt(deps, visit, task, async ({ tx, actor, reaches }) => {
      const [found] = await deps.access.workgroupsByCode([code], tx)
      if (!found?.organisationId || !reaches(found.organisationId)) throw new Refusal('not_found')
      await deps.access.renameWorkgroup(tx, code, name)
      const details = { workgroup: code, organisation: found.organisationId }
      await deps.record(tx, { type: 'workgroup-changed', actor, requestId: visit.requestId, details })
    })
