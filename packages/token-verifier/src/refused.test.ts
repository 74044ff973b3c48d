import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { TokenRefused } from './index.ts'

describe('the answer to a refused token', () => {
  it('has no error code where no token came', () => {
    const { status, headers } = new TokenRefused('missing')
    assert.deepEqual([status, headers['www-authenticate']], [401, 'Bearer'])
  })

  it('says that the token is not valid, and why', () => {
    const { status, headers } = new TokenRefused('expired')
    assert.equal(status, 401)
    assert.equal(headers['www-authenticate'], 'Bearer error="invalid_token", error_description="The token has expired"')
  })

  it('says nothing of the cause', () => {
    const refusal = new TokenRefused('claims', new Error('secret'))
    assert.doesNotMatch(`${refusal.message} ${Object.values(refusal.headers)}`, /secret/)
  })

  it('does not blame the token when the keys are away, or its own is not known yet', () => {
    for (const code of ['keys_unavailable', 'key_unknown'] as const) {
      const { status, headers } = new TokenRefused(code)
      assert.deepEqual([status, headers], [503, {}])
    }
  })

  it('says when to come again, in whole seconds and not at once', () => {
    const retryAfter = (seconds: number) => new TokenRefused('key_unknown', undefined, seconds).headers['retry-after']
    assert.deepEqual([retryAfter(0), retryAfter(1.2), retryAfter(30)], ['1', '2', '30'])
  })
})
