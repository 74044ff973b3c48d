/**
 * Enrolment: an invitation becomes an authenticator. Owns `invitation` and /api/enrolment.
 * Invariant: an invitation is spent in the transaction that stores its authenticator, once, and never otherwise; opening
 * its link changes nothing.
 * Neighbours: `webauthn` runs the ceremony, `authenticators` has its evidence judged and keeps the result;
 * `registration-authority` and the demonstration invite.
 */
import { beginEnrolment } from './begin-enrolment.ts'
import type { Neighbours } from './deps.ts'
import { finishEnrolment } from './finish-enrolment.ts'
import { invite, voidInvitations } from './invite.ts'
import { linksOf } from './links-of.ts'
import { nameEnrolled } from './name-enrolled.ts'
import { enrolmentRoutes } from './routes.ts'
import { showInvitation } from './show-invitation.ts'
import { invitationStore, type Store } from './store.ts'

export type { Invite, Issued } from './invite.ts'

/** Opens the room. */
export const createEnrolment = (outer: Neighbours & { store: Store }) => {
  const deps = { ...outer, store: invitationStore(outer.store) }
  return {
    invite: invite(deps),
    voidInvitations: voidInvitations(deps),
    linksOf: linksOf(deps),
    /** A registration from within the house, as from a browser. */
    begin: beginEnrolment(deps),
    finish: finishEnrolment(deps),
    routes: enrolmentRoutes({
      showInvitation: showInvitation(deps),
      beginEnrolment: beginEnrolment(deps),
      finishEnrolment: finishEnrolment(deps),
      nameEnrolled: nameEnrolled(deps),
    }),
  }
}

export type Enrolment = ReturnType<typeof createEnrolment>
