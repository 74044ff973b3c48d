import type { Role } from '@fobwatch/token-verifier'

export type TestPerson = {
  sub: string
  role?: Role
  claims: Record<string, unknown>
  /** Left out, it is a strong check. */
  acr?: string
}

const roleOf = (role_name: string, position: string, activities: Role['activities']): Role => ({
  person_orgid: '656005753107',
  person_roleid: '656005754108',
  org_code: 'ZZX01',
  org_name: 'Fernbrook Hospital (fictional)',
  role_code: 'S8000:G8000:R8001',
  role_name,
  position,
  activities,
})

export const NURSE: TestPerson = {
  sub: '656005750104',
  role: roleOf('Nurse', 'Nurse, Ward 7', [
    { code: 'B0360', name: 'View Detailed Health Records' },
    { code: 'B0820', name: 'View Patient Demographics' },
  ]),
  claims: {
    name: 'Nell Notional',
    id_assurance_level: 3,
    authentication_assurance_level: 3,
    assurance_reasons: ['the passkey cannot leave this key', 'you used your PIN'],
  },
}

export const CLERK: TestPerson = {
  sub: '656005750112',
  role: roleOf('Medical Secretary', 'Medical secretary, Ward 7', [
    { code: 'B0820', name: 'View Patient Demographics' },
  ]),
  claims: {
    name: 'Clement Conjured',
    id_assurance_level: '2',
    authentication_assurance_level: 2,
    assurance_reasons: ['this phone can copy its passkey to your other devices'],
  },
}

/** The nurse, with a device whose passkey can be copied. */
export const NURSE_AT_AAL2: TestPerson = {
  ...NURSE,
  acr: 'AAL2_ANY',
  claims: {
    ...NURSE.claims,
    authentication_assurance_level: 2,
    assurance_reasons: ['this phone can copy its passkey to your other devices'],
  },
}

/** A nurse too, but of another organisation. */
export const NURSE_ELSEWHERE: TestPerson = {
  ...NURSE,
  sub: '656005750138',
  role: {
    ...roleOf('Nurse', 'Nurse, residents', [{ code: 'B0360', name: 'View Detailed Health Records' }]),
    org_code: 'ZZX03',
    org_name: 'Larkhill Care Home (fictional)',
  },
}

export const NEWCOMER: TestPerson = {
  sub: '656005750120',
  claims: { name: 'Newton Nowhere', authentication_assurance_level: 2 },
}
