import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { hashOf } from '#kernel'
import type { OidcDeps } from '../deps.ts'
import { checkPushed } from '../interaction/pushed-request.ts'
import { beginExchange, exchangeUnderWay, refuseSecondUse } from './exchange.ts'
import { isActivity, type Lookups } from './lookups.ts'
import type { Artifact, Artifacts } from './store.ts'
import { alreadyTaken, goBackWith, goBackWithout } from './way-back.ts'

/** What a person's application comes with. */
const granted = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken'])

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)

/**
 * What a row may hold. The library notes in a sign-in the very secret of the session that it began in; only the session's
 * name is looked at again. An id and a grant have columns of their own.
 */
export const withoutSecrets = ({ jti: _id, grantId: _grant, session, ...payload }: AdapterPayload): AdapterPayload => {
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
  /** With its grant, where the request at hand will want that anyway. */
  const look = async (hash: Buffer): Promise<Artifact | undefined> => {
    if (!granted.has(kind) || !isActivity()) return artifacts.find(kind, hash)
    const found = await artifacts.findGranted(kind, hash, await deps.sessions.limits())
    if (found?.grant) await deps.sessions.noteUse(found.grant)
    if (found?.grantId) grant.keep(found.grantId, found.grant)
    return found
  }

  const find = async (id: string): Promise<AdapterPayload | undefined> => {
    // On the way back it is looked up to be spent, which is for whoever comes first alone.
    if (kind === 'PushedAuthorizationRequest') await goBackWithout(deps.store)
    const found = await look(hashOf(id))
    if (!found || (found.grantId && !(await grant(found.grantId)))) return undefined
    const { payload, grantId, consumedAt } = found
    return { ...payload, jti: id, ...(grantId && { grantId }), ...(consumedAt && { consumed: seconds(consumedAt) }) }
  }

  const consume = async (id: string): Promise<void> => {
    const hash = hashOf(id)
    if (beginExchange(deps, { artifacts, kind, hash })) return
    if ((await artifacts.consume(kind, hash, deps.now())) === 1) return
    if (kind === 'PushedAuthorizationRequest') throw new errors.InvalidRequestUri('the request_uri was already used')
    await refuseSecondUse(deps, { artifacts, kind, hash })
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
      const row = { kind, hash: hashOf(id), grantId, payload: withoutSecrets(payload), expiresAt }
      const exchange = exchangeUnderWay()
      if (exchange) exchange.given.push(row)
      else if (kind === 'AuthorizationCode') await goBackWith(deps.store, row)
      else await artifacts.upsert(row)
    },
    consume,
    destroy: async (id) => {
      const gone = await artifacts.destroy(kind, hashOf(id))
      // The way back from a sign-in begins by destroying it. Of two at once, one goes on.
      if (gone === 0 && kind === 'Interaction') throw alreadyTaken()
    },
    // Tokens hang on their grant, and die with it.
    revokeByGrantId: async () => {},
  }
}
