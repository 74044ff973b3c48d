import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { freshFor, keepReady } from './keep-ready.ts'

const begin = () => {
  let now = 0
  let fetched = 0
  const ready = keepReady(
    async () => ++fetched,
    () => now,
  )
  const pass = (ms: number) => {
    now += ms
  }
  return { ready, fetched: () => fetched, pass }
}

describe('a challenge kept ready', () => {
  it('is fetched once and given as often as it is asked for while it is fresh', async () => {
    const { ready, fetched, pass } = begin()
    await ready.take()
    pass(freshFor - 1)
    assert.equal(await ready.take(), 1)
    assert.equal(fetched(), 1)
  })
  it('is fetched anew when the browser could wait for it longer than the server keeps it', async () => {
    const { ready, pass } = begin()
    await ready.take()
    pass(freshFor)
    assert.equal(await ready.take(), 2)
  })
  it('is never given again once it is used up', async () => {
    const { ready } = begin()
    await ready.take()
    ready.spend()
    assert.equal(await ready.take(), 2)
  })
  it('is fetched once for two who ask at the same time', async () => {
    const { ready } = begin()
    assert.deepEqual(await Promise.all([ready.take(), ready.take()]), [1, 1])
  })
  it('is asked for again after a failure', async () => {
    let fails = true
    const ready = keepReady(async () => {
      if (fails) throw new Error('offline')
      return 'challenge'
    })
    await assert.rejects(ready.take(), /offline/)
    fails = false
    assert.equal(await ready.take(), 'challenge')
  })
})
