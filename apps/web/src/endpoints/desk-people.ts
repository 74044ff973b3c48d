import type {
  ChangedPerson,
  ChangePerson,
  CheckDuplicates,
  ClosePerson,
  CreatedPerson,
  CreatePerson,
  DeskPerson,
  DeskProfile,
  EndedSessions,
  ErasePerson,
  FindPeople,
  FoundPeople,
  PersonalExport,
  PossibleMatches,
  ProfessionParams,
  Proof,
  ReinstatePerson,
  ReopenPerson,
  SetProfession,
  SuspendPerson,
} from '@fobwatch/contracts'
import type { ByStaffId } from './parts.ts'

/** What the desk's pages of this part call. */
export interface DeskPeopleEndpoints {
  'GET /api/desk/people': { input: FindPeople; output: FoundPeople }
  'GET /api/desk/people/:staffId': { input: ByStaffId; output: DeskPerson }
  'DELETE /api/desk/people/:staffId/sessions': { input: ByStaffId; output: EndedSessions }
  'GET /api/desk/people/:staffId/profile': { input: ByStaffId; output: DeskProfile }
  'POST /api/desk/people/duplicates': { input: CheckDuplicates; output: PossibleMatches }
  'POST /api/desk/people': { input: CreatePerson; output: CreatedPerson }
  'PATCH /api/desk/people/:staffId': { input: ByStaffId & ChangePerson; output: ChangedPerson }
  'PUT /api/desk/people/:staffId/professions/:body': { input: ProfessionParams & SetProfession; output: undefined }
  'DELETE /api/desk/people/:staffId/professions/:body': { input: ProfessionParams; output: undefined }
  'POST /api/desk/people/:staffId/identity': { input: ByStaffId & Proof; output: undefined }
  'POST /api/desk/people/:staffId/suspend': { input: ByStaffId & SuspendPerson; output: undefined }
  'POST /api/desk/people/:staffId/reinstate': { input: ByStaffId & ReinstatePerson; output: undefined }
  'POST /api/desk/people/:staffId/close': { input: ByStaffId & ClosePerson; output: undefined }
  'POST /api/desk/people/:staffId/reopen': { input: ByStaffId & ReopenPerson; output: undefined }
  'POST /api/desk/people/:staffId/erase': { input: ByStaffId & ErasePerson; output: undefined }
  'GET /api/desk/people/:staffId/export': { input: ByStaffId; output: PersonalExport }
}
