import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { statement } from '@fobwatch/store'
import { type Instance, startInstance } from './instances.testing.ts'
import { authorizeUrl } from './oidc/code-flow.testing.ts'
import { addSignedIn, issuer, registerClient, sql, startService, ward } from './service.testing.ts'
import { startReceiver } from './sessions/telling/receiver.testing.ts'

describe('a service that is told to end', () => {
  let witness: Awaited<ReturnType<typeof startService>>
  let instance: Instance | undefined
  before(async () => {
    witness = await startService()
  })
  after(async () => {
    instance?.child.kill('SIGKILL')
    await witness.close()
  })

  const start = async (environment: Record<string, string> = {}): Promise<Instance> => {
    const one = { FOBWATCH_WORKERS: '1', FOBWATCH_DRAIN_SECONDS: '0' }
    instance = await startInstance(witness, { ...one, ...environment })
    return instance
  }
  /** Holds a table while something is done; whoever needs it waits. */
  const whileHeld = (table: string, work: () => Promise<void>): Promise<void> =>
    witness.store.inTransaction(async (tx) => {
      await witness.store.run(statement<[]>('', `lock table ${table} in access exclusive mode`), [], tx)
      await work()
    })
  const untilWaited = async (table: string): Promise<void> => {
    const waiting = `select from pg_locks where relation = '${table}'::regclass and not granted`
    while ((await sql(witness, waiting)).length === 0) await delay(20)
  }

  it('ends with 1 past its deadline, whatever is under way, and says so', async () => {
    const { port, end, says } = await start({ FOBWATCH_STOP_SECONDS: '1' })
    await whileHeld('session', async () => {
      const headers = { cookie: 'fobwatch_session=unknown' }
      const cut = assert.rejects(fetch(`http://127.0.0.1:${port}/api/session`, { headers }))
      await untilWaited('session')
      assert.equal(await end('SIGTERM'), 1)
      await cut
    })
    assert.equal((await says(/^what was under way did not end in time$/))['underWay'], 1)
  })

  it('finishes a job that is under way', async () => {
    const done = () => sql<{ at: Date }>(witness, `select started_at as at from job_run where name = 'count sign-ins'`)
    const before = await done()
    let ended: Promise<number | null> | undefined
    await whileHeld('sign_in_counted', async () => {
      const { end, says } = await start()
      await untilWaited('sign_in_counted')
      ended = end('SIGTERM')
      await says(/^closing$/)
      assert.deepEqual(await done(), before)
    })
    assert.equal(await ended, 0)
    assert.notDeepEqual(await done(), before)
  })

  it('finishes telling an application that is being told', async () => {
    const { promise: asked, resolve: hear } = Promise.withResolvers<ServerResponse>()
    const receiver = await startReceiver()
    receiver.answers(hear)
    await registerClient(witness, { ...ward, metadata: { ...ward.metadata, backchannel_logout_uri: receiver.address } })
    const { browser } = await addSignedIn(witness)
    await browser.follow(authorizeUrl(), { until: 'another-origin' })
    const headers = { cookie: browser.cookieHeader(`${issuer}/`) }
    await witness.app.inject({ method: 'DELETE', url: '/api/session', headers })

    const { end, says } = await start({ FOBWATCH_OUTBOUND_ALLOWED: '127.0.0.1' })
    const answer = await asked
    const ended = end('SIGTERM')
    await says(/^closing$/)
    answer.writeHead(200).end()
    assert.equal(await ended, 0)
    const facts = await sql<{ told: boolean; attempts: number }>(
      witness,
      `select delivered_at is not null as told, attempts from outbox where kind = 'session-ended'`,
    )
    assert.deepEqual(facts, [{ told: true, attempts: 1 }])
    await receiver.stop()
  })
})
