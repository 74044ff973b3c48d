import type { Transaction } from '#kernel'
import type { Deps } from '../deps.ts'

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
  for (const { id, kind, personId: about } of cancelled)
    await deps.record(tx, { ...by, type: 'request-cancelled', person: about, details: { request: id, kind } })
  return cancelled.length
}
