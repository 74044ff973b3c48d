import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { fakeClock } from '@fobwatch/testkit'
import { knownBrowsers } from './known-browsers.ts'

describe('a browser that was logged in with', () => {
  let clock = fakeClock('2026-11-26T09:00:00.000Z')
  let browsers: ReturnType<typeof knownBrowsers>
  beforeEach(() => {
    clock = fakeClock('2026-11-26T09:00:00.000Z')
    browsers = knownBrowsers({ key: Buffer.alloc(32, 1), now: clock.now })
  })
  const keptOf = (person: string) => browsers.renew(undefined, person) ?? ''

  it('line 39: is known by its person, however many of them somebody has', () => {
    const id = browsers.idOf(keptOf('one'))
    assert.ok(id && !id.includes('one'))
    for (let each = 0; each < 10; each += 1) {
      clock.advance({ hours: 24 })
      assert.equal(browsers.idOf(keptOf('one')), id)
    }
    assert.notEqual(browsers.idOf(keptOf('other')), id)
  })

  it('is that of whoever logged in last, and is told again once in 30 days', () => {
    const kept = keptOf('one')
    assert.equal(browsers.renew(kept, 'one'), undefined)
    assert.equal(browsers.idOf(browsers.renew(kept, 'other')), browsers.idOf(keptOf('other')))
    clock.advance({ hours: 24 * 30 })
    assert.ok(browsers.renew(kept, 'one'))
  })

  it('is known for 400 days', () => {
    const kept = keptOf('one')
    clock.advance({ hours: 24 * 399 })
    assert.ok(browsers.idOf(kept))
    clock.advance({ hours: 24 })
    assert.equal(browsers.idOf(kept), undefined)
  })

  it('is not known by what somebody made up', () => {
    const [mark = '', day = '', proof = ''] = keptOf('one').split('.')
    const later = String(Number(day) + 1)
    for (const made of [
      '',
      '.',
      '..',
      'x',
      `${mark}.${later}.${proof}`,
      `x.${day}.${proof}`,
      `${mark}.${day}`,
      `${mark}.x.${proof}`,
    ])
      assert.equal(browsers.idOf(made), undefined, made)
    const others = knownBrowsers({ key: Buffer.alloc(32, 2), now: clock.now })
    assert.equal(others.idOf(keptOf('one')), undefined)
  })
})
