/**
 * Enrolment: an invitation becomes an authenticator. It is a link, a short code that is read aloud (`codes/`), or a
 * temporary pass, which is a cookie that sets up a device and nothing else (`pass/`). Owns `invitation`, `code_try` and
 * /api/enrolment.
 * Invariant: an invitation is spent in the transaction that stores its authenticator, once, and never otherwise; opening
 * its link changes nothing. None of the three logs anybody in: no session, no level, no application.
 * Neighbours: `webauthn` runs the ceremony, `authenticators` has its evidence judged and keeps the result;
 * `registration-authority` and the demonstration invite; `mail` takes links to people.
 */
import type { Transaction } from '#kernel'
import { beginEnrolment } from './begin-enrolment.ts'
import { enterCode } from './codes/enter-code.ts'
import { codeStore } from './codes/store.ts'
import type { Neighbours } from './deps.ts'
import { finishEnrolment } from './finish-enrolment.ts'
import { invite, voidInvitations } from './invite.ts'
import { linksOf } from './links-of.ts'
import { nameEnrolled } from './name-enrolled.ts'
import { findPass } from './pass/find-pass.ts'
import { beginWithPass, finishWithPass, leavePass, showPass } from './pass/use-pass.ts'
import { enrolmentRoutes } from './routes.ts'
import { showInvitation } from './show-invitation.ts'
import { invitationStore, type Store } from './store.ts'
import { tellInvited } from './telling/tell-invited.ts'
import { tellPassUsed } from './telling/tell-pass-used.ts'
import { undoEnrolment } from './undo-enrolment.ts'
import { watchInvitation } from './watch-invitation.ts'

export type { Invite, Issued } from './invite.ts'
export { codeMinutes, linkAddress, passMinutes } from './rules.ts'

/** Opens the room. */
export const createEnrolment = (outer: Neighbours & { store: Store }) => {
  const deps = { ...outer, store: { ...invitationStore(outer.store), ...codeStore(outer.store) } }
  return {
    invite: invite(deps),
    voidInvitations: voidInvitations(deps),
    /** Voids everybody's open invitations. @returns how many */
    voidAll: (tx: Transaction) => deps.store.voidAll(tx, deps.now()),
    linksOf: linksOf(deps),
    watchInvitation: watchInvitation(deps),
    /** The temporary pass of a browser, for the guard. */
    findPass: findPass(deps),
    /** Delivers an `invitation-mailed` of the outbox. */
    tellInvited: tellInvited(deps),
    /** Delivers a `pass-used` of the outbox. */
    tellPassUsed: tellPassUsed(deps),
    forgetTries: () => deps.store.forgetTries(deps.now()),
    /** A registration from within the house, as from a browser. */
    begin: beginEnrolment(deps),
    finish: finishEnrolment(deps),
    routes: enrolmentRoutes({
      showInvitation: showInvitation(deps),
      beginEnrolment: beginEnrolment(deps),
      finishEnrolment: finishEnrolment(deps),
      nameEnrolled: nameEnrolled(deps),
      undoEnrolment: undoEnrolment(deps),
      enterCode: enterCode(deps),
      showPass: showPass(deps),
      beginWithPass: beginWithPass(deps),
      finishWithPass: finishWithPass(deps),
      leavePass: leavePass(deps),
    }),
  }
}

export type Enrolment = ReturnType<typeof createEnrolment>
