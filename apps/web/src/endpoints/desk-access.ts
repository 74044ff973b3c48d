import type {
  AddOrganisation,
  AddWorkgroup,
  Assigned,
  AssignPosition,
  CatalogueFile,
  CataloguePreview,
  ChangeAssignment,
  ChangeOrganisation,
  CreatedPosition,
  CreatePosition,
  DeskAssignments,
  DeskOrganisations,
  DeskPositions,
  DeskWorkgroup,
  EditPosition,
  ListOrganisations,
  ListPositions,
  ListWorkgroups,
  LoadCatalogue,
  OrganisationInFull,
  PositionChoices,
  PositionInFull,
  RenameWorkgroup,
  RetirePosition,
  SavedPosition,
  TheirAssignment,
} from '@fobwatch/contracts'
import type { ById, ByStaffId } from './parts.ts'

type ByCode = { code: string }

/** What the desk's pages of this part call. */
export interface DeskAccessEndpoints {
  'GET /api/desk/organisations': { input: ListOrganisations; output: DeskOrganisations }
  'GET /api/desk/organisations/:code': { input: ByCode; output: OrganisationInFull }
  'POST /api/desk/organisations': { input: AddOrganisation; output: undefined }
  'PATCH /api/desk/organisations/:code': { input: ByCode & ChangeOrganisation; output: undefined }
  'POST /api/desk/organisations/:code/close': { input: ByCode; output: undefined }
  'POST /api/desk/organisations/:code/reopen': { input: ByCode; output: undefined }
  'POST /api/desk/workgroups': { input: AddWorkgroup; output: DeskWorkgroup }
  'PATCH /api/desk/workgroups/:code': { input: ByCode & RenameWorkgroup; output: undefined }
  'GET /api/desk/positions': { input: ListPositions; output: DeskPositions }
  'GET /api/desk/positions/:id': { input: ById; output: PositionInFull }
  'GET /api/desk/position-choices': { input: ListWorkgroups; output: PositionChoices }
  'POST /api/desk/positions': { input: CreatePosition; output: CreatedPosition }
  'PUT /api/desk/positions/:id': { input: ById & EditPosition; output: SavedPosition }
  'POST /api/desk/positions/:id/retire': { input: ById & RetirePosition; output: SavedPosition }
  'GET /api/desk/people/:staffId/assignments': { input: ByStaffId; output: DeskAssignments }
  'POST /api/desk/people/:staffId/assignments': { input: ByStaffId & AssignPosition; output: Assigned }
  'PATCH /api/desk/people/:staffId/assignments/:assignment': {
    input: TheirAssignment & ChangeAssignment
    output: undefined
  }
  'POST /api/desk/people/:staffId/assignments/:assignment/end': { input: TheirAssignment; output: undefined }
  'POST /api/desk/catalogue/preview': { input: CatalogueFile; output: CataloguePreview }
  'POST /api/desk/catalogue': { input: LoadCatalogue; output: undefined }
}
