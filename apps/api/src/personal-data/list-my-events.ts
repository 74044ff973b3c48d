import type { ListMyEvents, MyEvent, MyEvents } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Deps } from './deps.ts'
import type { EventRow } from './store.ts'

const usualLimit = 20

const asShown = ({ at, type, outcome, mine, name, role, application, details }: EventRow): MyEvent => ({
  ...{ at: at.toISOString(), type, outcome, mine, application },
  by: name === null ? null : { name, role },
  fields: Array.isArray(details['fields']) ? [...details['fields']] : [],
})

/** What whoever asks did and what was done to them, a page at a time, the newest first. */
export const listMyEvents =
  ({ store }: Pick<Deps, 'store'>) =>
  async ({ after, limit }: ListMyEvents, visit: Visit): Promise<MyEvents> => {
    const length = limit === undefined ? usualLimit : Number(limit)
    const before = after === undefined ? null : Number(after)
    const rows = await store.newestEvents(visitor(visit).personId, before, length + 1)
    const page = rows.slice(0, length)
    const last = page.at(-1)
    return { rows: page.map(asShown), next: rows.length > length && last ? String(last.seq) : null }
  }
