import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { isUnavailable } from '@fobwatch/store'
import { type FakeClock, fakeClock } from '@fobwatch/testkit'
import Fastify, { type FastifyInstance } from 'fastify'
import { asOwner, sql, startService } from '../service.testing.ts'
import { registerHealth, type WhyNot } from './health.ts'

describe('health', () => {
  let service: Awaited<ReturnType<typeof startService>>
  let clock: FakeClock
  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
  })
  after(() => service.close())

  const ask = async (app: FastifyInstance, url: string) => {
    const answer = await app.inject(url)
    return { status: answer.statusCode, body: answer.json(), cached: answer.headers['cache-control'] }
  }

  const whyNot = async () => {
    const { status, body } = await ask(service.app, '/health/ready')
    return [status, body.because, body.reason]
  }
  /** All connections end, this one last, and the next ones know what was set. */
  const setDatabase = async (what: string) => {
    await asOwner(
      service,
      'set transaction read write',
      `alter database ${new URL(service.url).pathname.slice(1)} ${what}`,
    )
    const ended = asOwner(
      service,
      `select pg_terminate_backend(pid) from (select pid from pg_stat_activity
       where datname = current_database() order by pid = pg_backend_pid()) connection`,
    )
    await assert.rejects(ended, isUnavailable)
  }

  it('is not ready for what is true, and ready again by itself', async () => {
    // A good answer is good for a moment, so that they come one after the other with none between them.
    const [last] = await sql<{ name: string }>(
      service,
      'select max(migration_name) as name from _prisma_migrations where finished_at is not null',
    )
    const rename = (from: string, to: string) =>
      asOwner(service, `update _prisma_migrations set migration_name = '${to}' where migration_name = '${from}'`)
    await rename(last?.name ?? '', 'another')
    assert.deepEqual(await whyNot(), [503, 'database-behind', 'The database lacks a migration.'])
    await rename('another', last?.name ?? '')

    await setDatabase('set default_transaction_read_only = on')
    assert.deepEqual(await whyNot(), [503, 'database-read-only', 'The database can only be read.'])
    await setDatabase('reset default_transaction_read_only')

    for (const minutes of [2, -4]) {
      clock.advance({ minutes })
      assert.deepEqual(await whyNot(), [
        503,
        'clock-off',
        'The clock differs from that of the database by more than a minute.',
      ])
    }
    clock.advance({ minutes: 2 })

    await asOwner(service, 'create table kept_key as table signing_key', 'delete from signing_key')
    await service.rooms.keys.look()
    assert.deepEqual(await whyNot(), [503, 'no-signing-keys', 'There is no key to sign with.'])
    await asOwner(service, 'insert into signing_key table kept_key')
    await service.rooms.keys.look()
    assert.equal((await ask(service.app, '/health/ready')).status, 200)
  })

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

  it('is live and not ready while it stops', async () => {
    service.traffic.letGo({ unready: true })
    assert.deepEqual(await whyNot(), [503, 'stopping', 'This instance is stopping.'])
    assert.equal((await ask(service.app, '/health/live')).status, 200)
  })
})
