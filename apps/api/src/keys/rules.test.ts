import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cacheSeconds, currentOf, dueAt, isPublished, longestTokenSeconds, publishedUntil } from './rules.ts'

const rotation = { days: 90, leadHours: 48, longestTokenSeconds: longestTokenSeconds(720) }
const at = (text: string) => new Date(`${text}Z`)
const key = (signsFrom: Date, more = {}) => ({
  signsFrom,
  signsUntil: null,
  publishedUntil: null,
  revokedAt: null,
  ...more,
})

describe('the next signing key', () => {
  const last = key(at('2026-01-01T00:00'))

  for (const [now, signsFrom] of [
    ['2026-01-01T00:00', undefined],
    ['2026-03-29T23:59', undefined],
    ['2026-03-30T00:00', '2026-04-01T00:00'],
    ['2026-04-05T12:00', '2026-04-07T12:00'],
  ] as const)
    it(`is ${signsFrom ? `made to sign from ${signsFrom}` : 'not made'} where the last signs since January and it is ${now}`, () => {
      assert.deepEqual(dueAt(last, at(now), rotation), signsFrom && at(signsFrom))
    })

  it('is not made while the last one has yet to begin', () => {
    assert.equal(dueAt(key(at('2027-01-01T00:00')), at('2026-12-31T00:00'), rotation), undefined)
    assert.equal(dueAt(key(at('2027-01-01T00:00')), at('2026-12-31T00:00'), { ...rotation, days: 1 }), undefined)
  })

  it('is always published for its lead, however short the days', () => {
    for (const days of [7, 30, 730])
      for (const leadHours of [1, 120]) {
        const now = new Date(last.signsFrom.getTime() + days * 86_400_000 + 1)
        const signsFrom = dueAt(last, now, { ...rotation, days, leadHours })
        assert.ok(signsFrom && signsFrom.getTime() - now.getTime() >= leadHours * 3_600_000)
        assert.ok(leadHours * 3600 > cacheSeconds)
      }
  })
})

describe('a signing key that had its time', () => {
  it('is published for as long as its last token may be shown, and five minutes for clocks', () => {
    assert.deepEqual(publishedUntil(at('2026-04-01T00:00'), rotation), at('2026-04-01T12:05'))
  })

  it('is published for the longest access token at least, where sessions are shorter', () => {
    const short = { ...rotation, longestTokenSeconds: longestTokenSeconds(1) }
    assert.deepEqual(publishedUntil(at('2026-04-01T00:00'), short), at('2026-04-01T01:05'))
  })

  it('is published until that moment, and not at it', () => {
    const old = key(at('2026-01-01T00:00'), { publishedUntil: at('2026-04-01T12:05') })
    assert.ok(isPublished(old, at('2026-04-01T12:04')))
    assert.ok(!isPublished(old, at('2026-04-01T12:05')))
    assert.ok(isPublished(key(at('2026-01-01T00:00')), at('2099-01-01T00:00')))
  })
})

describe('the key that signs', () => {
  const [first, second, third] = ['2026-01-01', '2026-04-01', '2026-07-01'].map((day) => key(at(`${day}T00:00`)))

  it('is the last that began, in whatever order they come', () => {
    assert.ok(first && second && third)
    for (const keys of [
      [first, second, third],
      [third, first, second],
    ]) {
      assert.equal(currentOf(keys, at('2026-03-31T23:59')), first)
      assert.equal(currentOf(keys, at('2026-04-01T00:00')), second)
      assert.equal(currentOf(keys, at('2030-01-01T00:00')), third)
    }
  })

  it('is the first that will, where a clock is behind and none has begun', () => {
    assert.ok(second && third)
    assert.equal(currentOf([third, second], at('2026-03-31T23:59')), second)
    assert.equal(currentOf([], at('2026-03-31T23:59')), undefined)
  })
})
