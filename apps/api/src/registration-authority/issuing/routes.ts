import { InvitationParams, InvitationStatus, StaffIdParams } from '@fobwatch/contracts'
import { type Route, route } from '#http'
import type { Deps } from '../deps.ts'
import { cancelInvitations } from './cancel-invitations.ts'
import { watchInvitation } from './watch-invitation.ts'

/** The desk's routes to links, codes and passes to set up a device; they are made at `…/invitations`. */
export const issuingRoutes = (deps: Deps): Route[] => [
  route(
    'GET /api/desk/people/:staffId/invitations/:id',
    'desk:issue-authenticator',
    { summary: 'What has become of a link, code or pass.', params: InvitationParams, response: InvitationStatus },
    watchInvitation(deps),
  ),
  route(
    'DELETE /api/desk/people/:staffId/invitations',
    'fresh desk:issue-authenticator',
    { summary: 'Cancel the links, codes and passes that a person has.', params: StaffIdParams },
    cancelInvitations(deps),
  ),
]
