import {
  ChangedPerson,
  ChangePerson,
  CheckDuplicates,
  ClosePerson,
  CreatedPerson,
  CreatePerson,
  DeskProfile,
  ErasePerson,
  PersonalExport,
  PossibleMatches,
  ProfessionParams,
  Proof,
  ReinstatePerson,
  ReopenPerson,
  SetProfession,
  StaffIdParams,
  SuspendPerson,
} from '@fobwatch/contracts'
import { type Route, route } from '#http'
import type { Deps } from '../deps.ts'
import { changeDetails } from './change-details.ts'
import { createPerson } from './create-person.ts'
import { erasePerson } from './erase-person.ts'
import { exportPerson } from './export-person.ts'
import { checkDuplicates } from './find-duplicates.ts'
import { removeProfession, setProfession } from './professions.ts'
import { raiseLevel } from './raise-level.ts'
import { showProfile } from './show-profile.ts'
import { closePerson, reinstatePerson, reopenPerson, suspendPerson } from './standing.ts'

const params = StaffIdParams

/** Who somebody is: found out, kept and changed. */
const detailRoutes = (deps: Deps): Route[] => [
  route(
    'POST /api/desk/people/duplicates',
    'desk:create-person',
    {
      summary: 'List who may be the same as somebody who has no profile yet.',
      body: CheckDuplicates,
      response: PossibleMatches,
    },
    checkDuplicates(deps),
  ),
  route(
    'POST /api/desk/people',
    'fresh desk:create-person',
    {
      summary:
        'Create a person, with what they showed to prove who they are. Whoever may be the same must be acknowledged.',
      body: CreatePerson,
      response: CreatedPerson,
    },
    createPerson(deps),
  ),
  route(
    'GET /api/desk/people/:staffId/profile',
    'desk:find-person',
    { summary: 'Show who a person is, and how that was proved.', params, response: DeskProfile },
    showProfile(deps),
  ),
  route(
    'PATCH /api/desk/people/:staffId',
    'fresh desk:change-details',
    {
      summary: "Change a person's details, as they were at a version.",
      ...{ params, body: ChangePerson, response: ChangedPerson },
    },
    changeDetails(deps),
  ),
  route(
    'PUT /api/desk/people/:staffId/professions/:body',
    'fresh desk:change-details',
    { summary: "Note a person's number at a body of their profession.", params: ProfessionParams, body: SetProfession },
    setProfession(deps),
  ),
  route(
    'DELETE /api/desk/people/:staffId/professions/:body',
    'fresh desk:change-details',
    { summary: "Remove a person's number at a body of their profession.", params: ProfessionParams },
    removeProfession(deps),
  ),
  route(
    'POST /api/desk/people/:staffId/identity',
    'fresh desk:create-person',
    { summary: "Raise a person's identity level by what they showed.", params, body: Proof },
    raiseLevel(deps),
  ),
]

/** The life of a profile. */
const standingRoutes = (deps: Deps): Route[] => [
  route(
    'POST /api/desk/people/:staffId/suspend',
    'fresh desk:close-person',
    { summary: 'Pause a person. Their sessions are over at once.', params, body: SuspendPerson },
    suspendPerson(deps),
  ),
  route(
    'POST /api/desk/people/:staffId/reinstate',
    'fresh desk:close-person',
    { summary: 'End the pause of a person.', params, body: ReinstatePerson },
    reinstatePerson(deps),
  ),
  route(
    'POST /api/desk/people/:staffId/close',
    'fresh desk:close-person',
    {
      summary: 'Close a person. Sessions, devices, links, positions and open requests end at once.',
      ...{ params, body: ClosePerson },
    },
    closePerson(deps),
  ),
  route(
    'POST /api/desk/people/:staffId/reopen',
    'fresh desk:close-person',
    { summary: 'Bring back a person who had left, and nothing else of theirs.', params, body: ReopenPerson },
    reopenPerson(deps),
  ),
]

/** What the law lets a person ask of whoever holds their data. */
const dataRoutes = (deps: Deps): Route[] => [
  route(
    'GET /api/desk/people/:staffId/export',
    'fresh desk:erase-person',
    { summary: 'Download all that is held about a person, for them.', params, response: PersonalExport },
    exportPerson(deps),
  ),
  route(
    'POST /api/desk/people/:staffId/erase',
    'fresh desk:erase-person',
    { summary: 'Erase what is personal of a person who left. It cannot be undone.', params, body: ErasePerson },
    erasePerson(deps),
  ),
]

/** The desk's routes to people: creating, editing, pausing, closing, bringing them back and erasing them. */
export const peopleRoutes = (deps: Deps): Route[] => [
  ...detailRoutes(deps),
  ...standingRoutes(deps),
  ...dataRoutes(deps),
]
