import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { RequestOptions } from '@fobwatch/contracts'
import { openTracing } from '#tracing'
import { createLog } from '../log.ts'
import { arrive } from '../oidc/code-flow.testing.ts'
import { addPerson, enrol, issuer, registerClient, startService } from '../service.testing.ts'
import { attributeOf, type SentSpan, startCollector } from './collector.testing.ts'

const outer = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }

/** Logs somebody in while it is followed. @returns what the collector was sent, and what the log says */
const logIn = async ({ share = 1, trustParent = false }) => {
  const collector = await startCollector()
  const failures: unknown[] = []
  const tracing = await openTracing({
    ...{ endpoint: collector.endpoint, share, trustParent, version: '1.2.3' },
    onFailure: (error) => failures.push(error),
  })
  const lines: { msg: string; route?: string; traceId?: string; reqId?: string }[] = []
  const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line)) })
  const service = await startService({ tracing, log })
  await registerClient(service)
  const person = await addPerson(service)
  const { device, enrolled } = await enrol(service, person.id)
  const browser = service.browser()
  const interaction = await arrive(browser)
  const options = (await browser.postJson(`/sign-in/${interaction}/options`, {})).json<RequestOptions>()
  const response = device.authenticate(options, { origin: issuer })
  assert.equal((await browser.postJson(`/sign-in/${interaction}/assertion`, { response })).status, 200)
  await service.app.inject({ method: 'GET', url: '/jwks?code=very-secret', headers: outer })
  const refused = await service.app.inject({ method: 'GET', url: '/api/session', headers: { host: 'localhost:3000' } })
  assert.equal((await service.app.inject('/health/ready')).statusCode, 200)
  await service.close()
  collector.close()
  assert.deepEqual(failures, [])
  return { collector, lines, person, enrolled, interaction, device, browser, refused: refused.statusCode }
}

const named = (spans: readonly SentSpan[], name: string): SentSpan => {
  const [span, ...more] = spans.filter((each) => each.name === name)
  assert.ok(span && more.length === 0, `${more.length + (span ? 1 : 0)} of ${name}`)
  return span
}

describe('traces', () => {
  it('follow a log in from the request by its verb to each statement, by name', async () => {
    const { collector, lines, refused } = await logIn({})
    const spans = collector.spans()
    const request = named(spans, 'POST /sign-in/:interaction/assertion')
    assert.equal(request.parentSpanId ?? '', '')
    assert.equal(attributeOf(request, 'http.response.status_code'), 200)
    assert.equal(attributeOf(request, 'http.route'), '/sign-in/:interaction/assertion')
    const inside = spans.filter(({ traceId }) => traceId === request.traceId)
    const verb = named(inside, 'Logs in whoever answered it.')
    assert.equal(verb.parentSpanId, request.spanId)
    const statements = inside.filter((span) => attributeOf(span, 'db.system.name') === 'postgresql')
    assert.ok(statements.some(({ name }) => name.includes('webauthn:spend-challenge, authenticators:find-credential')))
    assert.ok(statements.some(({ name }) => name.includes('sessions:open-first, audit:add-event')))
    for (const { parentSpanId } of statements) assert.equal(parentSpanId, verb.spanId)

    assert.ok(!spans.some(({ name }) => name.includes('/health/')), 'a probe')
    // The protocol's own endpoints, which a library serves.
    const authorize = named(spans, 'GET /authorize')
    const library = spans.filter(({ parentSpanId }) => parentSpanId === authorize.spanId).map(({ name }) => name)
    assert.ok(library.length > 0)

    const line = lines.find(({ msg, route }) => msg === 'answered' && route === '/sign-in/:interaction/assertion')
    assert.equal(line?.traceId, request.traceId)
    assert.equal(attributeOf(request, 'fobwatch.request_id'), line?.reqId)

    const failed = named(spans, 'GET /api/session')
    assert.equal(attributeOf(failed, 'http.response.status_code'), refused)
    assert.match(collector.asked[0] ?? '', /^POST \/v1\/traces application\/json/)
    const words = JSON.stringify(collector.resources()[0])
    for (const each of ['"fobwatch"', '"1.2.3"']) assert.ok(words.includes(each))
  })

  it('hold nobody, no secret, and nothing that was asked for', async () => {
    const { collector, person, enrolled, interaction, device, browser } = await logIn({})
    const sent = collector.text()
    const cookie = browser.cookieHeader(issuer).split('=')[1]?.split(';')[0] ?? ''
    assert.ok(cookie.length > 20)
    const secrets = [interaction, cookie, device.credentials()[0]?.id ?? '', 'very-secret', 'code=']
    for (const each of [person.id, person.staffId, enrolled.id, 'Asha', '127.0.0.1', ...secrets])
      assert.ok(!sent.includes(each), each)
  })

  it('heed whoever asks only where they are told to', async () => {
    const alone = named((await logIn({})).collector.spans(), 'GET /jwks')
    assert.notEqual(alone.traceId, 'a'.repeat(32))
    const { collector } = await logIn({ share: 0, trustParent: true })
    const below = named(collector.spans(), 'GET /jwks')
    assert.deepEqual([below.traceId, below.parentSpanId], ['a'.repeat(32), 'b'.repeat(16)])
  })

  it('are of no request that was left out, nor in its log', async () => {
    const { collector, lines } = await logIn({ share: 0 })
    assert.deepEqual(collector.spans(), [])
    assert.ok(lines.every(({ traceId }) => traceId === undefined))
  })

  it('keep nothing waiting when the collector takes none, and say so', async () => {
    const collector = await startCollector(400)
    const failures: unknown[] = []
    const tracing = await openTracing({
      ...{ endpoint: `${collector.endpoint}/`, share: 1, trustParent: false, version: '1.2.3' },
      onFailure: (error) => failures.push(error),
    })
    assert.equal(await tracing.begin('deliver', () => tracing.asking('call', {}, async () => 7)), 7)
    await assert.rejects(
      tracing.begin('deliver', () => Promise.reject(new TypeError('to asha@example.org'))),
      TypeError,
    )
    await tracing.close()
    collector.close()
    assert.equal(failures.length, 1)
    assert.deepEqual(
      collector.spans().map((span) => [span.name, span.status.code ?? 0, attributeOf(span, 'error.type')]),
      [
        ['call', 0, undefined],
        ['deliver', 0, undefined],
        ['deliver', 2, 'TypeError'],
      ],
    )
    assert.ok(!collector.text().includes('asha'))
  })

  it('and metrics load nothing where nobody asked for them', async () => {
    const app = new URL('../serve.ts', import.meta.url).href
    const program = `
      import { registerHooks } from 'node:module'
      const found = []
      registerHooks({ resolve: (name, context, next) => {
        if (/^(@opentelemetry|prom-client)/.test(name)) found.push(name)
        return next(name, context)
      } })
      await import(${JSON.stringify(app)})
      process.stdout.write(JSON.stringify(found))`
    const cwd = fileURLToPath(new URL('../..', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { cwd })
    assert.equal(stdout, '[]')
  })
})
