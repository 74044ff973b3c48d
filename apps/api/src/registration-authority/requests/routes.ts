import {
  ApproveRequest,
  DecidedRequest,
  DeskRequests,
  HeldRequest,
  ListRequests,
  RaisedRequest,
  RaiseRequest,
  RejectRequest,
  RequestParams,
  WholeRequest,
} from '@fobwatch/contracts'
import { type Route, route } from '#http'
import type { Deps } from '../deps.ts'
import { approveRequest, rejectRequest } from './decide-request.ts'
import { holdRequest, letGoOfRequest } from './hold-request.ts'
import { listRequests } from './listing/list-requests.ts'
import { showRequest } from './listing/show-request.ts'
import { raiseRequest } from './raise-request.ts'
import { withdrawRequest } from './withdraw-request.ts'

/** The desk's routes to requests and their decisions. Each asks by itself which of them are whose. */
export const requestRoutes = (deps: Deps): Route[] => [
  route(
    'GET /api/desk/requests',
    'desk:any-task',
    {
      summary: 'List the requests that one may decide, raised, or that were closed in the last 30 days.',
      querystring: ListRequests,
      response: DeskRequests,
    },
    listRequests(deps),
  ),
  route(
    'POST /api/desk/requests',
    'fresh desk:any-task',
    { summary: 'Ask a second person for a deed.', body: RaiseRequest, response: RaisedRequest },
    raiseRequest(deps),
  ),
  route(
    'GET /api/desk/requests/:id',
    'desk:any-task',
    { summary: 'Show a request.', params: RequestParams, response: WholeRequest },
    showRequest(deps),
  ),
  route(
    'POST /api/desk/requests/:id/hold',
    'desk:any-task',
    { summary: 'Keep a request from others for 15 minutes.', params: RequestParams, response: HeldRequest },
    holdRequest(deps),
  ),
  route(
    'DELETE /api/desk/requests/:id/hold',
    'desk:any-task',
    { summary: 'Let go of a request.', params: RequestParams },
    letGoOfRequest(deps),
  ),
  route(
    'POST /api/desk/requests/:id/approve',
    'fresh desk:any-task',
    {
      summary: 'Approve a request that one holds. What is asked is done at once, or then by whoever raised it.',
      params: RequestParams,
      body: ApproveRequest,
      response: DecidedRequest,
    },
    approveRequest(deps),
  ),
  route(
    'POST /api/desk/requests/:id/reject',
    'fresh desk:any-task',
    {
      summary: 'Reject a request that one holds, and say why.',
      params: RequestParams,
      body: RejectRequest,
      response: DecidedRequest,
    },
    rejectRequest(deps),
  ),
  route(
    'POST /api/desk/requests/:id/withdraw',
    'fresh desk:any-task',
    { summary: 'Take back a request that one raised.', params: RequestParams },
    withdrawRequest(deps),
  ),
]
