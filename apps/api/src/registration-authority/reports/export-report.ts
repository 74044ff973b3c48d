import { type AskedReport, type ReportName, reportSorts } from '@fobwatch/contracts'
import { csvOf } from '#csv'
import { type Download, type Visit, visitor } from '#http'
import type { Deps } from '../deps.ts'
import type { AskedOf } from './listing.ts'
import { reports } from './lists.ts'
import { askedOf, readPage } from './read-report.ts'

/** The columns of each file, in their order. */
const columns: Record<ReportName, readonly string[]> = {
  people: ['staffId', 'person', 'organisation', 'status', 'identityLevel', 'ways', 'createdAt'],
  authenticators: ['staffId', 'person', 'name', 'kind', 'level', 'model', 'status', 'lastUsedAt', 'expiresAt'],
  positions: ['staffId', 'person', 'position', 'organisation', 'startsAt', 'expiresAt'],
  requests: ['id', 'kind', 'state', 'staffId', 'person', 'organisation', 'raisedBy', 'raisedAt', 'closedAt'],
}

const atOnce = 1000

/** The lines of a report, a page after another, so that none waits for all of them. */
const linesOf = async function* (deps: Deps, name: ReportName, asked: AskedOf, sort: string) {
  let after: string | undefined
  do {
    const { rows, next } = await readPage<Record<string, unknown>>(deps, reports[name], asked, {
      ...{ sort, after, limit: atOnce },
    })
    yield* rows
    after = next ?? undefined
  } while (after !== undefined)
}

/**
 * Gives a whole report as CSV, as it is read. That it was asked for is recorded before its first line.
 * @throws Refusal `organisation_unknown`
 */
export const exportReport =
  (deps: Deps, name: ReportName) =>
  async (asked: AskedReport, visit: Visit): Promise<Download> => {
    const actor = visitor(visit).personId
    const narrowed = await askedOf(deps, name, asked, actor)
    const details = { report: name, form: 'csv' }
    await deps.recordAlone({ type: 'report-read', actor, requestId: visit.requestId, details })
    const content = csvOf(columns[name], linesOf(deps, name, narrowed, asked.sort ?? reportSorts[name][0]))
    return { name: `fobwatch-${name}-${deps.now().toISOString().slice(0, 10)}.csv`, content }
  }
