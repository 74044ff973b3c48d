import type {
  AddAuthenticator,
  AuthenticationResponse,
  Authenticator,
  AuthenticatorList,
  BeginReassertion,
  ChooseAccount,
  ChooseRole,
  CodeEntered,
  CreationOptions,
  EndedSession,
  EndedSessions,
  Enrolled,
  EnrolmentUndone,
  EnterCode,
  FinishEnrolment,
  FinishSignIn,
  FinishWithPass,
  HeldRoles,
  Invitation,
  ListMyEvents,
  LogoutTest,
  LogoutTestApplications,
  Mailbox,
  MyEvents,
  MyInformation,
  MySessions,
  NameEnrolled,
  OpenInvitation,
  PersonaList,
  PersonalExport,
  Reassert,
  RequestOptions,
  SessionView,
  SharedDevice,
  SignInState,
  SignInStep,
  TestLogout,
  UsePersona,
} from '@fobwatch/contracts'
import type { DeskAccessEndpoints } from './desk-access.ts'
import type { DeskAuditEndpoints } from './desk-audit.ts'
import type { DeskImportEndpoints } from './desk-import.ts'
import type { DeskIssuingEndpoints } from './desk-issuing.ts'
import type { DeskOperatorEndpoints } from './desk-operator.ts'
import type { DeskPeopleEndpoints } from './desk-people.ts'
import type { DeskReportsEndpoints } from './desk-reports.ts'
import type { DeskRequestsEndpoints } from './desk-requests.ts'
import type { ById, Nothing } from './parts.ts'

type ByInteraction = { interaction: string }

/**
 * The API as the front end calls it: what goes in (the parts of the address and the body in one object, which share no
 * name) and what comes out. Types only, so that none of it reaches the browser.
 */
export interface Endpoints
  extends DeskPeopleEndpoints,
    DeskAccessEndpoints,
    DeskRequestsEndpoints,
    DeskIssuingEndpoints,
    DeskOperatorEndpoints,
    DeskAuditEndpoints,
    DeskReportsEndpoints,
    DeskImportEndpoints {
  'POST /api/enrolment/invitation': { input: OpenInvitation; output: Invitation }
  'POST /api/enrolment/options': { input: OpenInvitation; output: CreationOptions }
  'POST /api/enrolment': { input: FinishEnrolment; output: Enrolled }
  'POST /api/enrolment/name': { input: NameEnrolled; output: unknown }
  'POST /api/enrolment/undo': { input: OpenInvitation; output: EnrolmentUndone }
  'POST /api/enrolment/code': { input: EnterCode; output: CodeEntered }
  'GET /api/enrolment/pass': { input: Nothing; output: Invitation }
  'POST /api/enrolment/pass/options': { input: Nothing; output: CreationOptions }
  'POST /api/enrolment/pass': { input: FinishWithPass; output: Enrolled }
  'DELETE /api/enrolment/pass': { input: Nothing; output: undefined }

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

  'GET /api/me': { input: Nothing; output: MyInformation }
  'GET /api/me/events': { input: ListMyEvents; output: MyEvents }
  'GET /api/me/export': { input: Nothing; output: PersonalExport }

  'GET /api/authenticators': { input: Nothing; output: AuthenticatorList }
  'POST /api/authenticators/options': { input: Nothing; output: CreationOptions }
  'POST /api/authenticators': { input: AddAuthenticator; output: Authenticator }
  'PATCH /api/authenticators/:id': { input: ById & { name: string }; output: AuthenticatorList }
  'DELETE /api/authenticators/:id': { input: ById & { evenIfLast: boolean }; output: AuthenticatorList }
  'POST /api/authenticators/:id/lost': { input: ById; output: AuthenticatorList }
  'POST /api/authenticators/:id/found': { input: ById; output: AuthenticatorList }

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
