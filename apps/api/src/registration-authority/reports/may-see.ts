import type { Task } from '#access'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'

/** What somebody may see of a list. */
export interface MaySee {
  /** Ids of organisations. */
  reach: string[]
  /** Who asks, where they see only what they did themselves. */
  own: string | null
  /** Whether hardly anybody is there. */
  few: boolean
}

/**
 * What somebody may see of what a task shows: of the organisations where their duties allow it, everything; where none
 * does, and one shows them their own, what they did themselves.
 * @param organisation the code of the one that is meant, if one is
 * @throws Refusal `not_allowed` where no duty shows anything; `organisation_unknown` for one that is out of reach
 */
export const maySee = async (
  { access, reports }: Pick<Deps, 'access' | 'reports'>,
  actor: string,
  task: Task,
  organisation?: string,
): Promise<MaySee> => {
  const all = await access.waysToDo(actor, task)
  const wholly = all.filter(({ allowed }) => allowed !== 'own')
  const ways = wholly.length > 0 ? wholly : all
  if (ways.length === 0) throw new Refusal('not_allowed')
  const own = wholly.length > 0 ? null : actor
  const reach = [...new Set(ways.map(({ organisationId }) => organisationId))]
  if (organisation === undefined) return { reach, own, few: await reports.isFew(reach) }

  const found = await access.findOrganisation(organisation)
  if (!found || !reach.includes(found.id)) throw new Refusal('organisation_unknown')
  return { reach: [found.id], own, few: await reports.isFew([found.id]) }
}
