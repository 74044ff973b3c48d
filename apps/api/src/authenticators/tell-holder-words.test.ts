import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { momentWords } from '#mail'
import { type Told, wordsFor } from './tell-holder-words.ts'

const told: Told = {
  ...{ change: 'added', reason: null, name: 'Blue key', until: null, holder: 'Asha Fiction' },
  at: new Date('2026-11-21T09:04:00.000Z'),
}
const changes = ['added', 'renamed', 'suspended', 'reinstated', 'revoked', 'expired', 'expiry-set'] as const
const reasons = [null, 'lost', 'stolen', 'desk', 'model', 'copied', 'removed', 'left', 'constructor']
const all = changes.flatMap((change) => reasons.map((reason) => wordsFor({ ...told, change, reason })))

describe('the letter about a change', () => {
  it('says what happened, to which, when, and what to do', () => {
    assert.deepEqual(wordsFor(told), {
      subject: 'A new way to log in was set up',
      text: [
        'Hello Asha Fiction,',
        'A new way to log in was set up for you: Blue key',
        'When: 9:04am on Saturday 21 November 2026 (UK time)',
        'If this was you, you do not need to do anything.',
        'If you did not expect this, call the desk now. Use the number that you always use. Tell them about this email.',
        'This email needs no answer, and has no links for you to follow.',
        'Fobwatch\n',
      ].join('\n\n'),
    })
  })

  it('says until when a way to log in works, if it has an end', () => {
    const until = new Date('2027-01-31T17:00:00.000Z')
    const ends = wordsFor({ ...told, change: 'expiry-set', until }).text
    assert.match(ends, /works until 5:00pm on Sunday 31 January 2027: Blue key\n/)
    assert.match(wordsFor({ ...told, change: 'expiry-set' }).text, /has no end date any more: Blue key\n/)
  })

  it('says why where that helps, and never repeats a reason that it does not know', () => {
    assert.match(wordsFor({ ...told, change: 'suspended', reason: 'lost' }).text, /Why: It was reported as lost\./)
    for (const reason of ['constructor', 'removed', null])
      assert.doesNotMatch(wordsFor({ ...told, change: 'revoked', reason }).text, /Why:/)
  })

  it('says of a pause that nobody can log in with it meanwhile, and what to do', () => {
    const { text } = wordsFor({ ...told, change: 'suspended', reason: 'lost' })
    assert.match(
      text,
      /\nNobody can log in with it while it is paused\. Use another way to log in\. If you have none, ask/,
    )
  })

  it('has no link in it, nor the name of anything secret, nor the name in its subject', () => {
    for (const { subject, text } of all) {
      assert.doesNotMatch(text, /:\/\/|www\.|@|\bPIN\b|\bcode\b|password/i)
      assert.ok(!subject.includes('Blue key'))
      assert.match(text, /call the desk now/)
    }
  })

  it('has a subject of its own for each change', () => {
    assert.equal(new Set(all.map(({ subject }) => subject)).size, changes.length)
  })

  it('tells the time as a clock in the United Kingdom shows it, in summer too', () => {
    assert.equal(momentWords(new Date('2026-06-30T23:30:00.000Z')), '12:30am on Wednesday 1 July 2026')
    assert.equal(momentWords(new Date('2026-12-01T12:05:00.000Z')), '12:05pm on Tuesday 1 December 2026')
  })
})
