import {
  EndedSession,
  EndedSessions,
  LogoutTest,
  LogoutTestApplications,
  MySessions,
  SessionParams,
  SessionView,
  SharedDevice,
  TestLogout,
} from '@fobwatch/contracts'
import { type Input, type Output, type Route, route, type Visit } from '#http'

const show = { summary: 'Who is signed in here, in which role, and how sure we are.', response: SessionView }
const end = { summary: 'Signs out of Fobwatch in this browser.' }
const why = { summary: 'Why this browser is not signed in any more.', response: EndedSession }
const list = { summary: 'Where you are logged in, this browser first.', response: MySessions }
const endOne = { summary: 'Log out at one of those places, and of its applications.', params: SessionParams }
const endOthers = { summary: 'Log out everywhere else.', response: EndedSessions }

const testable = { summary: 'The applications whose logout can be tried.', response: LogoutTestApplications }
const test = {
  summary: 'Send an application a logout token to try it, and show what comes back. No session ends here.',
  body: TestLogout,
  response: LogoutTest,
}

const showIt = { summary: 'Whether this browser is marked as one that several people use.', response: SharedDevice }
const markIt = { summary: 'Mark this browser as one that several people use, or not.', body: SharedDevice }

type Verb<S extends Parameters<typeof route>[2]> = (input: Input<S>, visit: Visit) => Promise<Output<S>>

export interface SessionVerbs {
  showSession: Verb<typeof show>
  signOut: (input: Input<typeof end>, visit: Visit) => Promise<void>
  whyLoggedOut: Verb<typeof why>
  listMine: Verb<typeof list>
  endMine: (input: Input<typeof endOne>, visit: Visit) => Promise<void>
  endMyOthers: Verb<typeof endOthers>
  showShared: Verb<typeof showIt>
  markShared: (input: Input<typeof markIt>, visit: Visit) => Promise<void>
  logoutTestApplications: Verb<typeof testable>
  testLogout: Verb<typeof test>
}

export const sessionRoutes = (verbs: SessionVerbs): Route[] => [
  route('GET /api/session', 'signed-in', show, verbs.showSession),
  route('DELETE /api/session', 'signed-in', end, verbs.signOut),
  route('GET /api/session/ended', 'anyone', why, verbs.whyLoggedOut),
  route('GET /api/shared-device', 'anyone', showIt, verbs.showShared),
  route('POST /api/shared-device', 'anyone', markIt, verbs.markShared),
  route('GET /api/sessions', 'signed-in', list, verbs.listMine),
  route('DELETE /api/sessions/:id', 'signed-in', endOne, verbs.endMine),
  route('DELETE /api/sessions', 'signed-in', endOthers, verbs.endMyOthers),
  route('GET /api/developers/logout-test', 'desk:manage-clients', testable, verbs.logoutTestApplications),
  route('POST /api/developers/logout-test', 'fresh desk:manage-clients', test, verbs.testLogout),
]
