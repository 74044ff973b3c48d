import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { startService, type TestService } from '../service.testing.ts'
import { registerHealth, type WhyNot } from './health.ts'

describe('health', () => {
  let service: TestService
  before(async () => {
    service = await startService()
  })
  after(() => service.close())

  const ask = async (app: FastifyInstance, url: string) => {
    const answer = await app.inject(url)
    return { status: answer.statusCode, body: answer.json(), cached: answer.headers['cache-control'] }
  }

  it('is live and ready once the service has started, for anyone who asks', async () => {
    assert.deepEqual(await ask(service.app, '/health/live'), {
      status: 200,
      body: { status: 'live' },
      cached: 'no-store',
    })
    assert.deepEqual(await ask(service.app, '/health/ready'), {
      status: 200,
      body: { status: 'ready' },
      cached: 'no-store',
    })
  })

  it('is live and not ready while something is away, and says what', async () => {
    const app = Fastify()
    const away: WhyNot = { because: 'database-away', reason: 'The database does not answer.' }
    let why: WhyNot | undefined = away
    registerHealth(app, async () => why)
    assert.equal((await ask(app, '/health/live')).status, 200)
    assert.deepEqual(await ask(app, '/health/ready'), {
      status: 503,
      body: { status: 'not-ready', ...away },
      cached: 'no-store',
    })
    why = undefined
    assert.equal((await ask(app, '/health/ready')).status, 200)
    await app.close()
  })
})
