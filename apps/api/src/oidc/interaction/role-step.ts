import type { HeldRole } from '@fobwatch/contracts'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { notes } from '#kernel'
import { roleStep } from '#sign-in'
import { settingsOf } from '../clients/client-settings.ts'
import type { OidcDeps } from '../deps.ts'
import { requestIdOf } from '../library/request-id.ts'
import type { Lookups } from '../storage/lookups.ts'
import { goBackWithout } from '../storage/way-back.ts'

/** The role of the session that a request finds, and whether its person must choose one now. */
export interface RoleInSession {
  assignmentId: string | null
  missing: boolean
}

/**
 * Whether a sign-in must end with a role, if its person has one.
 * @param client as the library holds it
 */
export const wantsRole = (scopes: ReadonlySet<string>, client: object): boolean =>
  scopes.has('selectedrole') || scopes.has('changedrole') || settingsOf(client).roleSelection === 'always'

/** Whether a role that was chosen before counts for nothing (CIS2: `changedrole`, and a log in that is asked for). */
export const asksAfresh = (scopes: ReadonlySet<string>, prompts: ReadonlySet<string>): boolean =>
  scopes.has('changedrole') || prompts.has('login')

/** The role of the session that a request finds, worked out once however often it is asked for. */
export type RoleOf = (ctx: KoaContextWithOIDC) => Promise<RoleInSession>

const nobodys: RoleInSession = { assignmentId: null, missing: false }

/** Looks at the role of the session for an application that asks for one. A single role is taken on the way, without asking. */
export const roleOnce = (
  { inTransaction, sessions, record, store }: Pick<OidcDeps, 'inTransaction' | 'sessions' | 'record' | 'store'>,
  lookups: Pick<Lookups, 'session'>,
  rolesHeldBy: (personId: string) => Promise<HeldRole[]>,
): RoleOf => {
  const look: RoleOf = async ({ req, oidc: { session, client, result, prompts, requestParamScopes } }) => {
    const live = session?.jti ? await lookups.session(session.jti) : undefined
    if (!live || !client) return nobodys
    const { sessionId, personId, assignmentId } = live
    const again = asksAfresh(requestParamScopes, prompts) && !result?.['role']
    if (!wantsRole(requestParamScopes, client) || (assignmentId && !again)) return { assignmentId, missing: false }
    const step = roleStep(true, await rolesHeldBy(personId), null)
    if (step.kind !== 'take') return { assignmentId, missing: step.kind === 'choose' }
    const { role } = step
    if (role !== assignmentId) {
      // Whoever comes back a second time changes nothing.
      await goBackWithout(store)
      await inTransaction(async (tx) => {
        await sessions.chooseRole(tx, sessionId, role)
        const details = { session: sessionId, role, because: 'only-one' }
        await record(tx, { type: 'role-chosen', person: personId, requestId: requestIdOf(req), details })
      })
    }
    return { assignmentId: role, missing: false }
  }
  const looked = notes<object, Promise<RoleInSession>>()
  return (ctx) => {
    const known = looked.get(ctx) ?? look(ctx)
    looked.set(ctx, known)
    return known
  }
}
