import { demand, type TokenVerifier } from '@fobwatch/token-verifier'
import { answerRefusals, claimsOf, createGuard } from '@fobwatch/token-verifier/fastify'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { PATIENTS, summaryOf } from './patients.ts'
import { OPENS_RECORD, OPENS_SENSITIVE_RECORD, SEES_LIST } from './rules.ts'

/**
 * The JSON API of the ward: an API of its own, that knows its callers by their access tokens alone (RFC 6750, RFC 9068).
 * Answers 401 without a good token, 403 without the scope, the organisation or the activity, 404 for a patient who is not
 * here, 401 with a challenge where a record wants a stronger check (RFC 9470), and 503 while the key of the token cannot
 * be had.
 */
export const wardApi = (verifier: Pick<TokenVerifier, 'verifyRequest'>): RouteOptions[] => {
  const guard = createGuard(verifier)
  const asApi = { onRequest: keepNowhere, errorHandler: answerRefusals }
  return [
    { method: 'GET', url: '/api/patients', ...asApi, preHandler: guard(SEES_LIST), handler: listPatients },
    { method: 'GET', url: '/api/patients/:id', ...asApi, preHandler: guard(OPENS_RECORD), handler: showPatient },
  ]
}

const keepNowhere = async (_request: FastifyRequest, reply: FastifyReply) => {
  reply.header('cache-control', 'no-store')
}

const listPatients = async () => PATIENTS.map(summaryOf)

/** Whether a patient exists is told only to those who may see a record. */
const showPatient = async (request: FastifyRequest, reply: FastifyReply) => {
  const { id } = request.params as { id: string }
  const patient = PATIENTS.find((each) => each.id === id)
  if (!patient) return reply.code(404).send({ error: 'unknown_patient', message: 'No such patient is on the ward' })
  if (patient.sensitive) demand(claimsOf(request), OPENS_SENSITIVE_RECORD)
  return patient
}
