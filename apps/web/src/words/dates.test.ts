import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dayWords, momentWords } from './dates.ts'

const london = 'Europe/London'

describe('dates in words', () => {
  it('says a moment as people do', () => {
    assert.equal(momentWords('2026-11-21T09:14:00.000Z', london), '9:14am on 21 November 2026')
  })
  it('leaves out the minutes of a full hour', () => {
    assert.equal(momentWords('2026-11-23T17:00:59.999Z', london), '5pm on 23 November 2026')
  })
  it('keeps the minutes just after a full hour', () => {
    assert.equal(momentWords('2026-11-23T17:05:00.000Z', london), '5:05pm on 23 November 2026')
  })
  it('says midday and midnight, which 12am and 12pm leave in doubt', () => {
    assert.equal(momentWords('2026-11-23T12:00:00.000Z', london), 'midday on 23 November 2026')
    assert.equal(momentWords('2026-11-23T00:00:00.000Z', london), 'midnight on 23 November 2026')
  })
  it('puts half past midnight into the morning and half past midday into the afternoon', () => {
    assert.equal(momentWords('2026-11-23T00:30:00.000Z', london), '12:30am on 23 November 2026')
    assert.equal(momentWords('2026-11-23T12:30:00.000Z', london), '12:30pm on 23 November 2026')
  })
  it('follows summer time', () => {
    assert.equal(momentWords('2026-07-01T23:30:00.000Z', london), '12:30am on 2 July 2026')
  })
  it('says a day without the time', () => {
    assert.equal(dayWords('2026-11-03T23:59:00.000Z', london), '3 November 2026')
  })
})
