import type { RequestParams } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { noteRefusal } from './refuse.ts'

/**
 * Takes back a request of one's own, while it is open or approved and not yet used.
 * @throws Refusal `not_found` for somebody else's; `request_not_open`; `not_signed_in`
 */
export const withdrawRequest =
  (deps: Deps) =>
  async ({ id }: RequestParams, visit: Visit): Promise<void> => {
    const signedIn = visitor(visit)
    const { personId: actor } = signedIn
    const request = await deps.requests.find(id, deps.now())
    if (!request) throw new Refusal('not_found')
    try {
      if (request.raisedBy !== actor) throw new Refusal('not_found')
      await deps.inTransaction(async (tx) => {
        await deps.sessions.requireLive(tx, signedIn)
        if (!(await deps.requests.withdraw(tx, id, actor, deps.now()))) throw new Refusal('request_not_open')
        const event = {
          type: 'request-withdrawn',
          actor,
          person: request.personId,
          requestId: visit.requestId,
        } as const
        await deps.record(tx, { ...event, details: { request: id, kind: request.kind } })
      })
    } catch (error) {
      await noteRefusal(deps, visit, request, error)
      throw error
    }
  }
