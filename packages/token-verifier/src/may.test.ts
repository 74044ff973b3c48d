import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hasActivity, hasScope } from './index.ts'
import { NURSE } from './testing/issuer.ts'

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
