import type { KoaContextWithOIDC } from 'oidc-provider'
import { renderSignOutQuestion } from './pages.ts'

/** The address to go back to, which the library has checked against the client's registration. */
export const wayBack = ({ oidc }: KoaContextWithOIDC): string | undefined => {
  const uri = oidc.params?.['post_logout_redirect_uri']
  if (typeof uri !== 'string') return undefined
  const url = new URL(uri)
  const state = oidc.params?.['state']
  if (typeof state === 'string') url.searchParams.set('state', state)
  return url.href
}

/**
 * RP-initiated logout. An ID token of this very session vouches for the wish, so that nothing is asked
 * (OpenID Connect RP-Initiated Logout 1.0 §2); anyone else is asked, since a link alone must not sign people out.
 */
export const logoutSource = async (ctx: KoaContextWithOIDC, form: string): Promise<void> => {
  const { session, entities } = ctx.oidc
  const hint = entities.IdTokenHint?.payload as { sub?: string; sid?: string } | undefined
  const vouchedFor = hint?.sub === session?.accountId && hint?.sid === session?.uid
  if (!session || !hint || !vouchedFor) return renderSignOutQuestion(ctx, form)

  await session.destroy()
  ctx.cookies.set(ctx.oidc.provider.cookieName('session'), null, { path: '/', signed: false })
  ctx.status = 303
  ctx.redirect(wayBack(ctx) ?? ctx.oidc.urlFor('end_session_success'))
}
