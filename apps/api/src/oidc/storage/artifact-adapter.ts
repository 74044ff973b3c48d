import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { hashOf } from '#kernel'
import type { OidcDeps } from '../deps.ts'
import { checkPushed } from '../interaction/pushed-request.ts'
import { requestIdOf } from '../library/request-id.ts'
import type { Lookups } from './lookups.ts'
import type { Artifacts } from './store.ts'

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)

/**
 * What a row may hold. The library notes in a sign-in the very secret of the session that it began in; only the session's
 * name is looked at again.
 */
const withoutSecrets = ({ jti: _id, session, ...payload }: AdapterPayload): AdapterPayload => {
  if (!session) return payload
  const { cookie: _secret, ...named } = session
  return { ...payload, session: named }
}

/**
 * Keeps what the library makes, by the hash of its id, so that the table gives away no token.
 * What hangs on a grant is found only while the grant is alive: ending a session, suspending an authenticator or closing
 * a person is one write elsewhere, and every code and token of theirs is gone from here.
 */
export const artifactAdapter = (deps: OidcDeps, { grant }: Lookups, artifacts: Artifacts, kind: string): Adapter => {
  const find = async (id: string): Promise<AdapterPayload | undefined> => {
    const found = await artifacts.find(kind, hashOf(id))
    if (!found || (found.grantId && !(await grant(found.grantId)))) return undefined
    // The id itself is not in the row.
    return { ...found.payload, jti: id, ...(found.consumedAt && { consumed: seconds(found.consumedAt) }) }
  }

  const consume = async (id: string): Promise<void> => {
    if ((await artifacts.consume(kind, hashOf(id), deps.now())) === 1) return
    // Someone else was first with the same code or token: one of the two stole it (RFC 9700 §4.5, §4.14).
    const found = await artifacts.find(kind, hashOf(id))
    if (found?.grantId) await deps.sessions.revokeGrant(found.grantId, 'used-twice', requestIdOf())
    if (kind === 'PushedAuthorizationRequest') throw new errors.InvalidRequestUri('the request_uri was already used')
    throw new errors.InvalidGrant(`${kind} already consumed`)
  }

  return {
    find,
    findByUid: find,
    findByUserCode: async () => undefined,
    upsert: async (id, payload, expiresIn) => {
      const expiresAt = new Date(deps.now().getTime() + (expiresIn ?? 0) * 1000)
      // PostgreSQL keeps no NUL in text, and nobody who means well sends one.
      if (JSON.stringify(payload).includes('\\u0000')) throw new errors.InvalidRequest('a parameter has a NUL in it')
      if (kind === 'PushedAuthorizationRequest') checkPushed(payload)
      // A sign-in may begin in one person's session and end in another's, so that it hangs on neither.
      const grantId = kind === 'Interaction' ? null : (payload.grantId ?? null)
      await artifacts.upsert(kind, hashOf(id), grantId, withoutSecrets(payload), expiresAt)
    },
    consume,
    destroy: async (id) => {
      const gone = await artifacts.destroy(kind, hashOf(id))
      // The way back from a sign-in begins by destroying it. Of two at once, one goes on.
      if (gone === 0 && kind === 'Interaction') throw new errors.SessionNotFound('interaction session not found')
    },
    // Tokens hang on their grant, and die with it.
    revokeByGrantId: async () => {},
  }
}
