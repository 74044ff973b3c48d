import assert from 'node:assert/strict'
import { it } from 'node:test'
import { loggedOutWords } from './logged-out.ts'

it('says why somebody is logged out, in one sentence', () => {
  assert.equal(loggedOutWords({ why: 'idle', minutes: 15 }), 'Nothing happened for 15 minutes.')
  assert.equal(loggedOutWords({ why: 'idle', minutes: 1 }), 'Nothing happened for 1 minute.')
  assert.equal(loggedOutWords({ why: 'expired', minutes: 720 }), 'It has been 12 hours.')
  assert.equal(loggedOutWords({ why: 'expired', minutes: 60 }), 'It has been 1 hour.')
  assert.equal(loggedOutWords({ why: 'expired', minutes: 90 }), 'It has been 90 minutes.')
  for (const why of ['elsewhere', 'replaced', 'device', 'desk'] as const)
    assert.match(loggedOutWords({ why, minutes: null }) ?? '', /^[A-Z].*\.$/)
})

it('says nothing to whoever logged out here, and where nobody knows', () => {
  assert.equal(loggedOutWords({ why: 'signed-out', minutes: null }), undefined)
  assert.equal(loggedOutWords({ why: null, minutes: null }), undefined)
})
