import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { cacheSeconds } from '#keys'
import { amendDiscovery } from '../discovery.ts'
import { wayBack } from '../interaction/sign-out.ts'

const secondsToWait = 5

/**
 * The library sets the session's cookie with every answer. One that arrives late would bring back a secret that an
 * assertion in another window has changed meanwhile, so that what the browser sent is not sent back. One that is of no
 * session any more, or never was, is forgotten: the log in that follows costs what a first one does.
 */
const keepCookie = (ctx: KoaContextWithOIDC): void => {
  const name = ctx.oidc.provider.cookieName('session')
  const known = ctx.cookies.get(name, { signed: false })
  const isNobodys = ctx.oidc.session !== undefined && !ctx.oidc.session.accountId
  const unwanted = isNobodys ? `${name}=` : `${name}=${known};`
  const lines = [ctx.response.headers['set-cookie'] ?? []].flat()
  ctx.set(
    'set-cookie',
    lines.filter((line) => !line.startsWith(unwanted)),
  )
  if (isNobodys && known !== undefined) ctx.cookies.set(name, null, { path: '/', signed: false })
}

/** Who is not signed in has nothing to sign out of, and goes on at once. The library would send a form that needs a script. */
const skipSignOut = (ctx: KoaContextWithOIDC): void => {
  if (ctx.oidc.route !== 'end_session' || ctx.status !== 200 || ctx.oidc.session?.accountId) return
  ctx.remove('set-cookie')
  ctx.status = 303
  ctx.redirect(wayBack(ctx) ?? ctx.oidc.urlFor('end_session_success'))
}

/** Clients keep our keys for a while, so that verifying tokens does not mean asking us each time. */
const letKeep = (ctx: KoaContextWithOIDC): void => {
  if (ctx.oidc.route === 'jwks') ctx.set('cache-control', `public, max-age=${cacheSeconds}`)
}

/** Where the library's answers are not ours: cookies, the sign-out of nobody, inline scripts, when to come again. */
export const amendAnswers = (provider: Provider): void => {
  provider.use(async (context, next) => {
    const policy = context.response.get('content-security-policy')
    await next()
    context.set('content-security-policy', policy)
    if (context.status === 503) context.set('retry-after', String(secondsToWait))
    const ctx = context as unknown as Partial<KoaContextWithOIDC>
    if (ctx.oidc === undefined) return
    for (const amend of [keepCookie, skipSignOut, amendDiscovery, letKeep]) amend(ctx as KoaContextWithOIDC)
  })
}
