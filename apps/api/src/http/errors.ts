import { type Failure, type RefusalCode, refusals } from '@fobwatch/contracts'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isRefusal, Refusal, TooMany } from '#kernel'
import type { AnswerForm } from './route.ts'

const codeOfFastifyError: Record<string, RefusalCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_not_allowed',
}

/** Turns what was thrown into a refusal: ours as it is, the framework's by its meaning, anything else a fault of ours. */
const asRefusal = (error: FastifyError, isUnavailable: (error: unknown) => boolean): Refusal => {
  if (isRefusal(error)) return error
  if (isUnavailable(error)) return new Refusal('unavailable', error)
  const known = codeOfFastifyError[error.code]
  if (known) return new Refusal(known, error)
  const isCallersFault = typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500
  return new Refusal(isCallersFault ? 'invalid_request' : 'server_fault', error)
}

/** When to come again, of a fault that passes. Seconds. */
export const secondsToWait = 5

const formOf = (request: FastifyRequest) => (request.routeOptions.config as { form?: AnswerForm }).form

/** Answers with a refusal, in the form that the route has for it. */
export const answerRefusal = (
  refusal: Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
  form = formOf(request),
): FastifyReply => {
  const { status, sentence } = refusals[refusal.code]
  const body: Failure = { error: refusal.code, message: sentence, reference: request.id }
  if (refusal.reasons.length > 0) body.reasons = [...refusal.reasons]
  if (refusal.faults.length > 0) body.faults = [...refusal.faults]
  if (status === 503) reply.header('retry-after', secondsToWait)
  if (refusal instanceof TooMany) reply.header('retry-after', refusal.retryAfterSeconds)
  reply.status(status).header('cache-control', 'no-store')
  return form ? reply.type(form.mediaType).send(form.writeFailure(body, status)) : reply.send(body)
}

/**
 * The one place that turns refusals into HTTP: a code, its safe sentence, and a reference to the log, where the cause is.
 * @param isUnavailable tells a database that is away from a fault of ours
 * @param tell is told the code of each
 */
export const registerErrors = (
  app: FastifyInstance,
  isUnavailable: (error: unknown) => boolean,
  tell: (code: RefusalCode) => void = () => {},
): void => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = asRefusal(error, isUnavailable)
    const level = refusal.code === 'server_fault' ? 'error' : refusal.code === 'unavailable' ? 'warn' : 'info'
    request.log[level]({ refusal: refusal.code, err: refusal.cause }, 'refused')
    tell(refusal.code)
    return answerRefusal(refusal, request, reply)
  })
}

/** Answers an address that nobody serves. */
export const notFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  answerRefusal(new Refusal('not_found'), request, reply)

/** Answers addresses that nobody serves, below one, in a form of their own. */
export const refuseUnknownBelow = (app: FastifyInstance, prefix: string, form: AnswerForm): void => {
  app.register(
    (scope, _options, done) => {
      scope.setNotFoundHandler((request, reply) => answerRefusal(new Refusal('not_found'), request, reply, form))
      done()
    },
    { prefix },
  )
}
