import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mayAssignIt } from './may-assign.ts'

const ordinary = { organisationId: 'a', duty: null, openedToSponsors: false }
const opened = { ...ordinary, openedToSponsors: true }
const duty = { ...ordinary, duty: { code: 'agent', name: 'Agent' } }
const none = { ways: [], givesDuty: false, twoPeople: true } as const

describe('who puts somebody in a position', () => {
  it('is whoever assigns positions there', () => {
    assert.equal(mayAssignIt(ordinary, { ...none, ways: ['yes'] }), 'yes')
    assert.equal(mayAssignIt(ordinary, none), 'no')
  })
  it('is a sponsor, where it is opened to them, and else somebody whom they ask', () => {
    assert.equal(mayAssignIt(opened, { ...none, ways: ['opened-to-sponsors'] }), 'yes')
    assert.equal(mayAssignIt(ordinary, { ...none, ways: ['opened-to-sponsors'] }), 'by-request')
    assert.equal(mayAssignIt(opened, none), 'no')
  })
  it('is for a duty whoever gives duties and holds all of it, with somebody else', () => {
    assert.equal(mayAssignIt(duty, { ...none, ways: ['yes'] }), 'no')
    assert.equal(mayAssignIt(duty, { ...none, givesDuty: true }), 'two-people')
    assert.equal(mayAssignIt(duty, { ...none, givesDuty: true, twoPeople: false }), 'yes')
  })
  it('never is a sponsor for a duty, though somebody opened it', () => {
    assert.equal(mayAssignIt({ ...duty, openedToSponsors: true }, { ...none, ways: ['opened-to-sponsors'] }), 'no')
  })
})
