import type {
  ExpiringAssignments,
  ListExpiring,
  ListWork,
  NewStarters,
  OpenLinks,
  WorkCounts,
} from '@fobwatch/contracts'
import type { Task } from '#access'
import { type Visit, visitor } from '#http'
import type { Deps } from '../deps.ts'
import type { AskedOf, Listing } from './listing.ts'
import { work } from './lists.ts'
import { maySee } from './may-see.ts'
import { readPage } from './read-report.ts'

const pageLength = 50
/** Beyond this nobody counts: there is enough to do. */
const most = 101

const asking = async (deps: Deps, actor: string, task: Task, filters = {}): Promise<AskedOf> => ({
  ...(await maySee(deps, actor, task)),
  ...{ now: deps.now(), filters },
})

const listOf =
  <Line>(deps: Deps, list: Listing, name: string, task: Task, sort: string) =>
  async (
    { within, after, limit }: { within?: string; after?: string; limit?: string },
    visit: Visit,
  ): Promise<{ rows: Line[]; next: string | null }> => {
    const actor = visitor(visit).personId
    const page = { sort, after, limit: Number(limit ?? pageLength) }
    const read = await readPage<Line>(
      deps,
      list,
      await asking(deps, actor, task, within === undefined ? {} : { within }),
      page,
    )
    const details = { found: read.rows.length, work: name }
    await deps.recordAlone({ type: 'desk-searched', actor, requestId: visit.requestId, details })
    return read
  }

/** The assignments at the agent's organisations that end within so many days, the soonest first. */
export const listExpiring = (deps: Deps) => {
  const read = listOf<ExpiringAssignments['rows'][number]>(
    deps,
    work.expiring,
    'expiring',
    'assign-position',
    'expires',
  )
  return ({ within = '30', ...rest }: ListExpiring, visit: Visit) => read({ within, ...rest }, visit)
}

/** People who came in the last 90 days and have nothing to log in with, the longest waiting first. */
export const listNewStarters = (deps: Deps): ((asked: ListWork, visit: Visit) => Promise<NewStarters>) =>
  listOf(deps, work.newStarters, 'new-starters', 'issue-authenticator', 'oldest')

/** Links, codes and passes that nobody has used yet, those first that run out first. */
export const listOpenLinks = (deps: Deps): ((asked: ListWork, visit: Visit) => Promise<OpenLinks>) =>
  listOf(deps, work.openLinks, 'links', 'issue-authenticator', 'due')

/** How much of each there is, of what the agent's duties open. */
export const countWork =
  (deps: Deps) =>
  async (_: unknown, visit: Visit): Promise<WorkCounts> => {
    const actor = visitor(visit).personId
    const count = async (list: Listing, task: Task, filters = {}) => {
      if ((await deps.access.waysToDo(actor, task)).length === 0) return null
      return deps.reports.count(list, await asking(deps, actor, task, filters), most)
    }
    const [expiring, lost, stolen, badModels, newStarters, links] = await Promise.all([
      count(work.expiring, 'assign-position', { within: '30' }),
      count(work.paused, 'issue-authenticator', { because: 'lost' }),
      count(work.paused, 'issue-authenticator', { because: 'stolen' }),
      count(work.paused, 'issue-authenticator', { because: 'model' }),
      count(work.newStarters, 'issue-authenticator'),
      count(work.openLinks, 'issue-authenticator'),
    ])
    return { expiring, lost, stolen, badModels, newStarters, links }
  }
