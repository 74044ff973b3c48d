import {
  DeskPerson,
  EndedSessions,
  FindPeople,
  FoundPeople,
  IssuedInvitation,
  IssueInvitation,
  ListPaused,
  PausedAuthenticators,
  ReinstateAuthenticator,
  RevokeAuthenticator,
  SetExpiry,
  StaffIdParams,
  SuspendAuthenticator,
  TheirAuthenticator,
} from '@fobwatch/contracts'
import { type Route, route } from '#http'
import { accessRoutes } from './access/routes.ts'
import { anchorRoutes } from './anchors/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { reinstateAuthenticator, revokeAuthenticator, setExpiry, suspendAuthenticator } from './change-authenticator.ts'
import { clientRoutes } from './clients/routes.ts'
import type { Deps } from './deps.ts'
import { endTheirSessions } from './end-sessions.ts'
import { findPeople } from './find-people.ts'
import { importRoutes } from './imports/routes.ts'
import { issueInvitation } from './issue-invitation.ts'
import { issuingRoutes } from './issuing/routes.ts'
import { listPaused } from './list-paused.ts'
import { peopleRoutes } from './people/routes.ts'
import { policyRoutes } from './policies/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { requestRoutes } from './requests/routes.ts'
import { showPerson } from './show-person.ts'

/** The desk's table of routes. */
export const deskRoutes = (deps: Deps): Route[] => [
  route(
    'GET /api/desk/people',
    'desk:find-person',
    { summary: 'Find people at your organisations.', querystring: FindPeople, response: FoundPeople },
    findPeople(deps),
  ),
  route(
    'GET /api/desk/people/:staffId',
    'desk:find-person',
    { summary: 'Show a person.', params: StaffIdParams, response: DeskPerson },
    showPerson(deps),
  ),
  route(
    'POST /api/desk/people/:staffId/invitations',
    'fresh desk:issue-authenticator',
    {
      summary: 'Issue a link to set up a device. It replaces the links that the person has, and is shown once.',
      params: StaffIdParams,
      body: IssueInvitation,
      response: IssuedInvitation,
    },
    issueInvitation(deps),
  ),
  route(
    'DELETE /api/desk/people/:staffId/sessions',
    'fresh desk:issue-authenticator|close-person',
    {
      summary: 'Log a person out everywhere, and of their applications.',
      params: StaffIdParams,
      response: EndedSessions,
    },
    endTheirSessions(deps),
  ),
  ...peopleRoutes(deps),
  ...accessRoutes(deps),
  ...requestRoutes(deps),
  ...issuingRoutes(deps),
  ...auditRoutes(deps),
  ...importRoutes(deps),
  ...reportRoutes(deps),
  ...policyRoutes(deps),
  ...anchorRoutes(deps),
  ...clientRoutes(deps),
  route(
    'GET /api/desk/authenticators/paused',
    'desk:issue-authenticator',
    { summary: 'List the devices that are paused.', querystring: ListPaused, response: PausedAuthenticators },
    listPaused(deps),
  ),
  route(
    'POST /api/desk/people/:staffId/authenticators/:id/suspend',
    'fresh desk:issue-authenticator',
    {
      summary: 'Suspend a device. Sessions that were opened with it are over at once.',
      params: TheirAuthenticator,
      body: SuspendAuthenticator,
    },
    suspendAuthenticator(deps),
  ),
  route(
    'POST /api/desk/people/:staffId/authenticators/:id/reinstate',
    'fresh desk:issue-authenticator|unlock-smartcard',
    { summary: 'End the suspension of a device.', params: TheirAuthenticator, body: ReinstateAuthenticator },
    reinstateAuthenticator(deps),
  ),
  route(
    'POST /api/desk/people/:staffId/authenticators/:id/revoke',
    'fresh desk:issue-authenticator',
    { summary: 'Revoke a device for good.', params: TheirAuthenticator, body: RevokeAuthenticator },
    revokeAuthenticator(deps),
  ),
  route(
    'POST /api/desk/people/:staffId/authenticators/:id/expiry',
    'fresh desk:issue-authenticator|unlock-smartcard',
    { summary: 'Say until when a device lasts, or that it lasts.', params: TheirAuthenticator, body: SetExpiry },
    setExpiry(deps),
  ),
]
