import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newShortCode, tidyShortCode } from './codes/short-code.ts'
import { linkAddress, missed, stateOf } from './rules.ts'

const now = new Date('2026-11-21T09:00:00.000Z')
const later = new Date('2026-11-21T09:00:00.001Z')
const open = { spentAt: null, voidedAt: null, expiresAt: later }

describe('the address of a link', () => {
  it('has the code where no server sees it', () => {
    const url = new URL(linkAddress('https://id.fernbrook.example', 'c0de'))
    assert.deepEqual([url.pathname, url.search, url.hash], ['/enrol', '', '#c0de'])
  })
})

describe('a short code', () => {
  it('has eight characters, none of which looks like another or makes a word', () => {
    for (let each = 0; each < 200; each += 1) assert.match(newShortCode(), /^[3479CDFHJKMNPQRTWXY]{8}$/)
  })

  it('is the same however it is typed', () => {
    for (const typed of ['CDFH3479', 'cdfh 3479', ' CdFh-3479 ', 'C D F H 3 4 7 9'])
      assert.equal(tidyShortCode(typed), 'CDFH3479')
  })
})

describe('an invitation', () => {
  it('says what became of it: used before all else, since whoever used it must be told so', () => {
    assert.equal(stateOf(open, now), 'open')
    assert.equal(stateOf({ ...open, expiresAt: now }, now), 'expired')
    assert.equal(stateOf({ ...open, voidedAt: now }, now), 'replaced')
    assert.equal(stateOf({ ...open, voidedAt: now, spentAt: now }, now), 'used')
  })

  it('tells another kind of device from the one that was planned', () => {
    assert.equal(missed('security-key', 'phone'), 'security-key')
    assert.equal(missed('phone', 'tablet'), null)
    assert.equal(missed('computer', 'security-key'), 'computer')
    assert.equal(missed(null, 'phone'), null)
  })
})
