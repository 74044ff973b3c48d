import type { DeskRequest, RequestState, WholeRequest } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { asListed, asWhole } from './listing/view.ts'

const most = 200

/** Everybody's requests, the first due first; those in a state, where one is given. 200 at most. */
export const listByCommand =
  (deps: Deps) =>
  async (state: RequestState | null): Promise<DeskRequest[]> =>
    (await deps.requests.listAll(state, most, deps.now())).map((row) => asListed(row, null))

/** One request. @throws Refusal `not_found` */
export const showByCommand =
  (deps: Deps) =>
  async (id: string): Promise<WholeRequest> => {
    const row = await deps.requests.show(null, id, deps.now())
    if (!row) throw new Refusal('not_found', undefined, [`There is no request ${id}.`])
    return asWhole(row, null)
  }
