import { AddAnchor, AddedAnchor, AnchorList, AnchorParams } from '@fobwatch/contracts'
import { type Route, route } from '#http'
import type { Deps } from '../deps.ts'
import { addAnchor, removeAnchor } from './change-anchors.ts'
import { showAnchors } from './show-anchors.ts'

/** The desk's routes to the certificates that are trusted to vouch for devices. */
export const anchorRoutes = (deps: Deps): Route[] => [
  route(
    'GET /api/desk/anchors',
    'desk:set-policy',
    { summary: 'List the certificates that are trusted to vouch for devices.', response: AnchorList },
    showAnchors(deps),
  ),
  route(
    'POST /api/desk/anchors',
    'fresh desk:set-policy',
    { summary: 'Trust a certificate to vouch for devices.', body: AddAnchor, response: AddedAnchor },
    addAnchor(deps),
  ),
  route(
    'POST /api/desk/anchors/:id/remove',
    'fresh desk:set-policy',
    { summary: 'Trust a certificate no longer.', params: AnchorParams },
    removeAnchor(deps),
  ),
]
