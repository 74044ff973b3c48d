import {
  CodeEntered,
  CreationOptions,
  Empty,
  Enrolled,
  EnrolmentUndone,
  EnterCode,
  FinishEnrolment,
  FinishWithPass,
  Invitation,
  NameEnrolled,
  OpenInvitation,
} from '@fobwatch/contracts'
import { type Input, type Output, type Route, route, type Visit } from '#http'

const show = {
  summary: 'What a set-up link is for. Looking does not spend it.',
  body: OpenInvitation,
  response: Invitation,
}
const begin = { summary: 'Begins setting up a device with a link.', body: OpenInvitation, response: CreationOptions }
const finish = { summary: 'Sets up the device, and spends the link.', body: FinishEnrolment, response: Enrolled }
const name = { summary: 'Names the device that a link has just set up.', body: NameEnrolled, response: Enrolled }
const undo = {
  summary: 'Removes the device that a link has just set up, where another kind was planned, and opens the link again.',
  body: OpenInvitation,
  response: EnrolmentUndone,
}
const enter = {
  summary: 'Types in a short code or a temporary pass, once: this browser can set up a device with it.',
  body: EnterCode,
  response: CodeEntered,
}

const showPass = { summary: 'Whom the temporary pass in this browser is for.', response: Invitation }
const beginPass = { summary: 'Begins setting up a device with a pass.', body: Empty, response: CreationOptions }
const finishPass = { summary: 'Sets up the device, and ends the pass.', body: FinishWithPass, response: Enrolled }
const leave = { summary: 'Gives the pass up.' }

type Verb<S extends Parameters<typeof route>[2]> = (input: Input<S>, visit: Visit) => Promise<Output<S>>

export interface EnrolmentVerbs {
  showInvitation: Verb<typeof show>
  beginEnrolment: Verb<typeof begin>
  finishEnrolment: Verb<typeof finish>
  nameEnrolled: Verb<typeof name>
  undoEnrolment: Verb<typeof undo>
  enterCode: Verb<typeof enter>
  showPass: Verb<typeof showPass>
  beginWithPass: Verb<typeof beginPass>
  finishWithPass: Verb<typeof finishPass>
  leavePass: (input: Input<typeof leave>, visit: Visit) => Promise<void>
}

export const enrolmentRoutes = (verbs: EnrolmentVerbs): Route[] => [
  route('POST /api/enrolment/invitation', 'anyone', show, verbs.showInvitation, 'prove'),
  route('POST /api/enrolment/options', 'anyone', begin, verbs.beginEnrolment, 'begin'),
  route('POST /api/enrolment', 'anyone', finish, verbs.finishEnrolment, 'prove'),
  route('POST /api/enrolment/name', 'anyone', name, verbs.nameEnrolled),
  route('POST /api/enrolment/undo', 'anyone', undo, verbs.undoEnrolment, 'prove'),
  route('POST /api/enrolment/code', 'anyone', enter, verbs.enterCode, 'prove'),
  route('GET /api/enrolment/pass', 'enrolling', showPass, verbs.showPass),
  route('POST /api/enrolment/pass/options', 'enrolling', beginPass, verbs.beginWithPass),
  route('POST /api/enrolment/pass', 'enrolling', finishPass, verbs.finishWithPass),
  route('DELETE /api/enrolment/pass', 'enrolling', leave, verbs.leavePass),
]
