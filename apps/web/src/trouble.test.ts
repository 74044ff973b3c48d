import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { asTrouble, Trouble, troubleOf } from './trouble.ts'

describe('an answer that is no success', () => {
  it("keeps the API's code and its reference", () => {
    const trouble = troubleOf(410, {
      error: 'invitation_spent',
      message: 'This link has been used.',
      reference: 'req-7',
    })
    assert.equal(trouble.code, 'invitation_spent')
    assert.equal(trouble.reference, 'req-7')
    assert.deepEqual(trouble.reasons, [])
  })
  it('keeps the reasons that it gives', () => {
    const reasons = ['The rules here ask for a security key.']
    const trouble = troubleOf(400, { error: 'policy_refuses', message: 'No.', reasons, reference: 'req-8' })
    assert.deepEqual(trouble.reasons, reasons)
  })
  it('is an outage when something in between says so', () => {
    for (const status of [502, 503, 504]) assert.equal(troubleOf(status, undefined).code, 'unavailable')
  })
  it('is a fault on our side in any other form', () => {
    assert.equal(troubleOf(500, undefined).code, 'server_fault')
    assert.equal(troubleOf(404, { error: 404 }).code, 'server_fault')
    assert.equal(troubleOf(400, null).code, 'server_fault')
  })
})

describe('something thrown', () => {
  it('stays what it is when it is a trouble', () => {
    const trouble = new Trouble('no_connection')
    assert.equal(asTrouble(trouble), trouble)
  })
  it('is unexpected otherwise, and shows nothing of its text', () => {
    const trouble = asTrouble(new TypeError('secret detail'))
    assert.equal(trouble.code, 'unexpected')
    assert.doesNotMatch(trouble.message, /secret/)
  })
})
