import type {
  AddAuthenticator,
  AuthenticationResponse,
  Authenticator,
  AuthenticatorList,
  BeginReassertion,
  ChooseAccount,
  ChooseRole,
  CreationOptions,
  DeskPerson,
  EndedSession,
  EndedSessions,
  Enrolled,
  FindPeople,
  FinishEnrolment,
  FinishSignIn,
  FoundPeople,
  HeldRoles,
  Invitation,
  IssuedInvitation,
  IssueInvitation,
  ListPaused,
  LogoutTest,
  LogoutTestApplications,
  Mailbox,
  MySessions,
  NameEnrolled,
  OpenInvitation,
  PausedAuthenticators,
  PersonaList,
  Reassert,
  ReinstateAuthenticator,
  RequestOptions,
  RevokeAuthenticator,
  SessionView,
  SetExpiry,
  SharedDevice,
  SignInState,
  SignInStep,
  SuspendAuthenticator,
  TestLogout,
  UsePersona,
} from '@fobwatch/contracts'

type Nothing = Record<never, never>
type ById = { id: string }
type ByInteraction = { interaction: string }
type ByStaffId = { staffId: string }

/**
 * The API as the front end calls it: what goes in (the parts of the address and the body in one object, which share no
 * name) and what comes out. Types only, so that none of it reaches the browser.
 */
export interface Endpoints {
  'POST /api/enrolment/invitation': { input: OpenInvitation; output: Invitation }
  'POST /api/enrolment/options': { input: OpenInvitation; output: CreationOptions }
  'POST /api/enrolment': { input: FinishEnrolment; output: Enrolled }
  'POST /api/enrolment/name': { input: NameEnrolled; output: unknown }

  'GET /sign-in/:interaction/state': { input: ByInteraction; output: SignInState }
  'POST /sign-in/:interaction/options': { input: ByInteraction; output: RequestOptions }
  'POST /sign-in/:interaction/assertion': { input: ByInteraction & FinishSignIn; output: SignInStep }
  'POST /sign-in/:interaction/decline': { input: ByInteraction; output: SignInStep }
  'POST /sign-in/:interaction/leave': { input: ByInteraction; output: SignInStep }
  'POST /sign-in/:interaction/account': { input: ByInteraction & ChooseAccount; output: SignInStep }
  'POST /sign-in/:interaction/role': { input: ByInteraction & ChooseRole; output: SignInStep }

  'GET /api/session': { input: Nothing; output: SessionView }
  'DELETE /api/session': { input: Nothing; output: undefined }
  'GET /api/session/ended': { input: Nothing; output: EndedSession }
  'GET /api/session/roles': { input: Nothing; output: HeldRoles }
  'POST /api/session/role': { input: ChooseRole; output: undefined }
  'POST /api/session/assertion/options': { input: BeginReassertion; output: RequestOptions }
  'POST /api/session/assertion': { input: Reassert; output: undefined }

  'GET /api/shared-device': { input: Nothing; output: SharedDevice }
  'POST /api/shared-device': { input: SharedDevice; output: undefined }
  'GET /api/sessions': { input: Nothing; output: MySessions }
  'DELETE /api/sessions/:id': { input: ById; output: undefined }
  'DELETE /api/sessions': { input: Nothing; output: EndedSessions }

  'GET /api/authenticators': { input: Nothing; output: AuthenticatorList }
  'POST /api/authenticators/options': { input: Nothing; output: CreationOptions }
  'POST /api/authenticators': { input: AddAuthenticator; output: Authenticator }
  'PATCH /api/authenticators/:id': { input: ById & { name: string }; output: AuthenticatorList }
  'DELETE /api/authenticators/:id': { input: ById & { evenIfLast: boolean }; output: AuthenticatorList }
  'POST /api/authenticators/:id/lost': { input: ById; output: AuthenticatorList }
  'POST /api/authenticators/:id/found': { input: ById; output: AuthenticatorList }

  'GET /api/desk/people': { input: FindPeople; output: FoundPeople }
  'GET /api/desk/people/:staffId': { input: ByStaffId; output: DeskPerson }
  'POST /api/desk/people/:staffId/invitations': { input: ByStaffId & IssueInvitation; output: IssuedInvitation }
  'POST /api/desk/people/:staffId/authenticators/:id/suspend': {
    input: ByStaffId & ById & SuspendAuthenticator
    output: undefined
  }
  'POST /api/desk/people/:staffId/authenticators/:id/reinstate': {
    input: ByStaffId & ById & ReinstateAuthenticator
    output: undefined
  }
  'POST /api/desk/people/:staffId/authenticators/:id/revoke': {
    input: ByStaffId & ById & RevokeAuthenticator
    output: undefined
  }
  'POST /api/desk/people/:staffId/authenticators/:id/expiry': {
    input: ByStaffId & ById & SetExpiry
    output: undefined
  }
  'GET /api/desk/authenticators/paused': { input: ListPaused; output: PausedAuthenticators }

  'GET /api/developers/logout-test': { input: Nothing; output: LogoutTestApplications }
  'POST /api/developers/logout-test': { input: TestLogout; output: LogoutTest }

  'GET /api/demonstration/mailbox': { input: Nothing; output: Mailbox }
  'GET /api/demonstration/personas': { input: Nothing; output: PersonaList }
  'POST /api/demonstration/personas/:persona/assertion': {
    input: UsePersona & { persona: string }
    output: AuthenticationResponse
  }
}
export type Endpoint = keyof Endpoints
