import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openStore, type Store } from '@fobwatch/store'
import { createTestDatabase, fakeClock, type TestDatabase } from '@fobwatch/testkit'
import { createJobs, type Job } from './index.ts'

describe('jobs', () => {
  let database: TestDatabase
  let store: Store
  const failures: string[] = []
  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const clock = fakeClock('2026-11-25T09:00:00Z')
  const instance = () => createJobs({ store, now: () => clock.now(), onFailure: (job) => void failures.push(job) })
  const job = (name: string, run: Job['run'], more: Partial<Job> = {}): Job => ({
    name,
    everySeconds: 3600,
    run,
    ...more,
  })

  /** Starts a job at several instances, and holds each run until all have been begun that will be. */
  const runsAtStart = async (more: Partial<Job>): Promise<number> => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    let runs = 0
    const run = () => {
      runs += 1
      return held
    }
    const stops = [1, 2, 3].map(() => instance().start([job('the same', run, more)]))
    await store.ping()
    letGo()
    await Promise.all(stops.map((stop) => stop()))
    return runs
  }

  it('wait for their time, unless they are to be done at the start besides', async () => {
    assert.equal(await runsAtStart({}), 0)
    assert.ok((await runsAtStart({ atStart: true })) >= 1)
  })

  it('are done by every instance for itself where that is asked', async () => {
    assert.equal(await runsAtStart({ atStart: true, everywhere: true }), 3)
  })

  it('are done once in a period by all instances together where that is asked', async (test) => {
    test.mock.timers.enable({ apis: ['setInterval'] })
    let runs = 0
    const run = async () => {
      runs += 1
    }
    const start = () => instance().start([job('refresh', run, { once: true })])
    /** An hour goes by at each instance, one after the other. */
    const hourLater = async () => {
      clock.advance({ hours: 1 })
      for (const _instance of [1, 2]) {
        const stop = start()
        test.mock.timers.tick(3_600_000)
        await stop()
      }
    }
    await hourLater()
    assert.equal(runs, 1)
    clock.advance({ minutes: 30 })
    const stop = start()
    test.mock.timers.tick(3_600_000)
    await stop()
    assert.equal(runs, 1, 'half an hour after another instance')
    await hourLater()
    assert.equal(runs, 2)
  })

  it('do not wait for a time to come round again that a clock was set back from', async (test) => {
    test.mock.timers.enable({ apis: ['setInterval'] })
    let runs = 0
    const run = async () => {
      runs += 1
    }
    for (const hours of [10, -11, 1]) {
      clock.advance({ hours })
      const stop = instance().start([job('by the clock', run, { once: true })])
      test.mock.timers.tick(3_600_000)
      await stop()
    }
    assert.equal(runs, 3)
  })

  it('that failed are done by the next instance whose time comes', async (test) => {
    test.mock.timers.enable({ apis: ['setInterval'] })
    let runs = 0
    const failFirst = async () => {
      runs += 1
      if (runs === 1) throw new Error('no')
    }
    for (const _instance of [1, 2, 3]) {
      const stop = instance().start([job('fetch', failFirst, { once: true })])
      test.mock.timers.tick(3_600_000)
      await stop()
    }
    assert.equal(runs, 2)
    assert.deepEqual(failures.splice(0), ['fetch'])
  })

  it('take one connection of their instance for their locks, however many come at once', async () => {
    const narrow = openStore({ url: database.url, maxConnections: 2 })
    const onFailure = (job: string) => void failures.push(job)
    let runs = 0
    const ask = async () => {
      await narrow.ping()
      runs += 1
    }
    const atOnce = ['one', 'two', 'three', 'four'].map((name) => job(name, ask, { atStart: true }))
    await createJobs({ store: narrow, now: () => clock.now(), onFailure }).start(atOnce)()
    await narrow.close()
    assert.deepEqual([runs, failures.splice(0)], [4, []])
  })

  it('are passed over while their last run is under way', async (test) => {
    test.mock.timers.enable({ apis: ['setInterval'] })
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    let runs = 0
    const run = () => {
      runs += 1
      return held
    }
    const stop = instance().start([job('slow', run, { atStart: true, everywhere: true })])
    test.mock.timers.tick(3_600_000)
    letGo()
    await stop()
    assert.equal(runs, 1)
  })

  it('tell of a failure, and end nothing else by it', async () => {
    const failing = job('failing', () => Promise.reject(new Error('no')), { atStart: true })
    const throwing = job('throwing', () => assert.fail(), { atStart: true, everywhere: true })
    await instance().start([failing, throwing])()
    assert.deepEqual(failures.sort(), ['failing', 'throwing'])
  })
})
