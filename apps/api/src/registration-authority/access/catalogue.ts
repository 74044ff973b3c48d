import type { CatalogueFile, CataloguePreview, LoadCatalogue } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { reachesEverybody } from '../reaches-everybody.ts'
import { deedAt } from './deed-at.ts'

const task = 'load-catalogue'

/** The catalogue is everybody's, so that it takes a duty over everybody. */
const requireEverybody = async (deps: Deps, actor: string, tx?: Transaction): Promise<void> => {
  if (!(await reachesEverybody(deps, actor, task, tx)))
    throw new Refusal('not_allowed', new Error('the duty does not reach everybody'))
}

/**
 * Says what a catalogue of roles and activities would change, and which positions and people lose what.
 * @throws Refusal `not_allowed` for whoever's duty does not reach everybody
 */
export const previewCatalogue =
  (deps: Deps) =>
  async (file: CatalogueFile, visit: Visit): Promise<CataloguePreview> => {
    await requireEverybody(deps, visitor(visit).personId)
    return deps.access.previewCatalogue(file)
  }

/** What is kept of a load: how much changed, and no name. */
const factsOf = ({ roles, activities, losing, digest }: CataloguePreview) => ({
  ...{ rolesAdded: roles.added.length, rolesChanged: roles.changed.length, rolesRemoved: roles.removed.length },
  activitiesAdded: activities.added.length,
  activitiesChanged: activities.changed.length,
  activitiesRemoved: activities.removed.length,
  ...{ losingPositions: losing.positions, losingPeople: losing.people, digest },
})

/**
 * Loads a catalogue that somebody has looked at.
 * @throws Refusal as `deedAt` and `access.replaceCatalogue` do; `not_allowed` for whoever's duty does not reach everybody
 */
export const loadCatalogue =
  (deps: Deps) =>
  ({ digest, ...file }: LoadCatalogue, visit: Visit): Promise<void> =>
    deedAt(deps, visit, task, async ({ tx, actor }) => {
      await requireEverybody(deps, actor, tx)
      const details = factsOf(await deps.access.replaceCatalogue(tx, file, actor, digest))
      await deps.record(tx, { type: 'catalogue-loaded', actor, requestId: visit.requestId, details })
    })

type Needs = Pick<Deps, 'access' | 'inTransaction' | 'record'>

/** The same by command, which has looked at it or does not want to. */
export const catalogueByCommand =
  (deps: Needs) =>
  async (file: CatalogueFile, dryRun: boolean): Promise<CataloguePreview> => {
    const preview = await deps.access.previewCatalogue(file)
    if (dryRun || preview.faults.length > 0) return preview
    return deps.inTransaction(async (tx) => {
      const done = await deps.access.replaceCatalogue(tx, file, null)
      await deps.record(tx, { type: 'catalogue-loaded', details: factsOf(done) })
      return done
    })
  }
