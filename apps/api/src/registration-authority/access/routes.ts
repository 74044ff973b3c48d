import {
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
  OrganisationParams,
  PositionChoices,
  PositionInFull,
  PositionParams,
  RenameWorkgroup,
  RetirePosition,
  SavedPosition,
  StaffIdParams,
  TheirAssignment,
  WorkgroupParams,
} from '@fobwatch/contracts'
import { type Route, route } from '#http'
import type { Deps } from '../deps.ts'
import { giveToPerson } from './assign-position.ts'
import { loadCatalogue, previewCatalogue } from './catalogue.ts'
import { changeTheirAssignment, endTheirAssignment } from './change-assignment.ts'
import { addOrganisation, changeOrganisation, closeOrganisation } from './change-organisation.ts'
import { createPosition, editPosition, retirePosition } from './change-position.ts'
import { listAssignments } from './list-assignments.ts'
import { listOrganisations, showOrganisation } from './organisations.ts'
import { listPositions, positionChoices, showPosition } from './positions.ts'
import { addWorkgroup, renameWorkgroup } from './workgroups.ts'

const organisations = (deps: Deps): Route[] => [
  route(
    'GET /api/desk/organisations',
    'desk:find-person|edit-organisations',
    { summary: 'List your organisations.', querystring: ListOrganisations, response: DeskOrganisations },
    listOrganisations(deps),
  ),
  route(
    'GET /api/desk/organisations/:code',
    'desk:find-person|edit-organisations',
    { summary: 'Show an organisation.', params: OrganisationParams, response: OrganisationInFull },
    showOrganisation(deps),
  ),
  route(
    'POST /api/desk/organisations',
    'fresh desk:edit-organisations',
    { summary: 'Add an organisation below another of yours.', body: AddOrganisation },
    addOrganisation(deps),
  ),
  route(
    'PATCH /api/desk/organisations/:code',
    'fresh desk:edit-organisations',
    { summary: 'Rename or move an organisation.', params: OrganisationParams, body: ChangeOrganisation },
    changeOrganisation(deps),
  ),
  route(
    'POST /api/desk/organisations/:code/close',
    'fresh desk:edit-organisations',
    { summary: 'Close an organisation, which takes no new people from then on.', params: OrganisationParams },
    closeOrganisation(deps, true),
  ),
  route(
    'POST /api/desk/organisations/:code/reopen',
    'fresh desk:edit-organisations',
    { summary: 'Open a closed organisation again.', params: OrganisationParams },
    closeOrganisation(deps, false),
  ),
  route(
    'POST /api/desk/workgroups',
    'fresh desk:edit-positions',
    { summary: 'Add a workgroup to an organisation.', body: AddWorkgroup, response: DeskWorkgroup },
    addWorkgroup(deps),
  ),
  route(
    'PATCH /api/desk/workgroups/:code',
    'fresh desk:edit-positions',
    { summary: 'Rename a workgroup.', params: WorkgroupParams, body: RenameWorkgroup },
    renameWorkgroup(deps),
  ),
]

const positions = (deps: Deps): Route[] => [
  route(
    'GET /api/desk/positions',
    'desk:find-person',
    { summary: 'List the positions of your organisations.', querystring: ListPositions, response: DeskPositions },
    listPositions(deps),
  ),
  route(
    'GET /api/desk/positions/:id',
    'desk:find-person',
    { summary: 'Show a position, and all that it allows.', params: PositionParams, response: PositionInFull },
    showPosition(deps),
  ),
  route(
    'GET /api/desk/position-choices',
    'desk:edit-positions',
    {
      summary: 'What can be put in a position at an organisation.',
      querystring: ListWorkgroups,
      response: PositionChoices,
    },
    positionChoices(deps),
  ),
  route(
    'POST /api/desk/positions',
    'fresh desk:edit-positions',
    { summary: 'Create a position.', body: CreatePosition, response: CreatedPosition },
    createPosition(deps),
  ),
  route(
    'PUT /api/desk/positions/:id',
    'fresh desk:edit-positions',
    {
      summary: 'Change a position, for everybody in it.',
      params: PositionParams,
      body: EditPosition,
      response: SavedPosition,
    },
    editPosition(deps),
  ),
  route(
    'POST /api/desk/positions/:id/retire',
    'fresh desk:edit-positions',
    {
      summary: 'Retire a position: nobody is put in it any more.',
      params: PositionParams,
      body: RetirePosition,
      response: SavedPosition,
    },
    retirePosition(deps),
  ),
]

const assignments = (deps: Deps): Route[] => [
  route(
    'GET /api/desk/people/:staffId/assignments',
    'desk:find-person',
    {
      summary: 'List the positions that a person has, will have or had.',
      params: StaffIdParams,
      response: DeskAssignments,
    },
    listAssignments(deps),
  ),
  route(
    'POST /api/desk/people/:staffId/assignments',
    'fresh desk:assign-position?',
    { summary: 'Give a person a position.', params: StaffIdParams, body: AssignPosition, response: Assigned },
    giveToPerson(deps),
  ),
  route(
    'PATCH /api/desk/people/:staffId/assignments/:assignment',
    'fresh desk:assign-position?',
    { summary: 'Change from when to when a person has a position.', params: TheirAssignment, body: ChangeAssignment },
    changeTheirAssignment(deps),
  ),
  route(
    'POST /api/desk/people/:staffId/assignments/:assignment/end',
    'fresh desk:assign-position?',
    { summary: 'End that a person has a position, at once.', params: TheirAssignment },
    endTheirAssignment(deps),
  ),
]

/** Of a file with a catalogue. Bytes. */
const bodyLimit = 4 * 1024 * 1024

const catalogue = (deps: Deps): Route[] => [
  route(
    'POST /api/desk/catalogue/preview',
    'desk:load-catalogue',
    {
      summary: 'Say what a catalogue of roles and activities would change, and who would lose what.',
      ...{ body: CatalogueFile, response: CataloguePreview, bodyLimit },
    },
    previewCatalogue(deps),
  ),
  route(
    'POST /api/desk/catalogue',
    'fresh desk:load-catalogue',
    { summary: 'Load a catalogue that was looked at.', body: LoadCatalogue, bodyLimit },
    loadCatalogue(deps),
  ),
]

/** The desk's routes to organisations, positions and who is in them. */
export const accessRoutes = (deps: Deps): Route[] => [
  ...organisations(deps),
  ...positions(deps),
  ...assignments(deps),
  ...catalogue(deps),
]
