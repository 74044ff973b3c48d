import type { DeskRequests, ListRequests, RaisedRequest, RaiseRequest, WholeRequest } from '@fobwatch/contracts'
import type { ById } from './parts.ts'

/** What the desk's pages of this part call. */
export interface DeskRequestsEndpoints {
  'POST /api/desk/requests': { input: RaiseRequest; output: RaisedRequest }
  'GET /api/desk/requests': { input: ListRequests; output: DeskRequests }
  'GET /api/desk/requests/:id': { input: ById; output: WholeRequest }
}
