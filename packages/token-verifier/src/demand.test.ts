import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type AccessClaims,
  AccessRefused,
  demand,
  hasActivity,
  hasScope,
  levelOf,
  type Needs,
  stepUpOf,
} from './index.ts'
import { NURSE, seconds } from './testing/issuer.ts'

const claims: AccessClaims = {
  iss: 'https://login.test',
  sub: '656005750104',
  aud: 'https://ward.test/api',
  exp: seconds() + 600,
  iat: seconds(),
  auth_time: seconds() - 600,
  client_id: 'ward-list',
  jti: 'a-token',
  scope: 'openid patients.read',
  acr: 'AAL2_ANY',
  selected_roleid: NURSE.person_roleid,
  role: NURSE,
}

const refusalOf = (needs: Needs, changes: Partial<AccessClaims> = {}): AccessRefused => {
  try {
    demand({ ...claims, ...changes }, needs)
  } catch (error) {
    if (error instanceof AccessRefused) return error
    throw error
  }
  return assert.fail('nothing was refused')
}

describe('what a request needs', () => {
  it('is nothing, or is met in every respect', () => {
    demand(claims, {})
    demand(claims, {
      scope: 'patients.read',
      organisation: 'X09',
      role: 'R8001',
      activity: 'B0360',
      level: 2,
      maxAgeSeconds: 900,
    })
  })

  it('is a scope, whole', () => {
    const refusal = refusalOf({ scope: 'patients' })
    assert.equal(refusal.code, 'scope_required')
    assert.equal(refusal.status, 403)
    assert.match(refusal.headers['www-authenticate'] ?? '', /^Bearer error="insufficient_scope".*, scope="patients"$/)
  })

  it('is an organisation, one of several', () => {
    demand(claims, { organisation: ['RBA', 'X09'] })
    const refusal = refusalOf({ organisation: ['RBA', 'A9A5A'] })
    assert.equal(refusal.code, 'organisation_required')
    assert.deepEqual([refusal.status, refusal.headers], [403, {}])
  })

  it('is a role, by its whole code or its job role, and not by a part of either', () => {
    demand(claims, { role: 'S8000:G8000:R8001' })
    demand(claims, { role: ['R0260', 'R8001'] })
    for (const role of ['R800', '8001', 'G8000:R8001', 'S8000', 'Nurse', 'S8001:G8000:R8001'])
      assert.equal(refusalOf({ role }).code, 'role_required')
  })

  it('is an activity of the chosen role, one of several', () => {
    demand(claims, { activity: ['B1611', 'B0360'] })
    assert.equal(refusalOf({ activity: 'B036' }).code, 'activity_required')
  })

  it('is a role at all, for someone who has none', () => {
    const { role: _, selected_roleid: __, ...nobody } = claims
    for (const needs of [{ organisation: 'X09' }, { role: 'R8001' }, { activity: 'B0360' }])
      assert.throws(() => demand(nobody, needs), { code: 'role_required', status: 403 })
    demand(nobody, { level: 2 })
  })

  it('is a strong check, which a log in can reach: 401, and what to ask for', () => {
    const refusal = refusalOf({ level: 3 })
    assert.deepEqual([refusal.code, refusal.status], ['level_required', 401])
    assert.equal(
      refusal.headers['www-authenticate'],
      'Bearer error="insufficient_user_authentication", ' +
        'error_description="This needs a stronger check of who the person is", acr_values="AAL3_ANY"',
    )
  })

  it('is a recent check', () => {
    demand({ ...claims, auth_time: seconds() - 600 }, { maxAgeSeconds: 600 })
    const refusal = refusalOf({ maxAgeSeconds: 300 })
    assert.deepEqual([refusal.code, refusal.status], ['recent_check_required', 401])
    assert.match(refusal.headers['www-authenticate'] ?? '', /insufficient_user_authentication.*, max_age="300"$/)
    assert.equal(refusalOf({ maxAgeSeconds: 3600 }, { auth_time: undefined as never }).code, 'recent_check_required')
  })

  it('is asked for in the scheme that the token came by', () => {
    const { headers } = refusalOf({ level: 3 }, { cnf: { jkt: 'a-key' } })
    assert.match(headers['www-authenticate'] ?? '', /^DPoP error="insufficient_user_authentication", .*AAL3_ANY"$/)
    assert.deepEqual(stepUpOf({ status: 401, headers }), { acr_values: 'AAL3_ANY' })
  })

  it('says all that a log in must reach, so that one more log in is enough', () => {
    const weak = refusalOf({ level: 3, maxAgeSeconds: 300 })
    const old = refusalOf({ level: 2, maxAgeSeconds: 300 })
    assert.match(weak.headers['www-authenticate'] ?? '', /acr_values="AAL3_ANY", max_age="300"$/)
    assert.match(old.headers['www-authenticate'] ?? '', /acr_values="AAL2_OR_AAL3_ANY", max_age="300"$/)
  })

  it('is not a stronger check for someone whose role would not do with it', () => {
    assert.equal(refusalOf({ level: 3, activity: 'B1611' }).code, 'activity_required')
    assert.equal(refusalOf({ level: 3, organisation: 'RBA', activity: 'B1611' }).code, 'organisation_required')
  })

  it('is never nothing by a slip of the pen', () => {
    const slips: object[] = [
      { levle: 3 },
      { level: undefined },
      { level: '3' },
      { level: 1 },
      { activity: undefined },
      { activity: [] },
      { activity: '' },
      { role: [undefined] },
      { scope: 'a b' },
      { scope: 'a"' },
      { maxAgeSeconds: -1 },
      { maxAgeSeconds: Number.NaN },
      { constructor: 1 },
    ]
    for (const slip of slips) assert.throws(() => demand(claims, slip as Needs), TypeError, JSON.stringify(slip))
  })
})

describe('an ID token', () => {
  const cis2 = {
    ...claims,
    role: undefined,
    nhsid_nrbac_roles: [
      { person_orgid: '656005753107', person_roleid: '656005754109', org_code: 'RBA', role_code: 'S8000:G8000:R8000' },
      {
        person_orgid: '656005753107',
        person_roleid: NURSE.person_roleid,
        org_code: 'X09',
        role_code: 'S8000:G8000:R8001',
        activities: ['Amend'],
        activity_codes: ['B0825'],
      },
    ],
  } as unknown as AccessClaims

  it('has the role that was chosen from its list, by its names of CIS2', () => {
    demand(cis2, { organisation: 'X09', role: 'R8001', activity: 'B0825' })
    assert.throws(() => demand(cis2, { organisation: 'RBA' }), { code: 'organisation_required' })
    assert.throws(() => demand(cis2, { activity: 'B0360' }), { code: 'activity_required' })
  })

  it('has the role that was chosen from its list, in the clean form, with all that the role may do', () => {
    const clean = { ...cis2, nhsid_nrbac_roles: [{ ...NURSE, workgroups: [], aow: [] }] }
    demand(clean, { organisation: 'X09', role: 'R8001', activity: 'B0360' })
    assert.throws(() => demand(clean, { activity: 'B1611' }), { code: 'activity_required' })
    const mixed = { ...cis2, nhsid_nrbac_roles: [{ ...NURSE, activities: [null, 'B1611', { code: 7 }] }] }
    assert.throws(() => demand(mixed, { activity: 'B1611' }), { code: 'activity_required' })
  })

  it('has no role where none was chosen, or the chosen one is not in its list', () => {
    for (const selected_roleid of [undefined, '656005754100', 'X09'])
      assert.throws(() => demand({ ...cis2, selected_roleid } as AccessClaims, { organisation: 'X09' }), {
        code: 'role_required',
      })
    const other = { ...claims, selected_roleid: '656005754109' }
    assert.throws(() => demand(other, { organisation: 'X09' }), { code: 'role_required' })
  })
})

describe('the level of a token', () => {
  it('is what it says, as a number or a text', () => {
    assert.equal(levelOf({ authentication_assurance_level: 3, acr: 'AAL2_OR_AAL3_ANY' }), 3)
    assert.equal(levelOf({ authentication_assurance_level: '2', acr: 'AAL2_ANY' }), 2)
  })

  it('is that of its class, and no more than that promises', () => {
    for (const acr of ['AAL3_ANY', 'AAL3_FIDO2', 'AAL3_IOS']) assert.equal(levelOf({ acr }), 3)
    for (const acr of ['AAL2_ANY', 'AAL2_OR_AAL3_ANY']) assert.equal(levelOf({ acr }), 2)
    assert.equal(levelOf({ acr: 'AAL1_USERPASS' }), 1)
  })

  it('is unknown where it says nothing that can be understood', () => {
    for (const acr of [undefined, '', 'aal3_any', 'AAL3', 'xAAL3_ANY', 3, ['AAL3_ANY']])
      assert.equal(levelOf({ acr }), undefined, String(acr))
    for (const authentication_assurance_level of [4, '03', [3], true])
      assert.equal(levelOf({ authentication_assurance_level, acr: 'AAL3_ANY' }), undefined)
  })
})

describe('what a token allows', () => {
  it('is the scopes it was given for, whole words only', () => {
    assert.equal(hasScope({ scope: 'openid patients.read' }, 'patients.read'), true)
    assert.equal(hasScope({ scope: 'openid patients.read' }, 'patients'), false)
    assert.equal(hasScope({ scope: 'openid  patients.read' }, ''), false)
    assert.equal(hasScope({}, 'openid'), false)
  })

  it('is the activities of the chosen role, and none without a role', () => {
    assert.equal(hasActivity({ role: NURSE }, 'B0360'), true)
    assert.equal(hasActivity({ role: NURSE }, 'B036'), false)
    assert.equal(hasActivity({}, 'B0360'), false)
  })
})
