import type { DeskPerson, FindPeople, FoundPeople } from '@fobwatch/contracts'
import type { ByStaffId } from './parts.ts'

/** What the desk's pages of this part call. */
export interface DeskPeopleEndpoints {
  'GET /api/desk/people': { input: FindPeople; output: FoundPeople }
  'GET /api/desk/people/:staffId': { input: ByStaffId; output: DeskPerson }
}
