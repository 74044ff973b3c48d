import { type AskedReport, type ReportLine, type ReportName, reportSorts } from '@fobwatch/contracts'
import type { Task } from '#access'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { cursorOf, keysIn } from './cursor.ts'
import type { AskedOf, Listing, Order } from './listing.ts'
import { reports } from './lists.ts'
import { maySee } from './may-see.ts'

type Found = Record<string, unknown> & { keys: string[] }

/** PostgreSQL's moments as they are sent, and a model by what people call it. */
const asLine = ({ authenticators }: Pick<Deps, 'authenticators'>, { keys: _, aaguid, ...row }: Found) => ({
  ...Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  ),
  ...(typeof aaguid === 'string' && { model: authenticators.modelNameOf(aaguid) }),
})

/** A list in an order of its own, from somewhere. */
export interface Page {
  sort: string
  after: string | undefined
  limit: number
}

/** Reads a page of a list. @throws Refusal `invalid_request` for an order or a beginning that is not of our making */
export const readPage = async <Line>(
  deps: Pick<Deps, 'reports' | 'authenticators'>,
  list: Listing,
  asked: AskedOf,
  { sort, after, limit }: Page,
): Promise<{ rows: Line[]; next: string | null }> => {
  const order: Order | undefined = Object.hasOwn(list.orders, sort) ? list.orders[sort] : undefined
  if (!order) throw new Refusal('invalid_request')
  const keys = after === undefined ? null : keysIn(after, sort, order.types)
  const found = await deps.reports.page<Found>(list, asked, { order, after: keys, limit: limit + 1 })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return {
    rows: rows.map((row) => asLine(deps, row) as Line),
    next: last && found.length > limit ? cursorOf(sort, last.keys) : null,
  }
}

/** The task that opens a report. */
const taskOf = (name: ReportName): Task => `report-${name}`

/** What is asked of a report, as far as the agent may see it. */
export const askedOf = async (
  deps: Pick<Deps, 'access' | 'reports' | 'now'>,
  name: ReportName,
  { organisation, sort: _, after: __, limit: ___, ...filters }: AskedReport,
  actor: string,
): Promise<AskedOf> => ({
  ...(await maySee(deps, actor, taskOf(name), organisation)),
  now: deps.now(),
  filters,
})

const pageLength = 50

/**
 * Reads a page of a report: of the agent's organisations everything, or what they did themselves where their duty shows no
 * more. Each reading is recorded.
 * @throws Refusal `organisation_unknown`, `invalid_request`
 */
export const readReport =
  <N extends ReportName>(deps: Deps, name: N) =>
  async (asked: AskedReport, visit: Visit): Promise<{ rows: ReportLine<N>[]; next: string | null }> => {
    const actor = visitor(visit).personId
    const page = await readPage<ReportLine<N>>(deps, reports[name], await askedOf(deps, name, asked, actor), {
      sort: asked.sort ?? reportSorts[name][0],
      after: asked.after,
      limit: Number(asked.limit ?? pageLength),
    })
    const details = { report: name, rows: page.rows.length, form: 'screen' }
    await deps.recordAlone({ type: 'report-read', actor, requestId: visit.requestId, details })
    return page
  }
