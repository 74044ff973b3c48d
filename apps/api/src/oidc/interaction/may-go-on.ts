import type { KoaContextWithOIDC } from 'oidc-provider'
import { toLevel } from '#assurance'
import { isWithin } from '#sessions'
import { settingsOf } from '../clients/client-settings.ts'
import type { OidcDeps } from '../deps.ts'
import type { Lookups } from '../storage/lookups.ts'

/**
 * Whether the rules, and the application's own limits of time, let the session of a request go on to its application;
 * nobody's session breaks no rule.
 */
export type MayGoOn = (ctx: KoaContextWithOIDC) => Promise<boolean>

/** Asks once in a request, whoever wants to know. */
export const mayGoOnOnce = (deps: Pick<OidcDeps, 'mayGoOn' | 'now'>, lookups: Pick<Lookups, 'session'>): MayGoOn => {
  const asked = new WeakMap<object, Promise<boolean>>()
  const ask: MayGoOn = async ({ oidc: { session, client } }) => {
    const live = session?.jti ? await lookups.session(session.jti) : undefined
    if (!live || !client) return true
    if (!isWithin(live, settingsOf(client), deps.now())) return false
    const { authenticatorId, assuranceLevel } = live
    return deps.mayGoOn({ authenticatorId, level: toLevel(assuranceLevel), clientId: client.clientId })
  }
  return (ctx) => {
    const known = asked.get(ctx) ?? ask(ctx)
    asked.set(ctx, known)
    return known
  }
}
