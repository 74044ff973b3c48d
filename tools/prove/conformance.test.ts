import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFine, known } from './conformance/known.ts'
import { mannerOf } from './conformance/manners.ts'
import type { Outcome } from './conformance/run-module.ts'
import { tellProof } from './conformance/tell.ts'

const outcome: Outcome = { module: 'oidcc-server', result: 'PASSED', complaints: [], pictures: [], seconds: 1 }
const levels = { condition: 'EnsureIdTokenDoesNotContainNonRequestedClaims', message: "'id_assurance_level'" }

describe('what the conformance suite says', () => {
  it('is fine where it passes, and where it warns of what is known', () => {
    assert.ok(isFine(outcome))
    assert.ok(isFine({ ...outcome, result: 'WARNING', complaints: [levels] }))
  })

  it('is not fine where it fails, or warns of something else, or where nothing is known', () => {
    const other = { condition: 'EnsureSomethingElse', message: '' }
    for (const result of ['FAILED', 'INTERRUPTED', 'UNKNOWN', 'SKIPPED', 'REVIEW'] as const)
      assert.ok(!isFine({ ...outcome, result, complaints: [] }), result)
    assert.ok(!isFine({ ...outcome, result: 'WARNING', complaints: [levels, other] }))
    assert.ok(!isFine({ module: 'some-new-test', result: 'WARNING', complaints: [] }))
    assert.ok(!Object.values(known).some(({ result }) => result === 'FAILED'), 'no failure is ever known')
  })

  it('stands in the proof by its own names, failures among them', () => {
    const failed: Outcome = { ...outcome, module: 'oidcc-other', result: 'FAILED', complaints: [levels] }
    const plans = [{ plan: 'oidcc-plan', variant: {}, outcomes: [outcome, failed] }]
    const page = tellProof(plans, { version: '5.0', revision: 'abc' })
    assert.match(page, /\| `oidcc-server` \| PASSED \| {2}\|/)
    assert.match(page, /\| `oidcc-other` \| \*\*FAILED\*\* \| \*\*EnsureIdToken/)
    assert.match(page, /\| `oidcc-plan` \| 2 \| 1 \| – \| – \| – \| 1 \|/)
  })
})

describe('the person in front of the browser', () => {
  it('logs in, but where a test asks for something else', () => {
    assert.equal(mannerOf('oidcc-server', 3), 'log-in')
    assert.equal(mannerOf('fapi2-security-profile-final-user-rejects-authentication', 1), 'go-back')
    const twice = 'fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds'
    assert.deepEqual(
      [0, 1].map((visit) => mannerOf(twice, visit)),
      ['look-only', 'log-in'],
    )
  })
})
