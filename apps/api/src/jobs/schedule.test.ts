import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openStore, type Store } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
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

  const instance = () => createJobs({ store, onFailure: (job) => void failures.push(job) })
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

  it('tell of a failure, and end nothing else by it', async () => {
    const failing = job('failing', () => Promise.reject(new Error('no')), { atStart: true })
    const throwing = job('throwing', () => assert.fail(), { atStart: true, everywhere: true })
    await instance().start([failing, throwing])()
    assert.deepEqual(failures.sort(), ['failing', 'throwing'])
  })
})
