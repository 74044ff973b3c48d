import type { KoaContextWithOIDC } from 'oidc-provider'
import { toLevel } from '#assurance'
import { hashOf, notes } from '#kernel'
import { isWithin, type LiveSession } from '#sessions'
import { settingsOf } from '../clients/client-settings.ts'
import type { OidcDeps } from '../deps.ts'
import type { Lookups } from '../storage/lookups.ts'

/** How long the answer of the rules to an assertion holds for the sign-in that it was made in. Milliseconds. */
const judgedFor = 5_000

/**
 * Whether the last assertion was made in the sign-in at hand, and a moment ago: the rules were asked then, for the same
 * application. That its authenticator is usable, the session itself says.
 */
const wasJudged = (
  { assertedIn, authenticatedAt }: Pick<LiveSession, 'assertedIn' | 'authenticatedAt'>,
  signIn: string | undefined,
  now: Date,
): boolean =>
  signIn !== undefined &&
  assertedIn?.equals(hashOf(signIn)) === true &&
  now.getTime() - authenticatedAt.getTime() < judgedFor

/**
 * Whether the rules, and the application's own limits of time, let the session of a request go on to its application;
 * nobody's session breaks no rule.
 */
export type MayGoOn = (ctx: KoaContextWithOIDC) => Promise<boolean>

/** Asks once in a request, whoever wants to know. */
export const mayGoOnOnce = (deps: Pick<OidcDeps, 'mayGoOn' | 'now'>, lookups: Pick<Lookups, 'session'>): MayGoOn => {
  const asked = notes<object, Promise<boolean>>()
  const ask: MayGoOn = async ({ oidc: { session, client, entities } }) => {
    const live = session?.jti ? await lookups.session(session.jti) : undefined
    if (!live || !client) return true
    if (!isWithin(live, settingsOf(client), deps.now())) return false
    if (wasJudged(live, entities.Interaction?.jti, deps.now())) return true
    const { authenticatorId, assuranceLevel } = live
    return deps.mayGoOn({ authenticatorId, level: toLevel(assuranceLevel), clientId: client.clientId })
  }
  return (ctx) => {
    const known = asked.get(ctx) ?? ask(ctx)
    asked.set(ctx, known)
    return known
  }
}
