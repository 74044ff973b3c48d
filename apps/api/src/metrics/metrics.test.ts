import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import type { AuthenticationResponse, RequestOptions } from '@fobwatch/contracts'
import { parser } from '@prometheus-io/lezer-promql'
import { parse } from 'yaml'
import { describeMetrics, listenForScrapes, type Metrics, openMetrics } from '#metrics'
import { arrive } from '../oidc/code-flow.testing.ts'
import {
  addPerson,
  assertAt,
  enrol,
  issuer,
  registerClient,
  signInHere,
  startService,
  type TestService,
} from '../service.testing.ts'
import { meanings } from './meanings.ts'
import { readScrape, type Sample, valueIn } from './scrape.testing.ts'

const own = Object.values(meanings).map(({ name }): string => name)

describe('metrics', () => {
  const asked: string[] = []
  let metrics: Metrics
  let service: Awaited<ReturnType<typeof startService>>
  before(async () => {
    metrics = await openMetrics()
    service = await startService({ metrics, onStatement: (name) => void asked.push(name) })
    await registerClient(service)
  })
  after(() => service.close())

  const scrape = async (): Promise<Sample[]> => readScrape(await metrics.text())
  /** How much a metric grew while something was done. */
  const growth = async (work: () => Promise<unknown>, name: string, labels: Record<string, string>) => {
    const past = valueIn(await scrape(), name, labels) ?? 0
    await work()
    return (valueIn(await scrape(), name, labels) ?? 0) - past
  }
  const ceremonies = 'fobwatch_ceremonies_total'

  it('count a log in by kind of device, and by both levels', async () => {
    const person = await addPerson(service)
    const { device, enrolled } = await enrol(service, person.id)
    const signIn = () => signInHere(service, device)
    const done = { ceremony: 'sign-in', outcome: 'done', kind: enrolled.kind }
    assert.equal(await growth(signIn, ceremonies, done), 1)
    assert.equal(await growth(signIn, 'fobwatch_sign_ins_total', { aal: '2', identity_level: '3' }), 1)
  })

  it('count what was refused by its code, and by kind where the device is known', async () => {
    const person = await addPerson(service)
    const { device, enrolled } = await enrol(service, person.id)
    const bad = () => assertAt(service.browser(), 'fobwatch', device, { signature: 'other-key' })
    const before = await scrape()
    const page = await bad()
    const code = page.json<{ error: string }>().error
    const after = await scrape()
    const refused = { ceremony: 'sign-in', kind: enrolled.kind }
    const grown = (labels: Record<string, string>) =>
      (valueIn(after, ceremonies, labels) ?? 0) - (valueIn(before, ceremonies, labels) ?? 0)
    assert.equal(grown(refused), 1)
    assert.equal(grown({ ...refused, outcome: code }), 1)
    assert.equal(grown({ ...refused, outcome: 'done' }), 0)
  })

  it('count a device that is set up, and a link that opens nothing', async () => {
    const person = await addPerson(service)
    const set = () => enrol(service, person.id)
    assert.equal(await growth(set, ceremonies, { ceremony: 'enrolment', outcome: 'done' }), 1)
    assert.equal(valueIn(await scrape(), 'fobwatch_refusals_total', { code: 'server_fault' }), 0)
    const unknown = () => service.browser().postJson('/api/enrolment/options', { code: 'A'.repeat(43) })
    assert.equal(await growth(unknown, 'fobwatch_refusals_total', { code: 'invitation_unknown' }), 1)
  })

  it('name a route by its pattern, and never by what was asked for', async () => {
    const browser = service.browser()
    const interaction = await arrive(browser)
    const state = () => browser.get(`${issuer}/sign-in/${interaction}/state`)
    const labels = { method: 'GET', route: '/sign-in/:interaction/state', status: '2xx' }
    assert.equal(await growth(state, 'fobwatch_http_request_duration_seconds_count', labels), 1)
    const token = () => service.app.inject({ method: 'POST', url: '/token', payload: '' })
    const answered = { method: 'POST', route: '/token', status: '4xx' }
    assert.equal(await growth(token, 'fobwatch_http_request_duration_seconds_count', answered), 1)
    assert.ok(!(await metrics.text()).includes(interaction))
  })

  it('hold nobody and no application, and nothing that came from outside', async () => {
    const person = await addPerson(service)
    const { device, enrolled } = await enrol(service, person.id)
    const browser = service.browser()
    await assertAt(browser, await arrive(browser), device)
    await service.app.inject({ method: 'GET', url: '/nowhere/secret-7', headers: { 'user-agent': 'Walrus' } })
    const text = await metrics.text()
    for (const each of [person.id, person.staffId, enrolled.id, 'ward', 'Asha', '127.0.0.1', 'secret-7', 'Walrus'])
      assert.ok(!text.includes(each), each)
  })

  it('cost a log in not one statement', async () => {
    const person = await addPerson(service)
    const { device } = await enrol(service, person.id)
    const bare = await startService({ beside: service, onStatement: (name) => void asked.push(name) })
    const askedBy = async (at: TestService) => {
      const browser = at.browser()
      const options = (await browser.postJson('/sign-in/fobwatch/options', {})).json<RequestOptions>()
      const response: AuthenticationResponse = device.authenticate(options, { origin: issuer })
      asked.length = 0
      assert.equal((await browser.postJson('/sign-in/fobwatch/assertion', { response })).status, 200)
      return [...asked]
    }
    assert.deepEqual(await askedBy(service), await askedBy(bare))
    await bare.close()
  })

  it('say what waits, what is unsealed, and when the next key is to sign', async () => {
    const samples = await scrape()
    assert.equal(valueIn(samples, 'fobwatch_database_up'), 1)
    assert.equal(valueIn(samples, 'fobwatch_database_pool_waiting'), 0)
    assert.ok((valueIn(samples, 'fobwatch_audit_unsealed_events') ?? 0) > 0)
    assert.ok((valueIn(samples, 'fobwatch_audit_unsealed_oldest_seconds') ?? 0) > 0)
    assert.ok((valueIn(samples, 'fobwatch_outbox_waiting') ?? -1) >= 0)
    const next = valueIn(samples, 'fobwatch_signing_key_rotation_seconds', { algorithm: 'ES256' }) ?? 0
    const age = valueIn(samples, 'fobwatch_signing_key_age_seconds', { algorithm: 'ES256' }) ?? -1
    assert.ok(age >= 0)
    assert.equal(Math.round(age + next), 90 * 86_400)
  })

  it('ask the database once, however many scrape at once or one after another', async () => {
    await scrape()
    asked.length = 0
    await Promise.all([scrape(), scrape(), scrape()])
    await scrape()
    assert.deepEqual(asked, [])
  })

  it('say when a job was done, and how often it is to be', async () => {
    const { stop, doErrands } = service.rooms.startJobs()
    doErrands()
    await stop()
    const samples = await scrape()
    assert.equal(valueIn(samples, 'fobwatch_job_runs_total', { job: 'rotate signing keys', outcome: 'done' }), 1)
    assert.equal(valueIn(samples, 'fobwatch_job_period_seconds', { job: 'rotate signing keys' }), 60)
    // What the alert FobwatchJobNeverDone takes from each other.
    const jobsIn = (name: string) => samples.filter((sample) => sample.name === name).map(({ labels }) => labels['job'])
    const done = new Set(jobsIn('fobwatch_job_last_success_timestamp_seconds'))
    const never = jobsIn('fobwatch_job_period_seconds').filter((job) => !done.has(job))
    assert.deepEqual([done.has('rotate signing keys'), never.includes('forget facts')], [true, true])
  })

  it('are at an address of their own, and at no other of the service', async () => {
    const server = await listenForScrapes(metrics, { host: '127.0.0.1', port: 0 })
    const address = server.address()
    const at = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
    const answer = await fetch(`${at}/metrics`)
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
    assert.ok(readScrape(await answer.text()).length > 0)
    assert.equal((await fetch(`${at}/`)).status, 404)
    assert.equal((await fetch(`${at}/metrics`, { method: 'POST' })).status, 405)
    await assert.rejects(
      listenForScrapes(metrics, { host: '127.0.0.1', port: Number(new URL(at).port) }),
      /cannot be served at/,
    )
    server.closeAllConnections()
    server.close()
    assert.ok(!(await service.app.inject('/metrics')).body.includes('fobwatch_'))
  })

  it('are all in docs/metrics.md, each with what it means', async () => {
    const page = await readFile(new URL('../../../../docs/metrics.md', import.meta.url), 'utf8')
    assert.ok(page.includes(describeMetrics()), 'write the table anew')
    const families = new Set((await metrics.text()).match(/(?<=^# TYPE )fobwatch_\S+/gm))
    assert.deepEqual([...families].toSorted(), own.toSorted())
  })

  it('are what the alert rules speak of, in words that Prometheus reads', async () => {
    const file = await readFile(new URL('../../../../docs/deploy/alerts.yml', import.meta.url), 'utf8')
    const { groups } = parse(file) as { groups: { rules: { alert: string; expr: string; annotations: object }[] }[] }
    const rules = groups.flatMap((group) => group.rules)
    assert.ok(rules.length > 10)
    const never = rules.find(({ alert }) => alert === 'FobwatchJobNeverDone')?.expr ?? ''
    assert.match(never, /job_period_seconds\)\s+unless max by \(job\) \(fobwatch_job_last_success_timestamp_seconds\)/)
    for (const { alert, expr } of rules)
      parser.parse(expr).iterate({
        enter: ({ type, name, from, to }) => {
          assert.ok(!type.isError, `${alert}: ${expr.slice(from)}`)
          if (name !== 'Identifier') return
          const metric = expr.slice(from, to)
          if (!metric.startsWith('fobwatch_')) return
          assert.ok(own.includes(metric.replace(/_bucket$/, '')), `${alert}: ${metric}`)
        },
      })
  })
})

describe('metrics of a service whose database is away', () => {
  it('say so, and leave out what only the database knows', async () => {
    const metrics = await openMetrics()
    metrics.watch({
      now: () => new Date(),
      connections: () => ({ busy: 0, idle: 0, waiting: 3 }),
      underWay: () => 0,
      limited: () => ({}),
      outbox: () => Promise.reject(new Error('away')),
      unsealed: () => Promise.reject(new Error('away')),
      keys: () => Promise.reject(new Error('away')),
      jobs: () => Promise.reject(new Error('away')),
    })
    const samples = readScrape(await metrics.text())
    assert.equal(valueIn(samples, 'fobwatch_database_up'), 0)
    assert.equal(valueIn(samples, 'fobwatch_outbox_waiting'), undefined)
    assert.equal(valueIn(samples, 'fobwatch_database_pool_waiting'), 3)
  })
})
