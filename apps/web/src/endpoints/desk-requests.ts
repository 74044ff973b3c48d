import type {
  ApproveRequest,
  DecidedRequest,
  DeskRequests,
  HeldRequest,
  ListRequests,
  RaisedRequest,
  RaiseRequest,
  RejectRequest,
  WholeRequest,
} from '@fobwatch/contracts'
import type { ById } from './parts.ts'

/** What the desk's pages of this part call. */
export interface DeskRequestsEndpoints {
  'GET /api/desk/requests': { input: ListRequests; output: DeskRequests }
  'POST /api/desk/requests': { input: RaiseRequest; output: RaisedRequest }
  'GET /api/desk/requests/:id': { input: ById; output: WholeRequest }
  'POST /api/desk/requests/:id/hold': { input: ById; output: HeldRequest }
  'DELETE /api/desk/requests/:id/hold': { input: ById; output: undefined }
  'POST /api/desk/requests/:id/approve': { input: ById & ApproveRequest; output: DecidedRequest }
  'POST /api/desk/requests/:id/reject': { input: ById & RejectRequest; output: DecidedRequest }
  'POST /api/desk/requests/:id/withdraw': { input: ById; output: undefined }
}
