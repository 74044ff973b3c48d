import type { TwoPeopleKind } from '@fobwatch/contracts'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { askedFor, whyNotDecide } from './rules.ts'
import { standingOf } from './standing.ts'
import type { StoredRequest } from './store.ts'

/** A deed that may take two people. */
interface Deed {
  kind: TwoPeopleKind
  /** Whether this one does, such as a link for somebody at identity level 3; the setting has a say besides. */
  twoPeople: boolean
  actor: string
  /** Whom it is about, if it is about somebody. */
  personId?: string | undefined
  /** What is done, as it was asked for: the body of the endpoint without `request`. */
  asked: object
  /** The request that the actor says was approved. */
  requestId?: string | undefined
  /** Of the HTTP request, for the audit. */
  visitId?: string | undefined
}

type Needs = Pick<Deps, 'requests' | 'twoPeople' | 'record' | 'now' | 'access' | 'store'>

/** Whether whoever approved it still may: an approval is worth what its giver is worth when it is used. */
const stillApproved = async (deps: Needs, tx: Transaction, request: StoredRequest): Promise<boolean> => {
  const { decidedBy, raisedBy } = request
  if (decidedBy === null) return true // By command, which no duty binds.
  await deps.access.holdPositions(tx, decidedBy)
  const raiser = await standingOf(deps, raisedBy, request, tx)
  return whyNotDecide(askedFor(request), raiser, await standingOf(deps, decidedBy, request, tx)) === undefined
}

/**
 * Lets a deed go on that needs nobody else, or for which a second person has approved a request of the actor's: the same
 * deed, about the same person, in every word. That request is spent here, in the deed's transaction.
 * @throws Refusal `second_person_needed` where none was named; `request_not_approved` for one that was not approved, was
 *   used, has run out, is somebody else's, asked for something else, or whose approver may not approve it any more
 */
export const requireSecondPerson = async (
  deps: Needs,
  tx: Transaction,
  { kind, twoPeople, actor, personId = undefined, asked, requestId, visitId }: Deed,
): Promise<void> => {
  if (!twoPeople || !deps.twoPeople.includes(kind)) return
  if (requestId === undefined) throw new Refusal('second_person_needed')

  const used = { id: requestId, kind, actor, personId: personId ?? null, asked }
  const request = await deps.requests.use(tx, used, deps.now())
  if (!request || !(await stillApproved(deps, tx, request))) throw new Refusal('request_not_approved')
  await deps.record(tx, {
    ...{ type: 'request-used', actor, person: personId, requestId: visitId },
    details: { request: request.id, kind },
  })
}
