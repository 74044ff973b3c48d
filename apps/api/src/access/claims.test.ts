import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nrbacRole, tokenRole } from './claims.ts'
import type { Role } from './role.ts'

const nurse: Role = {
  personId: '6ce4f7b2-6a0f-4c7e-9a8e-6a7f4f1e2d3c',
  personOrgId: '656005753107',
  personRoleId: '656005754108',
  organisation: { code: 'ZZX01', name: 'Fernbrook Hospital' },
  position: 'Nurse, Ward 7',
  role: { code: 'S8000:G8000:R8001', name: '"Clinical":"Clinical Provision":"Nurse Access Role"', plainName: 'Nurse' },
  granted: [],
  effective: [
    { code: 'B0360', name: 'View Detailed Health Records' },
    { code: 'B0820', name: 'View Patient Demographics' },
  ],
  workgroups: [],
  areaOfWork: null,
}

describe('a role in nhsid_nrbac_roles', () => {
  it('has the five claims that are always there, and leaves out what is empty', () => {
    assert.deepEqual(nrbacRole(nurse), {
      person_orgid: '656005753107',
      person_roleid: '656005754108',
      org_code: 'ZZX01',
      role_name: '"Clinical":"Clinical Provision":"Nurse Access Role"',
      role_code: 'S8000:G8000:R8001',
    })
  })

  it('lists names and codes in one order, and of the activities only those granted', () => {
    const role = nrbacRole({
      ...nurse,
      granted: [
        { code: 'B0068', name: 'Verify Prescription' },
        { code: 'B1611', name: 'Access Sensitive Flagged Records' },
      ],
      workgroups: [{ code: '555000000001', name: 'Ward 7 team' }],
      areaOfWork: { code: 'P0010:Q0020:T0030', name: 'Acute medicine' },
    })
    assert.deepEqual(role.activity_codes, ['B0068', 'B1611'])
    assert.deepEqual(role.activities, ['Verify Prescription', 'Access Sensitive Flagged Records'])
    assert.deepEqual([role.workgroups, role.workgroups_codes], [['Ward 7 team'], ['555000000001']])
    assert.deepEqual([role.aow, role.aow_codes], [['Acute medicine'], ['P0010:Q0020:T0030']])
  })
})

describe('a role in an access token', () => {
  it('pairs codes with names, and carries every activity that the role allows', () => {
    assert.deepEqual(tokenRole(nurse), {
      person_orgid: '656005753107',
      person_roleid: '656005754108',
      org_code: 'ZZX01',
      org_name: 'Fernbrook Hospital',
      role_code: 'S8000:G8000:R8001',
      role_name: 'Nurse',
      position: 'Nurse, Ward 7',
      activities: nurse.effective,
    })
  })
})
