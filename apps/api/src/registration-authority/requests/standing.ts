import type { Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { reachesEverybody } from '../reaches-everybody.ts'
import { isAboutNobody, type Standing, taskOf } from './rules.ts'
import type { StoredRequest } from './store.ts'

/** A request, as far as somebody's standing to it goes; one that is yet to be raised has no raiser but them. */
export type Stood = Pick<StoredRequest, 'kind' | 'organisationId' | 'personId' | 'dutyCode' | 'raisedBy'>

/** How somebody stands to a request. Asked in the transaction of the deed, with their positions held where it decides. */
export const standingOf = async (
  deps: Pick<Deps, 'access' | 'store' | 'requests' | 'now'>,
  who: string,
  request: Stood,
  tx?: Transaction,
): Promise<Standing> => {
  const { kind, organisationId } = request
  const task = taskOf[kind]
  const allowed = async (): Promise<Standing['allowed']> => {
    if (isAboutNobody(kind)) return (await reachesEverybody(deps, who, task, tx)) ? ['yes'] : []
    const ways = await deps.access.waysToDo(who, task, tx)
    return ways.filter((way) => way.organisationId === organisationId).map((way) => way.allowed)
  }
  const facts = await deps.requests.standing(who, request, deps.now(), tx)
  return { ...facts, isAbout: request.personId === who, allowed: await allowed() }
}
