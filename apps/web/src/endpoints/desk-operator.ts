import type {
  AddAnchor,
  AddClientSecret,
  AddedAnchor,
  AddedClientSecret,
  AnchorList,
  ApiList,
  CheckClient,
  CheckedClient,
  ClientList,
  DefineApi,
  DeskClient,
  FindClients,
  FindModels,
  FoundModels,
  PolicyAtPlace,
  PolicyList,
  PolicyPlace,
  PolicyPreview,
  PreviewPolicy,
  RegisterClient,
  RegisteredClient,
  ReplaceClient,
  SavedPolicy,
  SavePolicy,
} from '@fobwatch/contracts'
import type { ById, Nothing } from './parts.ts'

/** What the desk's pages of this part call. */
export interface DeskOperatorEndpoints {
  'GET /api/desk/policies': { input: Nothing; output: PolicyList }
  'GET /api/desk/policies/:scope/:id': { input: PolicyPlace; output: PolicyAtPlace }
  'POST /api/desk/policies/preview': { input: PreviewPolicy; output: PolicyPreview }
  'PUT /api/desk/policies/:scope/:id': { input: PolicyPlace & SavePolicy; output: SavedPolicy }
  'GET /api/desk/models': { input: FindModels; output: FoundModels }

  'GET /api/desk/anchors': { input: Nothing; output: AnchorList }
  'POST /api/desk/anchors': { input: AddAnchor; output: AddedAnchor }
  'POST /api/desk/anchors/:id/remove': { input: ById; output: undefined }

  'GET /api/desk/clients': { input: FindClients; output: ClientList }
  'GET /api/desk/clients/:id': { input: ById; output: DeskClient }
  'POST /api/desk/clients': { input: RegisterClient; output: RegisteredClient }
  'POST /api/desk/clients/preview': { input: CheckClient; output: CheckedClient }
  'PUT /api/desk/clients/:id': { input: ById & ReplaceClient; output: RegisteredClient }
  'POST /api/desk/clients/:id/disable': { input: ById; output: undefined }
  'POST /api/desk/clients/:id/enable': { input: ById; output: undefined }
  'POST /api/desk/clients/:id/secrets': { input: ById & AddClientSecret; output: AddedClientSecret }
  'POST /api/desk/clients/:id/secrets/:secretId/end': { input: ById & { secretId: string }; output: undefined }
  'GET /api/desk/apis': { input: Nothing; output: ApiList }
  'POST /api/desk/apis': { input: DefineApi; output: undefined }
}
