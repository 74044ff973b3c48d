import type { ApproveRequest, DecidedRequest, RejectRequest, RequestParams } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { carryOut } from './carry-out.ts'
import { reachesPerson } from './reaches-person.ts'
import { noteRefusal, RuleRefusal } from './refuse.ts'
import { approvedAs, askedFor, usableUntil, whyNotDecide, whyNotNow, whyNotRaise } from './rules.ts'
import { standingOf } from './standing.ts'
import type { Decision, FoundRequest } from './store.ts'

/** What somebody decided. */
export interface Verdict {
  approved: boolean
  because: string | null
}

/**
 * Whether the two may do this now. The raiser may have lost a duty since they asked, and the decider since they opened it;
 * the person may have gone elsewhere.
 * @param decider a person's row id, or null for whoever decides by command, who is bound by no duty
 */
const requireRights = async (
  deps: Deps,
  tx: Transaction,
  request: FoundRequest,
  decider: string | null,
  approved: boolean,
): Promise<void> => {
  const asked = askedFor(request)
  await deps.access.holdPositions(tx, request.raisedBy)
  const raiser = await standingOf(deps, request.raisedBy, request, tx)
  if (decider !== null) {
    await deps.access.holdPositions(tx, decider)
    const why = whyNotDecide(asked, raiser, await standingOf(deps, decider, request, tx))
    if (why) throw new RuleRefusal(why)
  }
  if (!approved) return
  if (whyNotRaise(asked, raiser) || !(await reachesPerson(deps, tx, request))) throw new RuleRefusal('raiser')
}

const decisionOf = (
  { id, kind }: FoundRequest,
  by: string | null,
  at: Date,
  { approved, because }: Verdict,
): Decision => {
  const status = approved ? approvedAs(kind) : 'rejected'
  const used = status === 'approved'
  return { id, status, by, at, because, closedAt: used ? null : at, expiresAt: used ? usableUntil(at) : null }
}

/** Decides a request, and does what is asked where the approval does it; in one transaction with the right to both. */
const decide = async (
  deps: Deps,
  tx: Transaction,
  request: FoundRequest,
  { decider, requestId, ...verdict }: Verdict & { decider: string | null; requestId?: string },
): Promise<DecidedRequest> => {
  const { approved, because } = verdict
  await requireRights(deps, tx, request, decider, approved)
  const decision = decisionOf(request, decider, deps.now(), verdict)
  const decided = await deps.requests.decide(tx, decision)
  if (!decided) throw new Refusal(await whyNot(deps, tx, request.id, decider))

  const event = { type: approved ? 'request-approved' : 'request-rejected', actor: decider, requestId } as const
  const details = { request: request.id, kind: request.kind, ...(decider === null && { by: 'command' }) }
  const { personId } = request
  await deps.record(
    tx,
    personId ? { ...event, details, person: personId, personal: { because } } : { ...event, details },
  )
  if (approved) await carryOut(deps)[request.kind](tx, decided, decider)
  return { state: decision.status }
}

const whyNot = async (deps: Deps, tx: Transaction, id: string, by: string | null) => {
  const now = await deps.requests.find(id, deps.now(), tx)
  return now ? whyNotNow(now, by) : 'not_found'
}

const everyone = ({ raisedBy, personId }: FoundRequest): string[] => [raisedBy, ...(personId ? [personId] : [])]

const decideAtDesk =
  (deps: Deps, approved: boolean) =>
  async (
    { id, because = null }: RequestParams & { because?: string | null },
    visit: Visit,
  ): Promise<DecidedRequest> => {
    const signedIn = visitor(visit)
    const { personId: decider } = signedIn
    const request = await deps.requests.find(id, deps.now())
    if (!request) throw new Refusal('not_found')
    try {
      return await deps.inTransaction(async (tx) => {
        await deps.store.lockPeople(tx, [decider, ...everyone(request)])
        await deps.sessions.requireLive(tx, signedIn)
        return decide(deps, tx, request, { approved, because, decider, requestId: visit.requestId })
      })
    } catch (error) {
      await noteRefusal(deps, visit, request, error)
      throw error
    }
  }

/**
 * Approves a request that one holds: what is asked is done at once, or by whoever raised it, within 24 hours.
 * @throws Refusal `not_found` for one that is not one's to decide; `not_allowed` for one's own, for what is about oneself,
 *   and for what would give more than one has; `request_not_open`, `request_held`, `request_not_held`; `not_signed_in`; and
 *   as the deed does
 */
export const approveRequest = (
  deps: Deps,
): ((input: RequestParams & ApproveRequest, visit: Visit) => Promise<DecidedRequest>) => decideAtDesk(deps, true)

/** Rejects a request that one holds, and says why. @throws Refusal as `approveRequest` does, but for the deed's */
export const rejectRequest = (
  deps: Deps,
): ((input: RequestParams & RejectRequest, visit: Visit) => Promise<DecidedRequest>) => decideAtDesk(deps, false)

/**
 * Decides by command: whoever runs the service is a second person where there is no other, and is bound by no duty.
 * @throws Refusal `not_found`; `request_not_open`; `request_held` while somebody looks at it; and as the deed does
 */
export const decideByCommand =
  (deps: Deps) =>
  async (id: string, verdict: Verdict): Promise<DecidedRequest> => {
    const request = await deps.requests.find(id, deps.now())
    if (!request) throw new Refusal('not_found', undefined, [`There is no request ${id}.`])
    return deps.inTransaction(async (tx) => {
      await deps.store.lockPeople(tx, everyone(request))
      return decide(deps, tx, request, { ...verdict, decider: null })
    })
  }
