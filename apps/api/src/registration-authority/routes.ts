import {
  DeskPerson,
  FindPeople,
  FoundPeople,
  IssuedInvitation,
  IssueInvitation,
  StaffIdParams,
} from '@fobwatch/contracts'
import { type Route, route } from '#http'
import type { Deps } from './deps.ts'
import { findPeople } from './find-people.ts'
import { issueInvitation } from './issue-invitation.ts'
import { policyRoutes } from './policies/routes.ts'
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
  ...policyRoutes(deps),
]
