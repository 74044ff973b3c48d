import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { CreationOptions, Enrolled, Failure, Invitation } from '@fobwatch/contracts'
import { type BrowserLike, createSoftwareAuthenticator, fakeClock } from '@fobwatch/testkit'
import type { Person } from '#people'
import { issuer, sql, startService, type TestService } from '../../service.testing.ts'
import { giveCode } from '../codes/codes.testing.ts'

const start = '2026-11-21T09:00:00.000Z'

describe('a temporary pass', () => {
  let clock = fakeClock(start)
  let service: TestService
  let person: Person
  before(async () => {
    service = await startService({ now: () => clock.now(), environment: { FOBWATCH_MAILBOX: 'on' } })
  })
  beforeEach(async () => {
    clock = fakeClock(start)
    person = await service.store.inTransaction((tx) =>
      service.rooms.people.addPerson(tx, {
        ...{ givenName: 'Asha', familyName: 'Fiction', identityLevel: 3, email: 'asha@fiction.example' },
      }),
    )
  })
  after(() => service.close())

  /** A browser in which a new pass of the person's was typed in. */
  const passed = async (options: Parameters<typeof giveCode>[3] = {}): Promise<BrowserLike> => {
    const browser = service.browser()
    const code = await giveCode(service, person, 'pass', options)
    const page = await browser.postJson('/api/enrolment/code', { staffId: person.staffId, code })
    assert.deepEqual([page.status, page.json()], [200, { channel: 'pass', code: null }])
    return browser
  }
  const setUp = async (browser: BrowserLike) => {
    const begun = await browser.postJson('/api/enrolment/pass/options', {})
    if (begun.status !== 200) return begun
    const response = createSoftwareAuthenticator().register(begun.json<CreationOptions>(), { origin: issuer })
    return browser.postJson('/api/enrolment/pass', { response })
  }
  const shows = async (browser: BrowserLike) => (await browser.get('/api/enrolment/pass')).status
  const error = (page: { json: <T>() => T }) => page.json<Failure>().error

  it('says whom it is for, and sets up one device for them, which ends it', async () => {
    const browser = await passed()
    const shown = (await browser.get('/api/enrolment/pass')).json<Invitation>()
    assert.deepEqual([shown.name, shown.expiresAt], ['Asha Fiction', '2026-11-21T09:15:00.000Z'])
    const page = await setUp(browser)
    assert.equal(page.status, 200, page.body)
    assert.equal(await shows(browser), 401)
    assert.equal((await setUp(browser)).status, 401)
  })

  it('line 25: what it binds is worth no more than the act that gave it', async () => {
    assert.ok((await setUp(await passed())).json<Enrolled>().assuranceLevel <= 2)
    const [row] = await sql<{ by: string; level: number }>(
      service,
      'select bound_by as by, bound_level as level from authenticator where person_id = $1',
      person.id,
    )
    assert.deepEqual(row, { by: 'command', level: 2 })
  })

  it('line 23: opens nothing but setting up a device: no route of the service, whatever guards it', async () => {
    const browser = await passed()
    const routes = Object.values(service.rooms.tables).flat()
    const guarded = routes.filter(({ guard }) => guard !== 'anyone' && guard !== 'enrolling')
    assert.ok(guarded.length > 30)
    for (const { method, url } of guarded) {
      const path = url.replace(/:(\w+)/g, (_, name) => (name === 'staffId' ? person.staffId : randomUUID()))
      const answer = await service.app.inject({
        method,
        url: path,
        headers: { host: new URL(issuer).host, origin: issuer, cookie: browser.cookieHeader(`${issuer}${path}`) },
        ...(method !== 'GET' && { payload: {} }),
      })
      const { error: code } = answer.json<Failure>()
      assert.deepEqual([url, answer.statusCode], [url, 401])
      // What applications and feeds open asks for a token, and looks at no cookie.
      assert.ok(code === 'not_signed_in' || !url.startsWith('/api/'), url)
    }
    const enrolling = routes.filter(({ guard }) => guard === 'enrolling').map(({ method, url }) => `${method} ${url}`)
    assert.deepEqual(enrolling.sort(), [
      'DELETE /api/enrolment/pass',
      'GET /api/enrolment/pass',
      'POST /api/enrolment/pass',
      'POST /api/enrolment/pass/options',
    ])
  })

  it('line 25: is no session, and so proof of nothing: it leaves none, and a log in asks for a device as it would of anyone', async () => {
    const browser = await passed()
    const state = await browser.get('/sign-in/fobwatch/state')
    const untouched = await service.browser().get('/sign-in/fobwatch/state')
    assert.deepEqual([state.status, state.body], [untouched.status, untouched.body])
    await setUp(browser)
    const [row] = await sql<{ count: number }>(service, 'select count(*) from session where person_id = $1', person.id)
    assert.equal(row?.count, 0)
    assert.equal((await browser.get('/api/session')).status, 401)
  })

  it('line 23: is not had by whoever is signed in: a session is no pass', async () => {
    const someone = service.browser()
    const page = await someone.get('/api/enrolment/pass')
    assert.deepEqual([page.status, error(page)], [401, 'not_signed_in'])
  })

  it('line 2: does not go for the code of a link, nor a link for it', async () => {
    const browser = await passed()
    const secret = /fobwatch_pass=([\w-]+)/.exec(browser.cookieHeader(`${issuer}/`))?.[1] ?? assert.fail()
    for (const path of ['/api/enrolment/invitation', '/api/enrolment/options']) {
      const page = await service.browser().postJson(path, { code: secret })
      assert.equal(error(page), 'invitation_unknown')
    }
  })

  it('line 3: ends 15 minutes after it was typed in', async () => {
    const browser = await passed()
    clock.advance({ minutes: 14 })
    assert.equal(await shows(browser), 200)
    clock.advance({ minutes: 1 })
    assert.equal(await shows(browser), 401)
    assert.equal((await setUp(browser)).status, 401)
  })

  it('line 24: is over at once when the desk makes something newer, or suspends or closes its person', async () => {
    const browser = await passed()
    await giveCode(service, person)
    assert.equal(await shows(browser), 401)
    const again = await passed()
    for (const status of ['suspended', 'closed']) {
      await sql(service, 'update person set status = $2 where id = $1', person.id, status)
      assert.equal(await shows(again), 401, status)
    }
  })

  it('is given up by whoever leaves a shared computer, and cannot be taken up again', async () => {
    const browser = await passed()
    const before = browser.cookieHeader(`${issuer}/api/enrolment/pass`)
    const left = await service.app.inject({
      method: 'DELETE',
      url: '/api/enrolment/pass',
      headers: { host: new URL(issuer).host, origin: issuer, cookie: before },
    })
    assert.equal(left.statusCode, 204)
    assert.equal(await shows(browser), 401)
  })

  it('has its person told by mail that it was used, without a link or a code', async () => {
    await passed()
    await service.rooms.outbox.beginDelivering()
    await service.rooms.outbox.deliveriesSettled()
    const [letter] = await sql<{ to: string; subject: string; text: string }>(
      service,
      `select "to", subject, text from mailbox_message where subject like '%pass%' order by sent_at desc limit 1`,
    )
    assert.equal(letter?.subject, 'Your temporary pass was used')
    assert.match(letter?.text ?? '', /When: 9:00am on Saturday 21 November 2026/)
    assert.doesNotMatch(letter?.text ?? '', /http/)
    const used = (await service.rooms.audit.eventsOf(person.id)).filter(({ type }) => type === 'pass-used')
    assert.equal(used.length, 1)
  })
})
