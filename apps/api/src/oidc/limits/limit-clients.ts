import { type KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { TooMany } from '#kernel'
import type { Failures, Floods, Subject } from '#limits'
import { senderOf } from './sender.ts'
import { orTooMany, tooManyRequests } from './too-many.ts'

/** What an application may have. */
export interface ClientLimits {
  floods: Pick<Floods, 'take' | 'refuse' | 'spend'>
  failures: Pick<Failures, 'count'>
}

type Client = NonNullable<KoaContextWithOIDC['oidc']['client']>

/** Where applications prove who they are, by the library's names. */
const routes: readonly string[] = ['token', 'pushed_authorization_request', 'introspection', 'revocation']

/** Anybody can say that they are an application that proves nothing: those of one address are one. */
const spenderOf = ({ req }: KoaContextWithOIDC, { clientId, clientAuthMethod }: Client): string =>
  clientAuthMethod === 'none' ? `${clientId} ${senderOf(req).network}` : clientId

const answer = (ctx: KoaContextWithOIDC, refusal: TooMany): void => {
  ctx.status = 429
  ctx.set('retry-after', String(refusal.retryAfterSeconds))
  ctx.remove('www-authenticate')
  ctx.body = tooManyRequests(refusal)
}

/** Whoever proved to be an application and asked too much is refused before any work; whoever only says so spends nothing of its. */
const refuseFlooding = (provider: Provider, limits: ClientLimits): void => {
  const find = provider.Client.find.bind(provider.Client)
  provider.Client.find = async (id: string) => {
    const client = await find(id)
    const { ctx } = Provider
    if (client && ctx?.oidc && routes.includes(ctx.oidc.route))
      orTooMany(() => limits.floods.refuse('client', spenderOf(ctx, client)))
    return client
  }
}

const isProved = ({ status, body }: KoaContextWithOIDC): boolean =>
  status < 400 || (typeof body === 'object' && body !== null && 'error' in body && body.error === 'invalid_grant')

/** A wrong secret counts against the application at that address alone: its own servers elsewhere never hear of it. */
const failedAs = ({ oidc: { client }, req }: KoaContextWithOIDC): Subject => {
  const { network } = senderOf(req)
  if (!client) return { against: 'address', who: `client ${network}` }
  return { against: 'client', who: `${client.clientId} ${network}`, client: client.clientId }
}

/**
 * Bounds what applications ask: so many requests a second of each that proved who it is, and so many failures to prove it
 * from each address. A secret that is right is taken however many were wrong: 256 bits are not guessed.
 */
export const limitClients = (provider: Provider, limits: ClientLimits): void => {
  refuseFlooding(provider, limits)
  provider.use(async (context, next) => {
    await next()
    const ctx = context as unknown as KoaContextWithOIDC
    if (!(ctx.oidc && routes.includes(ctx.oidc.route))) return
    if (ctx.status === 401) {
      const tooMany = await limits.failures.count([failedAs(ctx)])
      if (tooMany) answer(ctx, tooMany)
    } else if (ctx.oidc.client && isProved(ctx)) limits.floods.spend('client', spenderOf(ctx, ctx.oidc.client))
  })
}
