import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bearerChallenge, insufficientScopeChallenge, readBearer, statusOf, TokenRefused } from './index.ts'

describe('the Authorization header', () => {
  it('gives its token, whatever the case of the scheme', () => {
    assert.equal(readBearer('Bearer abc.def-_~+/='), 'abc.def-_~+/=')
    assert.equal(readBearer('bearer abc'), 'abc')
  })

  it('gives nothing when it is absent, of another scheme, or not one token', () => {
    for (const header of [undefined, '', 'Basic abc', 'Bearer', 'Bearer ', 'Bearer a b', 'Bearer a,b', 'xBearer a']) {
      assert.equal(readBearer(header), undefined)
    }
  })
})

describe('the challenge', () => {
  it('has no error code where no token came', () => assert.equal(bearerChallenge(), 'Bearer'))

  it('says that the token is not valid, and why', () => {
    const challenge = bearerChallenge(new TokenRefused('expired'))
    assert.equal(challenge, 'Bearer error="invalid_token", error_description="The token has expired"')
  })

  it('says nothing of the cause', () => {
    assert.doesNotMatch(bearerChallenge(new TokenRefused('claims', new Error('secret'))), /secret/)
  })

  it('does not blame the token when the keys are away', () => {
    const refusal = new TokenRefused('keys_unavailable')
    assert.equal(statusOf(refusal), 503)
    assert.equal(bearerChallenge(refusal), 'Bearer')
  })

  it('names the scope that is lacking', () => {
    assert.match(insufficientScopeChallenge('patients.read'), /error="insufficient_scope".*scope="patients.read"/)
  })
})
