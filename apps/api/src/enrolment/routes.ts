import {
  CreationOptions,
  Enrolled,
  FinishEnrolment,
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

export interface EnrolmentVerbs {
  showInvitation: (input: Input<typeof show>, visit: Visit) => Promise<Output<typeof show>>
  beginEnrolment: (input: Input<typeof begin>, visit: Visit) => Promise<Output<typeof begin>>
  finishEnrolment: (input: Input<typeof finish>, visit: Visit) => Promise<Output<typeof finish>>
  nameEnrolled: (input: Input<typeof name>, visit: Visit) => Promise<Output<typeof name>>
}

export const enrolmentRoutes = (verbs: EnrolmentVerbs): Route[] => [
  route('POST /api/enrolment/invitation', 'anyone', show, verbs.showInvitation),
  route('POST /api/enrolment/options', 'anyone', begin, verbs.beginEnrolment),
  route('POST /api/enrolment', 'anyone', finish, verbs.finishEnrolment),
  route('POST /api/enrolment/name', 'anyone', name, verbs.nameEnrolled),
]
