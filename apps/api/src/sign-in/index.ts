/**
 * Signing in: an assertion becomes a session, and a session gets its role. Owns no table; /sign-in/:interaction/… and
 * /api/session/assertion, /api/session/role and /api/session/roles.
 * Invariant: a session is opened or renewed by a verified assertion, in the transaction that stores its counter, and in
 * no other way; only people of the sandbox, who are signed in in this very browser, are taken up again without one.
 * Neighbours: webauthn runs the ceremony, authenticators knows the credential, sessions keeps the result; whoever began
 * the sign-in (oidc, for an application) hands it in as an Interaction.
 */
import { beginSignIn, signInState } from './begin-sign-in.ts'
import { changeRole, listMyRoles } from './change-role.ts'
import { chooseAccount } from './choose-account.ts'
import { chooseRole } from './choose-role.ts'
import { declineStronger } from './decline-stronger.ts'
import type { SignInDeps } from './deps.ts'
import { finishSignIn } from './finish-sign-in.ts'
import { leaveSignIn } from './leave-sign-in.ts'
import { beginReassertion, finishReassertion } from './reassert.ts'
import { signInRoutes } from './routes.ts'

export type { FindInteraction, Interaction, SignedInAs } from './interaction.ts'
export { type RoleStep, roleStep } from './rules.ts'

export const createSignIn = (deps: SignInDeps) => ({
  routes: signInRoutes({
    signInState: signInState(deps),
    beginSignIn: beginSignIn(deps),
    finishSignIn: finishSignIn(deps),
    declineStronger: declineStronger(deps),
    leaveSignIn: leaveSignIn(deps),
    chooseRole: chooseRole(deps),
    chooseAccount: chooseAccount(deps),
    listMyRoles: listMyRoles(deps),
    changeRole: changeRole(deps),
    beginReassertion: beginReassertion(deps),
    finishReassertion: finishReassertion(deps),
  }),
})
