import { hasActivity, type Needs, type Role } from '@fobwatch/token-verifier'

/** The ward, and the hospital that it is part of: who works elsewhere has no business with its patients. */
export const WARD = { name: 'Ward 7', organisation: 'ZZX01', hospital: 'Fernbrook Hospital (fictional)' } as const

/** The activity that opens a record. */
export const OPENS_RECORDS = { code: 'B0360', name: 'View Detailed Health Records' } as const

/** Who may see the list: anyone who acts in a role at the hospital. */
export const SEES_LIST: Needs = { scope: 'patients.read', organisation: WARD.organisation }

/** Who may open a record: a role at the hospital that includes B0360. */
export const OPENS_RECORD: Needs = { ...SEES_LIST, activity: OPENS_RECORDS.code }

/** Who may open a record that is marked as sensitive: they too, but Fobwatch must be very sure that it is them. */
export const OPENS_SENSITIVE_RECORD: Needs = { ...OPENS_RECORD, level: 3 }

/** Whether a role opens records; no role opens none. */
export const opensRecords = (role: Role | undefined): boolean => hasActivity({ role }, OPENS_RECORDS.code)
