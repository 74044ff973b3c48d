import { type AccessClaims, hasActivity, type Role } from '@fobwatch/token-verifier'

/** The scope that an access token for the patients must have. */
export const PATIENTS_SCOPE = 'patients.read'

/** The activity that opens a record. */
export const OPENS_RECORDS = { code: 'B0360', name: 'View Detailed Health Records' } as const

export type Refused = 'role_required' | 'activity_required'

/** Who may see the list: anyone who acts in a role. */
export const maySeeList = (claims: AccessClaims): 'permitted' | Refused => (claims.role ? 'permitted' : 'role_required')

/** Who may open a record: a role that includes B0360. */
export const mayOpenRecord = ({ role }: AccessClaims): 'permitted' | Refused => {
  if (!role) return 'role_required'
  return opensRecords(role) ? 'permitted' : 'activity_required'
}

/** Whether a role opens records; no role opens none. */
export const opensRecords = (role: Role | undefined): boolean => hasActivity({ role }, OPENS_RECORDS.code)
