import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { runService, startInstance } from '../instances.testing.ts'
import { startService } from '../service.testing.ts'
import { readScrape, valueIn } from './scrape.testing.ts'

/** A port that was free a moment ago. */
const freePort = async (): Promise<number> => {
  const { promise, resolve } = Promise.withResolvers<number>()
  const server = createServer().listen(0, '127.0.0.1', () => {
    const address = server.address()
    server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
  })
  return promise
}

const scrape = (port: number) => fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close' } })

describe('metrics of several processes on one machine', () => {
  let service: Awaited<ReturnType<typeof startService>>
  before(async () => {
    service = await startService()
  })
  after(() => service.close())

  it('are told while a worker starts, by those that have begun', async () => {
    const port = await freePort()
    const instance = await startInstance(service, {
      ...{ FOBWATCH_WORKERS: '2', FOBWATCH_METRICS_PORT: String(port), FOBWATCH_DRAIN_SECONDS: '0' },
    })
    try {
      const { pid } = await instance.says(/^Server listening at/, 2)
      let isStarting = true
      process.kill(pid, 'SIGKILL')
      await instance.says(/^a worker ended by itself$/)
      const started = instance.says(/^Server listening at/, 3).finally(() => (isStarting = false))
      while (isStarting) {
        const answer = await scrape(port)
        assert.deepEqual([answer.status, valueIn(readScrape(await answer.text()), 'fobwatch_database_up')], [200, 1])
      }
      await started
    } finally {
      assert.equal(await instance.end('SIGTERM'), 0)
    }
  })

  for (const workers of ['1', '2'])
    it(`end a service of ${workers} that cannot serve them, with a sentence`, async () => {
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      const { port } = other.address() as AddressInfo
      const { code, said } = await runService(service, {
        FOBWATCH_WORKERS: workers,
        FOBWATCH_METRICS_PORT: String(port),
      })
      other.close()
      const why = 'the port is taken by another program. Give another one by FOBWATCH_METRICS_PORT.'
      assert.deepEqual([code, said], [1, `Metrics cannot be served at 127.0.0.1:${port}: ${why}\n`])
    })

  it('count on when workers end: what is counted never becomes less', async () => {
    const port = await freePort()
    const instance = await startInstance(service, {
      ...{ FOBWATCH_WORKERS: '2', FOBWATCH_METRICS_PORT: String(port), FOBWATCH_DRAIN_SECONDS: '0' },
    })
    try {
      await instance.says(/^Server listening at/, 2)
      const ask = () => fetch(`http://127.0.0.1:${instance.port}/jwks`, { headers: { connection: 'close' } })
      const counted = async () =>
        valueIn(readScrape(await (await scrape(port)).text()), 'fobwatch_http_request_duration_seconds_count', {
          route: '/jwks',
          status: '2xx',
        })
      for (const end of [1, 2]) {
        for (let count = 0; count < 6; count += 1) assert.equal((await ask()).status, 200)
        assert.deepEqual([await counted(), await counted()], [6 * end, 6 * end])
        const { pid } = await instance.says(/^Server listening at/, end)
        process.kill(pid, 'SIGKILL')
        await instance.says(/^Server listening at/, 2 + end)
        assert.deepEqual(await Promise.all([counted(), counted()]), [6 * end, 6 * end])
      }
    } finally {
      assert.equal(await instance.end('SIGTERM'), 0)
    }
  })

  it('are gathered by the first one, as one machine’s', async () => {
    const port = await freePort()
    const instance = await startInstance(service, {
      ...{ FOBWATCH_WORKERS: '2', FOBWATCH_METRICS_PORT: String(port), FOBWATCH_DRAIN_SECONDS: '0' },
    })
    try {
      await instance.says(/^Server listening at/, 2)
      const ask = () => fetch(`http://127.0.0.1:${instance.port}/jwks`, { headers: { connection: 'close' } })
      for (let count = 0; count < 6; count += 1) assert.equal((await ask()).status, 200)
      const answer = await scrape(port)
      assert.equal(answer.status, 200)
      const samples = readScrape(await answer.text())
      const route = { route: '/jwks', status: '2xx' }
      assert.equal(valueIn(samples, 'fobwatch_http_request_duration_seconds_count', route), 6)
      assert.equal(valueIn(samples, 'fobwatch_database_up'), 1)
      assert.equal(valueIn(samples, 'fobwatch_job_period_seconds', { job: 'seal the audit log' }), 1)
    } finally {
      assert.equal(await instance.end('SIGTERM'), 0)
    }
  })
})
