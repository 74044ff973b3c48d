import { SessionView } from '@fobwatch/contracts'
import { type Input, type Output, type Route, route, type Visit } from '#http'

const show = { summary: 'Who is signed in here, in which role, and how sure we are.', response: SessionView }
const end = { summary: 'Signs out of Fobwatch in this browser.' }

export interface SessionVerbs {
  showSession: (input: Input<typeof show>, visit: Visit) => Promise<Output<typeof show>>
  signOut: (input: Input<typeof end>, visit: Visit) => Promise<void>
}

export const sessionRoutes = (verbs: SessionVerbs): Route[] => [
  route('GET /api/session', 'signed-in', show, verbs.showSession),
  route('DELETE /api/session', 'signed-in', end, verbs.signOut),
]
