import type { TokenVerifier } from '@fobwatch/token-verifier'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Session, Sessions } from '../sessions/index.ts'
import type { Attempts } from './attempts.ts'
import type { Fobwatch, Secrets } from './fobwatch.ts'
import type { SendFault } from './send-fault.ts'

type Deps = {
  ownOrigin: string
  attempts: Attempts
  fobwatch: Fobwatch
  verifier: TokenVerifier
  sessions: Sessions
  sendFault: SendFault
}

/**
 * Takes the browser back from Fobwatch: spends the attempt, redeems the code, verifies both tokens, begins a session.
 * openid-client checks what the protocol asks of a client; the signatures are checked by our own verifier, since a
 * token that is kept and passed on should not rest on the connection it came by alone.
 */
export const finish = (deps: Deps) => async (request: FastifyRequest, reply: FastifyReply) => {
  const { state } = request.query as Record<string, unknown>
  const attempt = typeof state === 'string' ? deps.attempts.spend(request, state) : undefined
  if (!attempt && deps.sessions.of(request)) return reply.redirect('/', 303)
  if (!attempt || typeof state !== 'string')
    return deps.sendFault(request, reply, { fault: 'not_finished', returnTo: '/' })

  try {
    const tokens = await redeem(deps, new URL(request.url, deps.ownOrigin), { ...attempt, state })
    const before = deps.sessions.of(request)
    const roleStayed = attempt.changeRole && before?.access.role?.person_roleid === tokens.access.role?.person_roleid
    const refused = before && before.refused !== 'none' ? 'last' : 'none'
    deps.sessions.begin(request, reply, { ...tokens, asked: attempt.stepUp, roleStayed, refused })
    return reply.redirect(attempt.returnTo, 303)
  } catch (error) {
    return deps.sendFault(request, reply, { error, ...attempt })
  }
}

const redeem = async (
  { fobwatch, verifier }: Deps,
  cameBackTo: URL,
  secrets: Secrets & { state: string },
): Promise<Omit<Session, 'asked' | 'roleStayed' | 'refused'>> => {
  const tokens = await fobwatch.redeem(cameBackTo, secrets)
  const id = await verifier.verifyIdToken(tokens.idToken, { nonce: secrets.nonce })
  const access = await verifier.verifyAccessToken(tokens.accessToken)
  return { ...tokens, id: id.claims, access: access.claims }
}
