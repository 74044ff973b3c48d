import type { Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import type { StoredRequest } from './store.ts'

/**
 * Cancels what is asked about a person and what they asked for themselves, in the transaction of the deed that makes them
 * leave. It is dead already, by their status; this is so that nothing comes back with them.
 * @returns how many
 */
export const cancelAbout = async (
  deps: Pick<Deps, 'requests' | 'record' | 'now'>,
  tx: Transaction,
  personId: string,
  by: { actor?: string | null; requestId?: string } = {},
): Promise<number> => {
  const cancelled = await deps.requests.cancel(tx, personId, deps.now())
  return recordCancelled(deps, tx, cancelled, by)
}

/**
 * Cancels whatever is asked, by whomever, used by nobody yet.
 * @returns how many
 */
export const cancelAll = async (deps: Pick<Deps, 'requests' | 'record' | 'now'>, tx: Transaction): Promise<number> =>
  recordCancelled(deps, tx, await deps.requests.cancelAll(tx, deps.now()))

const recordCancelled = async (
  { record }: Pick<Deps, 'record'>,
  tx: Transaction,
  cancelled: readonly Pick<StoredRequest, 'id' | 'kind' | 'personId'>[],
  by: { actor?: string | null; requestId?: string } = {},
): Promise<number> => {
  for (const { id, kind, personId: person } of cancelled)
    await record(tx, { ...by, type: 'request-cancelled', person, details: { request: id, kind } })
  return cancelled.length
}
