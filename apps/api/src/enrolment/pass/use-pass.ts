import type { CreationOptions, Enrolled, FinishWithPass, Invitation } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { beginEnrolment } from '../begin-enrolment.ts'
import type { Deps } from '../deps.ts'
import { finishEnrolment } from '../finish-enrolment.ts'
import { showInvitation } from '../show-invitation.ts'
import { keyOf } from './find-pass.ts'

/** Whom the pass of this browser is for, and until when. */
export const showPass =
  (deps: Deps) =>
  (_input: unknown, visit: Visit): Promise<Invitation> =>
    showInvitation(deps)(keyOf(visit))

/** Begins setting up a device with a pass. @throws Refusal as `beginEnrolment` does */
export const beginWithPass =
  (deps: Deps) =>
  (_input: unknown, visit: Visit): Promise<CreationOptions> =>
    beginEnrolment(deps)(keyOf(visit))

/** Sets up a device with a pass, which is over then. @throws Refusal as `finishEnrolment` does */
export const finishWithPass =
  (deps: Deps) =>
  async (answer: FinishWithPass, visit: Visit): Promise<Enrolled> => {
    const enrolled = await finishEnrolment(deps)({ ...answer, ...keyOf(visit) }, visit)
    visit.clearPassCookie()
    return enrolled
  }

/** Gives a pass up in this browser: whoever comes next to a shared computer finds none. The desk can make another. */
export const leavePass =
  (deps: Deps) =>
  async (_input: unknown, visit: Visit): Promise<void> => {
    await deps.inTransaction((tx) => deps.store.voidByCode(tx, keyOf(visit), deps.now()))
    visit.clearPassCookie()
  }
