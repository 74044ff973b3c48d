import type { StepUp } from '@fobwatch/token-verifier'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../pages/index.ts'
import { faultPage } from './fault-page.ts'
import { type Fault, faultOf, forTheLog } from './faults.ts'
import type { VisitorOf } from './visitor.ts'

type What = {
  /** Left out, the error tells which. */
  fault?: Fault
  error?: unknown
  returnTo: string
  changeRole?: boolean
  stepUp?: StepUp
}

export type SendFault = (request: FastifyRequest, reply: FastifyReply, what: What) => unknown

const STATUS: Readonly<Record<Fault, number>> = {
  fobwatch_down: 503,
  not_let_in: 403,
  log_in_needed: 403,
  role_unchanged: 200,
  check_unchanged: 200,
  not_finished: 400,
  not_believed: 502,
  only_here: 200,
}

/**
 * Answers with the page of a fault, and logs what caused it.
 * @throws (the returned function) the error again, where it is none of the faults that we know: it is a bug, and the
 *   error handler's
 */
export const createSendFault =
  (visitorOf: VisitorOf): SendFault =>
  (request, reply, what) => {
    const visitor = visitorOf(request, what.returnTo)
    const known = what.fault ?? faultOf(what.error)
    if (!known) throw what.error

    const fault = known === 'not_let_in' && visitor ? refusedWish(what) : known
    request.log.warn(
      { fault, ...(what.error !== undefined && forTheLog(what.error)) },
      'sent a page that says what went wrong',
    )
    const page = faultPage(fault, { returnTo: what.returnTo, reference: request.id })
    return sendPage(reply, { ...page, ...(visitor && { visitor }) }, STATUS[fault])
  }

/** Who is logged in and was refused something more is still logged in. */
const refusedWish = ({ changeRole, stepUp }: What): Fault => {
  if (changeRole) return 'role_unchanged'
  return stepUp && Object.keys(stepUp).length > 0 ? 'check_unchanged' : 'not_let_in'
}
