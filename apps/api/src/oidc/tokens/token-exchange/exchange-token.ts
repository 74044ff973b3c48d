import { tokenExchangeGrant } from '@fobwatch/contracts'
import { type AccessToken, errors, type Provider, type TokenEndpointGrantContext } from 'oidc-provider'
import {
  buildTokenResponse,
  checkDpopReplay,
  checkDpopRequired,
  resolveRequestedResources,
  validateDpop,
} from 'oidc-provider/lib/helpers/grants.js'
import type { OidcDeps } from '../../deps.ts'
import { requestIdOf } from '../../library/request-id.ts'
import type { Lookups } from '../../storage/lookups.ts'
import {
  accessTokenType,
  type Held,
  type Parameters,
  parameterNames,
  whatIsWrongWithRequest,
  whatIsWrongWithSubject,
  whatIsWrongWithToken,
} from './rules.ts'
import { noteSubject, readSubject, type Subject } from './subject.ts'

type Context = TokenEndpointGrantContext<Parameters>
type Deps = Pick<OidcDeps, 'now' | 'sessions' | 'recordAlone'>

/** What is said of the token that came, when it is refused. */
interface Fault {
  why: string
  held?: Held | undefined
}

/** The grant that a client has in a session, if both are alive, and their person active. */
const findHeld = async ({ sessions }: Deps, lookups: Lookups, sessionId: string, clientId: string) => {
  const known = await sessions.findGrantOf(sessionId, clientId)
  const grant = known && (await lookups.grant(known.grantId))
  return grant && { grant, grantedAt: known.grantedAt }
}

/** Reads the ID token, by our own keys, and finds what it was drawn from. */
const verifySubject = async (
  deps: Deps,
  lookups: Lookups,
  { oidc: { provider, client, params } }: Context,
): Promise<{ subject: Subject; held: Held } | Fault> => {
  const verified = await provider.IdToken.validate(String(params.subject_token), client).catch(() => undefined)
  const subject = verified && readSubject(verified.header, verified.payload)
  if (!verified || !subject) return { why: 'is no ID token of ours for this client' }
  const early = whatIsWrongWithToken(verified.payload, client.clientId, deps.now().getTime() / 1000)
  if (early) return { why: early }
  const held = await findHeld(deps, lookups, subject.sessionId, client.clientId)
  const why = whatIsWrongWithSubject(subject, held)
  return why || !held ? { why: why ?? '', held } : { subject, held }
}

/** The one API that the token is for, with its scope settled: `audience` is another word for `resource` here (§2.1). */
const findTarget = async (ctx: Context) => {
  const { provider, params } = ctx.oidc
  const named = [...new Set([params.resource ?? [], params.audience ?? []].flat())]
  if (named.length > 1) throw new errors.InvalidTarget('an access token is for one API')
  params.resource = named[0]
  const [target] = await resolveRequestedResources(provider, ctx)
  if (!target) throw new errors.InvalidTarget()
  return target
}

const answerWith = async (ctx: Context, token: AccessToken): Promise<void> => {
  const accessToken = await token.save()
  ctx.body = buildTokenResponse(ctx.oidc.provider, {
    accessToken,
    expiresIn: token.expiration,
    issuedTokenType: accessTokenType,
    scope: token.scope,
    tokenType: token.tokenType,
  })
}

/**
 * Exchanges an ID token for an access token for an API (RFC 8693), under the same session and at the level that the ID
 * token tells. Whoever asks is the client that it was given to, has proved so, and could have asked for this API when its
 * person signed in: what is gained is that the API's token can come later, and to another part of the application.
 * @throws InvalidRequest for whatever is wrong with the token (§2.2.2), InvalidTarget, InvalidScope
 */
const exchangeToken =
  (deps: Deps, lookups: Lookups) =>
  async (ctx: Context): Promise<void> => {
    const { provider, client, params } = ctx.oidc
    const wrong = whatIsWrongWithRequest(params)
    if (wrong) throw new errors.InvalidRequest(wrong)
    const proof = await validateDpop(provider, ctx)
    checkDpopRequired(provider, ctx, proof)
    const target = await findTarget(ctx)

    const found = await verifySubject(deps, lookups, ctx)
    const event = { type: 'token-exchanged', client: client.clientId, requestId: requestIdOf(ctx.req) } as const
    if ('why' in found) {
      const person = found.held?.grant.personId ?? null
      await deps.recordAlone({ ...event, outcome: 'refused', person, details: { why: found.why } })
      throw new errors.InvalidRequest(`the subject_token ${found.why}`)
    }

    const { staffId: accountId, personId: person, grantId, sessionId: session } = found.held.grant
    noteSubject(ctx, found.subject)
    const token = new provider.AccessToken({ accountId, client, grantId, gty: tokenExchangeGrant, sid: session })
    token.resourceServer = target
    token.scope = params.scope
    await checkDpopReplay(provider, ctx, proof, client.clientId)
    if (proof) token.setThumbprint('jkt', proof.thumbprint)
    await answerWith(ctx, token)
    await deps.recordAlone({ ...event, person, details: { session, api: target.audience ?? '' } })
  }

/** Adds the grant to the library, which has none of its own. */
export const registerTokenExchange = (provider: Provider, deps: Deps, lookups: Lookups): void =>
  provider.registerGrantType<Parameters>(
    tokenExchangeGrant,
    exchangeToken(deps, lookups),
    [...parameterNames, 'resource', 'scope'],
    ['resource', 'audience'],
  )
