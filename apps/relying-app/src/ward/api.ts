import {
  type AccessClaims,
  bearerChallenge,
  hasScope,
  insufficientScopeChallenge,
  readBearer,
  statusOf,
  TokenRefused,
  type TokenVerifier,
} from '@fobwatch/token-verifier'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { PATIENTS, summaryOf } from './patients.ts'
import { mayOpenRecord, maySeeList, OPENS_RECORDS, PATIENTS_SCOPE, type Refused } from './rules.ts'

type Answer = (claims: AccessClaims, request: FastifyRequest, reply: FastifyReply) => unknown

/**
 * The JSON API of the ward: an API of its own, that knows its callers by their access tokens alone (RFC 6750, RFC 9068).
 * Answers 401 without a good token, 403 without the scope, the role or the activity, 404 for a patient who is not here,
 * and 503 while the keys of Fobwatch cannot be had.
 */
export const wardApi = ({ verifyAccessToken }: Pick<TokenVerifier, 'verifyAccessToken'>): RouteOptions[] => {
  const guarded = (answer: Answer) => async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store')
    const token = readBearer(request.headers.authorization)
    if (!token)
      return refuse(reply.header('www-authenticate', bearerChallenge()), 401, 'token_required', 'Send an access token')

    const verified = await verifyAccessToken(token).catch(asRefusal)
    if (verified instanceof TokenRefused) {
      if (statusOf(verified) === 401) reply.header('www-authenticate', bearerChallenge(verified))
      return refuse(reply, statusOf(verified), verified.code, verified.message)
    }
    if (!hasScope(verified.claims, PATIENTS_SCOPE)) {
      reply.header('www-authenticate', insufficientScopeChallenge(PATIENTS_SCOPE))
      return refuse(reply, 403, 'insufficient_scope', `The token lacks the scope ${PATIENTS_SCOPE}`)
    }
    return answer(verified.claims, request, reply)
  }

  return [
    { method: 'GET', url: '/api/patients', handler: guarded(listPatients) },
    { method: 'GET', url: '/api/patients/:id', handler: guarded(showPatient) },
  ]
}

const listPatients: Answer = (claims, _request, reply) => {
  const verdict = maySeeList(claims)
  if (verdict !== 'permitted') return refuse(reply, 403, verdict, MESSAGES[verdict])
  return PATIENTS.map(summaryOf)
}

/** Whether a patient exists is told only to those who may see the record. */
const showPatient: Answer = (claims, request, reply) => {
  const verdict = mayOpenRecord(claims)
  if (verdict !== 'permitted') return refuse(reply, 403, verdict, MESSAGES[verdict])
  const { id } = request.params as { id: string }
  return (
    PATIENTS.find((patient) => patient.id === id) ??
    refuse(reply, 404, 'unknown_patient', 'No such patient is on the ward')
  )
}

const MESSAGES: Readonly<Record<Refused, string>> = {
  role_required: 'Patients are shown to people who act in a role',
  activity_required: `Records are opened by roles with ${OPENS_RECORDS.code} (${OPENS_RECORDS.name})`,
}

const refuse = (reply: FastifyReply, status: number, error: string, message: string) =>
  reply.code(status).send({ error, message })

const asRefusal = (error: unknown) => {
  if (error instanceof TokenRefused) return error
  throw error
}
