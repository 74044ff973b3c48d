import type {
  InvitationStatus,
  IssuedInvitation,
  IssueInvitation,
  ListPaused,
  PausedAuthenticators,
  ReinstateAuthenticator,
  RevokeAuthenticator,
  SetExpiry,
  SuspendAuthenticator,
} from '@fobwatch/contracts'
import type { ById, ByStaffId } from './parts.ts'

/** What the desk's pages of this part call. */
export interface DeskIssuingEndpoints {
  'POST /api/desk/people/:staffId/invitations': { input: ByStaffId & IssueInvitation; output: IssuedInvitation }
  'GET /api/desk/people/:staffId/invitations/:id': { input: ByStaffId & ById; output: InvitationStatus }
  'DELETE /api/desk/people/:staffId/invitations': { input: ByStaffId; output: undefined }
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
}
