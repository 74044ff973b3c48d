import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Failure, LogoutTest, LogoutTestApplications } from '@fobwatch/contracts'
import type { BrowserLike } from '@fobwatch/testkit'
import {
  addPosition,
  addSignedIn,
  giveRole,
  registerClient,
  sql,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { meaningOf, verdictOn, whyNoAnswer } from './meaning.ts'
import { type Receiver, startReceiver } from './receiver.testing.ts'

const url = '/api/developers/logout-test'

describe('trying the logout of an application', () => {
  let service: TestService
  let receiver: Receiver
  let operator: Awaited<ReturnType<typeof addSignedIn>>
  before(async () => {
    service = await startService({ environment: { FOBWATCH_OUTBOUND_ALLOWED: '127.0.0.1' } })
    receiver = await startReceiver()
    const told = { ...ward.metadata, backchannel_logout_uri: receiver.address }
    await registerClient(service, { ...ward, metadata: told })
    await registerClient(service, { ...ward, id: 'deaf', name: 'Deaf', apis: [] })
    operator = await addSignedIn(service)
    const place = { code: 'ZT1', name: 'Test Hospital' }
    const position = await addPosition(service, place, { name: 'Operator', dutyCode: 'service-operator' })
    await giveRole(service, operator.person.id, position)
  })
  beforeEach(() => {
    receiver.received.length = 0
    receiver.answers((response) => response.writeHead(200).end('gone'))
  })
  after(async () => {
    await service.close()
    await receiver.stop()
  })

  const test = (browser: BrowserLike, body: object = { client: 'ward', whose: 'nobody' }) => browser.postJson(url, body)

  it('lists the applications, and which are told', async () => {
    const { applications } = (await operator.browser.get(url)).json<LogoutTestApplications>()
    assert.deepEqual(applications, [
      { id: 'deaf', name: 'Deaf', address: null },
      { id: 'ward', name: 'Ward list', address: receiver.address },
    ])
  })

  it('shows what was sent, what came back and what it means, and is recorded', async () => {
    const page = await test(operator.browser)
    assert.equal(page.status, 200, page.body)
    const { header, claims, milliseconds, ...rest } = page.json<LogoutTest>()
    assert.deepEqual(rest, {
      address: receiver.address,
      verdict: 'taken',
      meaning: 'The application accepted the log out.',
      answer: { status: 200, body: 'gone' },
    })
    assert.ok(milliseconds >= 0)
    assert.deepEqual(JSON.parse(header), receiver.received[0]?.header)
    assert.deepEqual(JSON.parse(claims), receiver.received[0]?.claims)
    assert.equal(JSON.parse(claims).sub, operator.person.staffId)
    const [event] = await sql<{ actor: string; client: string }>(
      service,
      `select actor, client from audit_event where type = 'logout-tested'`,
    )
    assert.deepEqual(event, { actor: operator.person.id, client: 'ward' })
  })

  it('names the session of whoever tries it if they wish, which lasts, or one that never was', async () => {
    await test(operator.browser, { client: 'ward', whose: 'mine' })
    await test(operator.browser)
    const [mine, nobody] = receiver.received.map(({ claims }) => claims['sid'])
    const [session] = await sql<{ id: string }>(
      service,
      'select id from session where person_id = $1',
      operator.person.id,
    )
    assert.equal(mine, session?.id)
    assert.deepEqual(await sql(service, 'select id from session where id = $1', nobody), [])
    assert.equal((await operator.browser.get('/api/session')).status, 200)
  })

  it('tells of a refusal, and of no answer, in plain words', async () => {
    receiver.answers((response) => response.writeHead(400).end('{"error":"invalid_request"}'))
    const refused = (await test(operator.browser)).json<LogoutTest>()
    assert.deepEqual([refused.verdict, refused.answer?.body], ['refused', '{"error":"invalid_request"}'])
    receiver.answers((response) => response.end('x'.repeat(5_000)))
    assert.equal((await test(operator.browser)).json<LogoutTest>().answer?.body.length, 2_000)
    await receiver.stop()
    const none = (await test(operator.browser)).json<LogoutTest>()
    await receiver.restart()
    assert.deepEqual([none.verdict, none.answer, none.meaning], ['again', null, 'Nothing listens at this address.'])
  })

  it('is done by command in nobody’s name', async () => {
    const { claims, verdict } = await service.rooms.sessions.testLogoutByCommand('ward')
    assert.deepEqual([JSON.parse(claims).sub, verdict], ['000000000000', 'taken'])
    await assert.rejects(service.rooms.sessions.testLogoutByCommand('nobody'), { code: 'not_found' })
  })

  it('refuses an application that nobody knows, one without an address, and whatever is no request', async () => {
    const answers: [object, number, string][] = [
      [{ client: 'unknown', whose: 'mine' }, 404, 'not_found'],
      [{ client: 'deaf', whose: 'mine' }, 409, 'no_logout_address'],
      [{ client: 'ward', whose: 'yours' }, 400, 'invalid_request'],
      [{ client: 'ward' }, 400, 'invalid_request'],
      [{ client: 'WARD', whose: 'mine' }, 400, 'invalid_request'],
      [{ client: 'ward', whose: 'mine', address: 'http://evil.example' }, 400, 'invalid_request'],
    ]
    for (const [body, status, error] of answers) {
      const page = await test(operator.browser, body)
      assert.deepEqual([page.status, page.json<Failure>().error], [status, error], JSON.stringify(body))
    }
    assert.deepEqual(receiver.received, [])
  })

  it('line 23: is for those whose duty it is to register applications, and for nobody else', async () => {
    const { browser } = await addSignedIn(service)
    assert.equal((await test(browser)).status, 403)
    assert.equal((await browser.get(url)).status, 403)
    assert.equal((await test(service.browser())).status, 401)
    assert.deepEqual(receiver.received, [])
  })
})

describe('what an answer to a logout means', () => {
  it('is yes, no, or later', () => {
    const verdicts = [200, 204, 400, 201, 302, 401, 404, 500, 503].map((status) => verdictOn(status))
    const later = Array.from({ length: 6 }, () => 'again')
    assert.deepEqual(verdicts, ['taken', 'taken', 'refused', ...later])
  })

  it('is said in a sentence for every status, and for every fault of the way', () => {
    for (const status of [200, 204, 302, 400, 401, 404, 405, 429, 500, 503])
      assert.match(meaningOf(status), /^[A-Z\d].*\.$/)
    const fault = (code: string, name = 'Error', message = '') =>
      whyNoAnswer(Object.assign(new Error(message), { code, name }))
    assert.equal(fault('', 'TimeoutError'), 'Nothing answered within 5 seconds.')
    assert.match(fault('DEPTH_ZERO_SELF_SIGNED_CERT'), /certificate/)
    assert.match(fault('', 'Error', '10.0.0.1 is not called: it is not public'), /FOBWATCH_OUTBOUND_ALLOWED/)
    assert.equal(fault('ENOTFOUND'), 'The name of this host leads nowhere.')
    assert.equal(fault('EWHATEVER'), 'It could not be called (EWHATEVER).')
  })
})
