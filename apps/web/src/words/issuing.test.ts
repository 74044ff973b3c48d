import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { InvitationStatus } from '@fobwatch/contracts'
import { inGroups, isWaiting, progressWords, sentWords, spelled } from './issuing.ts'

const fresh: InvitationStatus = {
  ...{ id: '', channel: 'link', how: 'link', device: 'phone', state: 'open', mailed: false, wrongTries: 0 },
  ...{ createdAt: '2026-11-21T09:00:00.000Z', expiresAt: '2026-11-22T09:00:00.000Z', undone: false, setUp: null },
  ...{ enteredAt: null, openedAt: null, boxAt: null, usedAt: null },
}
const openedAt = '2026-11-21T09:12:00.000Z'
const boxAt = '2026-11-21T09:12:30.000Z'
const usedAt = '2026-11-21T09:13:00.000Z'
const words = (more: Partial<InvitationStatus>, now = usedAt) =>
  progressWords({ ...fresh, ...more }, Date.parse(now), 'UTC')

describe('what becomes of a link, in words', () => {
  it('goes from opened over the box to done', () => {
    assert.deepEqual(words({}), ['Not opened yet'])
    assert.deepEqual(words({ openedAt }), ['Opened 9:12am'])
    assert.deepEqual(words({ openedAt, boxAt }), ['Opened 9:12am', 'Box open'])
    const setUp = { name: 'iPhone', kind: 'phone', assuranceLevel: 2 } as const
    assert.deepEqual(words({ state: 'used', openedAt, boxAt, usedAt, setUp }), [
      'Opened 9:12am',
      'Done 9:13am',
      'They set up “iPhone”, a standard check',
    ])
  })

  it('says no longer that the box is open when no box would wait so long', () => {
    assert.deepEqual(words({ boxAt }, '2026-11-21T09:18:00.000Z'), ['Box opened 9:12am, and closed again'])
  })

  it('tells of wrong tries, and of what ended it', () => {
    assert.deepEqual(words({ wrongTries: 1 }), ['1 wrong try'])
    assert.deepEqual(words({ wrongTries: 100 }), ['100 wrong tries'])
    assert.deepEqual(words({ state: 'replaced' }), ['It was cancelled, or you made a newer one'])
  })

  it('is waited for until it is used, and a little longer where that may be undone', () => {
    const waiting = (more: Partial<InvitationStatus>, now = usedAt) => isWaiting({ ...fresh, ...more }, Date.parse(now))
    assert.ok(waiting({}))
    assert.ok(waiting({ state: 'used', usedAt }))
    assert.ok(!waiting({ state: 'used', usedAt }, '2026-11-21T09:16:00.000Z'))
    assert.ok(!waiting({ state: 'used', usedAt, device: null }))
    assert.ok(!waiting({ state: 'used', usedAt, undone: true }))
    assert.ok(!waiting({ state: 'expired' }))
  })

  it('names it in a list', () => {
    assert.equal(sentWords(fresh), 'Set-up link for a phone: not used yet')
    assert.equal(sentWords({ channel: 'pass', device: null, state: 'used' }), 'Temporary pass: used')
  })
})

describe('a code that is read aloud', () => {
  it('is in two groups, each character with a word', () => {
    assert.equal(inGroups('CDFH3479'), 'CDFH 3479')
    assert.equal(spelled('CQ37'), 'Charlie, Quebec, 3, 7')
  })
})
