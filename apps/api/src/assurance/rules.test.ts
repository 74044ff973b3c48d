import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Level } from './evidence.ts'
import { amrOf, assess, atMost, toLevel } from './rules.ts'

describe('how sure an authenticator makes us', () => {
  const evidence = { userVerified: true, backupEligible: false, kind: 'security-key' as const }

  it('is a standard check for a passkey that can be copied, said in the words of its kind', () => {
    const reasonFor = (kind: Parameters<typeof assess>[0]['kind']) =>
      assess({ ...evidence, backupEligible: true, kind })
    assert.deepEqual(reasonFor('phone'), {
      level: 2,
      reasons: ['this phone can copy its passkey to your other devices'],
    })
    assert.deepEqual(reasonFor('passkey').reasons, ['its app can copy its passkey to your other devices'])
    assert.deepEqual(reasonFor('security-key').reasons, ['this key can copy its passkey to your other devices'])
  })

  it('is a standard check for one that stays where it is, as long as no maker can be confirmed', () => {
    assert.deepEqual(assess(evidence), { level: 2, reasons: ['we could not confirm the maker'] })
  })

  it('is less than that when the device did not check who used it', () => {
    assert.equal(assess({ ...evidence, userVerified: false }).level, 1)
    assert.equal(assess({ ...evidence, userVerified: false, backupEligible: true }).level, 1)
  })

  it('names one reason, which reads on after "because"', () => {
    for (const userVerified of [true, false])
      for (const backupEligible of [true, false])
        for (const kind of ['phone', 'tablet', 'computer', 'security-key', 'smartcard', 'passkey'] as const) {
          const { reasons } = assess({ userVerified, backupEligible, kind })
          assert.equal(reasons.length, 1)
          assert.match(reasons[0] ?? '', /^[a-z][^.]+$/)
        }
  })

  it('line 25: never exceeds the session that added it', () => {
    const levels: Level[] = [1, 2, 3]
    for (const level of levels)
      for (const cap of levels) {
        const capped = atMost({ level, reasons: ['its own'] }, cap)
        assert.equal(capped.level, Math.min(level, cap))
        assert.deepEqual(capped.reasons, level <= cap ? ['its own'] : ['you added it after a lower check'])
      }
  })

  it('takes a stored level for what it is, and anything else for the lowest', () => {
    assert.deepEqual([0, 1, 2, 3, 4, Number.NaN].map(toLevel), [1, 1, 2, 3, 1, 1])
  })
})

describe('the methods of an assertion', () => {
  it('say what was really done', () => {
    assert.deepEqual(amrOf({ userPresent: true, userVerified: true }), ['pop', 'user', 'mfa'])
    assert.deepEqual(amrOf({ userPresent: true, userVerified: false }), ['pop', 'user'])
    assert.deepEqual(amrOf({ userPresent: false, userVerified: false }), ['pop'])
  })
})
