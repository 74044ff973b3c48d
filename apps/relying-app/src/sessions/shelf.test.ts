import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { createShelf } from './shelf.ts'

const MINUTE = 60_000
const newShelf = (most = 100) => createShelf<string>({ idleMs: 15 * MINUTE, lifeMs: 60 * MINUTE, most })

describe('the shelf', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date'] }))
  afterEach(() => mock.timers.reset())

  it('gives a thing back to whoever has its secret, and to nobody else', () => {
    const shelf = newShelf()
    const secret = shelf.put('coat')
    assert.equal(shelf.get(secret), 'coat')
    assert.equal(shelf.get(`${secret}x`), undefined)
    assert.equal(shelf.get(''), undefined)
  })

  it('gives each thing a secret of its own', () => {
    const shelf = newShelf()
    assert.notEqual(shelf.put('coat'), shelf.put('coat'))
  })

  it('gives a thing that is taken once only', () => {
    const shelf = newShelf()
    const secret = shelf.put('coat')
    assert.equal(shelf.take(secret), 'coat')
    assert.equal(shelf.take(secret), undefined)
    assert.equal(shelf.get(secret), undefined)
  })

  it('forgets what nobody used for its idle time', () => {
    const shelf = newShelf()
    const secret = shelf.put('coat')
    mock.timers.tick(14 * MINUTE)
    assert.equal(shelf.get(secret), 'coat')
    mock.timers.tick(14 * MINUTE)
    assert.equal(shelf.get(secret), 'coat')
    mock.timers.tick(15 * MINUTE)
    assert.equal(shelf.get(secret), undefined)
  })

  it('says how long a thing has, which is not to use it', () => {
    const shelf = newShelf()
    const secret = shelf.put('coat')
    mock.timers.tick(10 * MINUTE)
    assert.equal(shelf.left(secret), 5 * MINUTE)
    mock.timers.tick(5 * MINUTE)
    assert.equal(shelf.left(secret), 0)
    assert.equal(shelf.get(secret), undefined)
    assert.equal(shelf.left('no such secret'), 0)
  })

  it('forgets everything at the end of its life, however much it was used', () => {
    const shelf = newShelf()
    const secret = shelf.put('coat')
    for (let used = 0; used < 5; used += 1) {
      mock.timers.tick(10 * MINUTE)
      assert.equal(shelf.get(secret), 'coat')
    }
    mock.timers.tick(10 * MINUTE)
    assert.equal(shelf.get(secret), undefined)
  })

  it('forgets what has a part of its life behind it that much sooner, and never later', () => {
    const shelf = newShelf()
    const [short, long] = [shelf.put('hat', 5 * MINUTE), shelf.put('coat', 600 * MINUTE)]
    assert.equal(shelf.left(short), 5 * MINUTE)
    mock.timers.tick(5 * MINUTE)
    assert.equal(shelf.get(short), undefined)
    for (let used = 0; used < 5; used += 1) {
      assert.equal(shelf.get(long), 'coat')
      mock.timers.tick(11 * MINUTE)
    }
    assert.equal(shelf.get(long), undefined)
  })

  it('lets go of all that are alike, and of nothing else', () => {
    const shelf = newShelf()
    const [hat, coat, other] = [shelf.put('hat'), shelf.put('coat'), shelf.put('hat')]
    shelf.drop((item) => item === 'hat')
    assert.deepEqual([shelf.get(hat), shelf.get(coat), shelf.get(other)], [undefined, 'coat', undefined])
  })

  it('says why a thing is gone, for an hour', () => {
    const shelf = newShelf()
    const [idle, over, dropped, here] = [
      shelf.put('hat'),
      shelf.put('coat', MINUTE),
      shelf.put('cap'),
      shelf.put('scarf'),
    ]
    shelf.drop((item) => item === 'cap')
    mock.timers.tick(10 * MINUTE)
    shelf.get(here)
    mock.timers.tick(10 * MINUTE)
    const why = () => [idle, over, dropped, here, 'unknown'].map(shelf.whyOver)
    assert.deepEqual(why(), ['idle', 'life', 'dropped', undefined, undefined])
    mock.timers.tick(60 * MINUTE)
    shelf.put('glove')
    assert.deepEqual(why(), [undefined, undefined, undefined, 'idle', undefined])
  })

  it('drops the oldest when it is full', () => {
    const shelf = newShelf(2)
    const [first, second, third] = [shelf.put('hat'), shelf.put('coat'), shelf.put('scarf')]
    assert.equal(shelf.get(first), undefined)
    assert.equal(shelf.get(second), 'coat')
    assert.equal(shelf.get(third), 'scarf')
  })
})
