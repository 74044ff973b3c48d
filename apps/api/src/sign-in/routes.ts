import {
  BeginReassertion,
  ChooseAccount,
  ChooseRole,
  Empty,
  FinishSignIn,
  HeldRoles,
  InteractionParams,
  Reassert,
  RequestOptions,
  SignInState,
  SignInStep,
} from '@fobwatch/contracts'
import { type Input, type Output, type Route, route, type Visit } from '#http'

const state = { summary: 'What the log-in page shows next.', params: InteractionParams, response: SignInState }
const options = {
  summary: 'A challenge for whoever is in front of this browser.',
  params: InteractionParams,
  body: Empty,
  response: RequestOptions,
}
const assertion = {
  summary: 'Logs in whoever answered it.',
  params: InteractionParams,
  body: FinishSignIn,
  response: SignInStep,
}
const leave = {
  summary: 'Goes back to the application without logging in.',
  params: InteractionParams,
  body: Empty,
  response: SignInStep,
}
const role = {
  summary: 'Chooses the role to act in.',
  params: InteractionParams,
  body: ChooseRole,
  response: SignInStep,
}
const account = {
  summary: 'Goes on as one of the people of the sandbox who are logged in here.',
  params: InteractionParams,
  body: ChooseAccount,
  response: SignInStep,
}
const decline = {
  summary: 'Goes on without the stronger check that was wished for, or back where it was demanded.',
  params: InteractionParams,
  body: Empty,
  response: SignInStep,
}
const myRoles = { summary: 'The roles that the person who is logged in holds now.', response: HeldRoles }
const myRole = { summary: 'Changes the role that they act in.', body: ChooseRole }
const reassertOptions = {
  summary: 'A challenge for the person who is logged in, for those of their devices that reach a level.',
  body: BeginReassertion,
  response: RequestOptions,
}
const reassert = { summary: 'Notes that they have just used their device.', body: Reassert }

type Verb<S extends Parameters<typeof route>[2]> = (input: Input<S>, visit: Visit) => Promise<Output<S>>

export interface SignInVerbs {
  signInState: Verb<typeof state>
  beginSignIn: Verb<typeof options>
  finishSignIn: Verb<typeof assertion>
  declineStronger: Verb<typeof decline>
  leaveSignIn: Verb<typeof leave>
  chooseRole: Verb<typeof role>
  chooseAccount: Verb<typeof account>
  listMyRoles: Verb<typeof myRoles>
  changeRole: Verb<typeof myRole>
  beginReassertion: Verb<typeof reassertOptions>
  finishReassertion: Verb<typeof reassert>
}

// The browser's tie to an application's sign-in is a cookie whose path is the page's own, so its API lies below it.
export const signInRoutes = (verbs: SignInVerbs): Route[] => [
  route('GET /sign-in/:interaction/state', 'anyone', state, verbs.signInState),
  route('POST /sign-in/:interaction/options', 'anyone', options, verbs.beginSignIn, 'begin'),
  route('POST /sign-in/:interaction/assertion', 'anyone', assertion, verbs.finishSignIn, 'prove'),
  route('POST /sign-in/:interaction/decline', 'anyone', decline, verbs.declineStronger),
  route('POST /sign-in/:interaction/leave', 'anyone', leave, verbs.leaveSignIn),
  route('POST /sign-in/:interaction/role', 'anyone', role, verbs.chooseRole),
  route('POST /sign-in/:interaction/account', 'anyone', account, verbs.chooseAccount),
  route('GET /api/session/roles', 'signed-in', myRoles, verbs.listMyRoles),
  route('POST /api/session/role', 'signed-in', myRole, verbs.changeRole),
  route('POST /api/session/assertion/options', 'signed-in', reassertOptions, verbs.beginReassertion),
  route('POST /api/session/assertion', 'signed-in', reassert, verbs.finishReassertion),
]
