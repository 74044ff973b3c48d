import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type AccessClaims, hasActivity, hasScope } from './index.ts'
import { NURSE } from './testing/issuer.ts'

const claims = { scope: 'openid patients.read', role: NURSE } as unknown as AccessClaims

describe('what a token allows', () => {
  it('is the scopes it was given for, whole words only', () => {
    assert.equal(hasScope(claims, 'patients.read'), true)
    assert.equal(hasScope(claims, 'patients'), false)
    assert.equal(hasScope({ ...claims, scope: '' }, ''), false)
  })

  it('is the activities of the chosen role, and none without a role', () => {
    const { role: _none, ...withoutRole } = claims
    assert.equal(hasActivity(claims, 'B0360'), true)
    assert.equal(hasActivity(claims, 'B036'), false)
    assert.equal(hasActivity(withoutRole as AccessClaims, 'B0360'), false)
  })
})
