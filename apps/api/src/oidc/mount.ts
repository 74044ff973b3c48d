import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import { type Bounds, refuseOtherMethods, senderOf } from '#http'
import { Refusal } from '#kernel'
import { endpoints } from './endpoints.ts'
import { errorPage } from './interaction/pages.ts'
import { noteRequestId } from './library/request-id.ts'
import { longestQuery, whatIsWrongWith } from './library/request-size.ts'
import { isRefused, type KnownBrowser } from './limits/admit.ts'
import { noteSender } from './limits/sender.ts'

const { authorization, end_session } = endpoints

/** Addresses that the library serves, and how each is asked. */
const methodsOf = {
  [authorization]: ['GET'],
  [`${authorization}/:uid`]: ['GET'],
  [endpoints.pushed_authorization_request]: ['POST'],
  [endpoints.token]: ['POST'],
  [endpoints.userinfo]: ['GET', 'POST'],
  [endpoints.jwks]: ['GET'],
  [endpoints.introspection]: ['POST'],
  [endpoints.revocation]: ['POST'],
  [end_session]: ['GET'],
  [`${end_session}/confirm`]: ['POST'],
  [`${end_session}/success`]: ['GET'],
  '/.well-known/openid-configuration': ['GET'],
  // The same for those who log nobody in (RFC 8414).
  '/.well-known/oauth-authorization-server': ['GET'],
}
const urls = Object.keys(methodsOf)
/** What OpenID Connect wants to be posted to as well (Core §3.1.2.1, RP-Initiated Logout 1.0 §2). */
const posted = [authorization, end_session]
const served = Object.entries(methodsOf).flatMap(([url, methods]) => methods.map((method) => ({ method, url })))

/** How long an answer waits to be up to date: what is known already still serves while the database is away. Milliseconds. */
const patience = 250

const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? ''

/** Whether an address is an endpoint that other websites and servers are meant to call. */
export const isProtocolEndpoint = (url: string): boolean => urls.includes(pathOf(url))

/** The policy of our pages, less `form-action`: signing out may lead back to the application, by a redirect. */
const withoutFormAction = (policy: unknown) => String(policy ?? '').replace(/;?\s*form-action[^;]*/i, '')

const refuseSize = (request: FastifyRequest, reply: FastifyReply, why: string): FastifyReply => {
  request.log.info({ refusal: { code: 'invalid_request', description: why } }, 'refused')
  const html = errorPage({ error: 'invalid_request', error_description: why }, request.id)
  return reply.status(400).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html)
}

/**
 * Puts the provider on the server, on the raw request, with its body unread.
 * @param current the way into the provider of the moment
 * @param lookForKeys so that no instance lacks a key that another one signs with already, which is so after a revocation
 */
export const mount = async (
  app: FastifyInstance,
  current: () => ReturnType<Provider['callback']>,
  lookForKeys: () => Promise<void>,
  bounds: Bounds,
  knownBrowser: KnownBrowser,
): Promise<void> => {
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    // Fastify reads `%6a` as j, and the library does not: they must never disagree about what an address is. No address that
    // is asked for has a `#` (RFC 9112 §3.2).
    if (pathOf(request.url).includes('%') || request.url.includes('#')) throw new Refusal('not_found')
    let countRow = () => {}
    const onGranted = (count: () => void) => {
      countRow = count
    }
    if (isRefused(bounds, knownBrowser, request, reply, pathOf(request.url), onGranted)) return reply
    const fault = whatIsWrongWith(request.url)
    if (fault) return refuseSize(request, reply, fault)
    if (pathOf(request.url) === endpoints.jwks)
      await Promise.race([lookForKeys().catch(() => {}), setTimeout(patience, undefined, { ref: false })])
    const handle = current()
    reply.hijack()
    noteRequestId(request.raw, request.id)
    noteSender(request.raw, { network: senderOf(request).network, known: () => knownBrowser(request) })
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value)
    reply.raw.setHeader('content-security-policy', withoutFormAction(reply.getHeader('content-security-policy')))
    // Whether or not whoever asked is still there to be answered.
    void handle(request.raw, reply.raw).then(() => {
      if (reply.raw.statusCode < 400) countRow()
    })
    return reply
  }
  refuseOtherMethods(app, [...served, ...posted.map((url) => ({ method: 'POST', url }))])
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    for (const row of served) scope.route({ ...row, schema: { hide: true }, handler })
    done()
  })
  await app.register(mountPosted)
}

/**
 * Takes a form and has the browser ask again with its fields as a query: a form from another website comes without the
 * session's cookie, which is `SameSite=Lax`, and the page that it leads to has it.
 */
const mountPosted: FastifyPluginCallback = (scope, _options, done) => {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: longestQuery },
    (_request, form, done) => done(null, new URLSearchParams(String(form))),
  )
  for (const url of posted)
    scope.post(url, { schema: { hide: true } }, (request, reply) => {
      // Written as a query it may be three times as long, and balancers take no answer with such a header.
      const asked = `${url}?${request.body ?? ''}`
      const fault = whatIsWrongWith(asked)
      if (fault) return refuseSize(request, reply, fault)
      return reply.header('cache-control', 'no-store').redirect(asked, 303)
    })
  done()
}
