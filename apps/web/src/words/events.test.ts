import assert from 'node:assert/strict'
import { it } from 'node:test'
import { eventTypes } from '@fobwatch/contracts'
import { eventNames, eventWords } from './events.ts'

it('has words for everything that is recorded, and for nothing else', () => {
  assert.deepEqual(Object.keys(eventNames).sort(), [...eventTypes].sort())
})

it('has words of its own for each, that staff use', () => {
  const all = Object.values(eventNames)
  assert.equal(new Set(all).size, all.length)
  for (const words of all) {
    assert.match(words, /^[A-Z][^_]{3,59}$/)
    assert.doesNotMatch(words, /\b(sign in|login|authenticat|enrol|revoke|suspend|session|token)/i)
  }
})

it('says that something was not done, once', () => {
  assert.equal(eventWords({ type: 'person-closed', outcome: 'done' }), 'Profile closed')
  assert.equal(eventWords({ type: 'person-closed', outcome: 'refused' }), 'Profile closed: not done')
  assert.equal(eventWords({ type: 'desk-refused', outcome: 'refused' }), 'Not allowed at the desk')
})

it('shows the name of an event that it has no words for', () => {
  assert.equal(eventWords({ type: 'toString', outcome: 'done' }), 'toString')
})
