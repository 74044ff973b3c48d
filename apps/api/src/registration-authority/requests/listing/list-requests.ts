import type { DeskRequests, ListRequests } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Deps } from '../../deps.ts'
import { afterOf, nextOf } from '../../rules.ts'
import { listedSince } from '../rules.ts'
import { asListed } from './view.ts'

const pageLength = 25

/**
 * Lists requests: those that wait for whoever asks, the first due first; those that they raised; or those that were closed
 * in the last 30 days and theirs to decide. Nobody sees others.
 */
export const listRequests =
  (deps: Deps) =>
  async ({ list = 'to-decide', kind, state, after, limit }: ListRequests, visit: Visit): Promise<DeskRequests> => {
    const actor = visitor(visit).personId
    const most = limit === undefined ? pageLength : Number(limit)
    const [from, since] = [after === undefined ? null : afterOf(after), listedSince(deps.now())]
    const page = { list, kind: kind ?? null, state: state ?? null, after: from, since, limit: most + 1 }
    const rows = await deps.requests.list(actor, page, deps.now())
    const shown = rows.slice(0, most)
    await deps.recordAlone({
      ...{ type: 'desk-searched', actor, requestId: visit.requestId },
      details: { found: shown.length, requests: list },
    })
    return {
      rows: shown.map((row) => asListed(row, actor)),
      next: nextOf(shown, rows.length > most),
      total: rows[0]?.total ?? 0,
    }
  }
