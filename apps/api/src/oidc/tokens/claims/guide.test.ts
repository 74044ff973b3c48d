import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { claimsByScope } from '../../scopes.ts'
import { claimsOf } from './claims-of.ts'
import type { Facts } from './facts.ts'

const guide = readFileSync(new URL('../../../../../../docs/relying-apps.md', import.meta.url), 'utf8')

const at = new Date('2026-11-21T09:00:00Z')
const place = { code: 'ZZX01', name: 'Fernbrook Hospital (fictional)' }

/** The senior nurse of the demonstration, with numbers of CIS2's form. */
const facts: Facts = {
  grant: {
    sessionId: '0b7c5f0e-3f3f-4f53-9a37-1f6f9a3b2c1d',
    personId: '6ce4f7b2-6a0f-4c7e-9a8e-6a7f4f1e2d3c',
    staffId: '656005750104',
    authenticatorId: '1c9d0a52-8e0b-4f0e-8a43-6f0f5d7b9e21',
    authenticatedAt: at,
    assuranceLevel: 3,
    acr: 'AAL3_FIDO2',
    amr: ['pop', 'user', 'mfa', 'hwk', 'pin'],
    reasons: [],
    assignmentId: '656005754108',
    createdAt: at,
    signOutState: null,
    grantId: '2d0e1b63-9f1c-4a1f-9b54-7a1a6e8caf32',
    clientId: 'ward-list',
    title: 'Mrs',
    givenName: 'Edith',
    middleNames: 'May',
    familyName: 'Applegarth',
    email: 'edith.applegarth@fernbrook.example',
    identityLevel: 3,
    toldLevel: 3,
    toldReasons: ['the passkey cannot leave this key', 'we confirmed the maker', 'you used your PIN'],
    toldAssignmentId: '656005754108',
    resources: {},
  } as unknown as Facts['grant'],
  roles: [
    {
      personId: '6ce4f7b2-6a0f-4c7e-9a8e-6a7f4f1e2d3c',
      personOrgId: '656005753107',
      personRoleId: '656005754108',
      organisation: place,
      position: 'Senior nurse, Ward 7',
      role: {
        code: 'S8000:G8000:R8001',
        name: '"Clinical":"Clinical Provision":"Nurse Access Role"',
        plainName: 'Nurse',
      },
      granted: [{ code: 'B0068', name: 'Verify Prescription' }],
      effective: [
        { code: 'B0068', name: 'Verify Prescription' },
        { code: 'B0360', name: 'View Detailed Health Records' },
        { code: 'B0820', name: 'View Patient Demographics' },
      ],
      workgroups: [{ code: '555000000001', name: 'Fernbrook Ward 7 team' }],
      areaOfWork: { code: 'P0010:Q0020:T0030', name: 'Acute medicine' },
    },
  ],
  organisations: [{ ...place, personOrgId: '656005753107', organisationId: '3e1f2c74-0a2d-4b2a-8c65-8b2b7f9db043' }],
  professions: [
    { body: 'nmc', number: 'TEST0002N' },
    { body: 'rcn', number: 'TEST0001R' },
  ],
}

describe('the guide for applications', () => {
  const examples = [...guide.matchAll(/```json\n([\s\S]+?)```/g)].map(([, json]) => JSON.parse(json ?? ''))
  const withNrbac = examples.filter((each) => 'nhsid_nrbac_roles' in each)

  for (const [claimsForm, index] of [
    ['clean', 0],
    ['compatible', 1],
  ] as const)
    it(`shows the ${claimsForm} form as it is`, () => {
      assert.deepEqual(withNrbac[index], claimsOf(facts, { claimsForm, levelsAs: 'integer' }))
    })

  it('names every scope with the claims that it brings', () => {
    for (const [scope, claims] of Object.entries(claimsByScope)) {
      const line = guide.split('\n').find((each) => each.startsWith(`| \`${scope}\` |`)) ?? ''
      // Two stand with `openid` for the library's sake, and come by their own scopes.
      const own = scope === 'openid' ? claims.filter((each) => !/selected_roleid|reasons/.test(each)) : claims
      for (const claim of own)
        if (scope !== 'changedrole') assert.ok(line.includes(`\`${claim}\``), `${scope}: ${claim}`)
    }
  })
})
