import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { Failure } from '@fobwatch/contracts'
import { type BrowserLike, fakeClock } from '@fobwatch/testkit'
import type { Route } from '#http'
import { addPosition, addSignedIn, giveRole, issuer, sql, startService, type TestService } from '../service.testing.ts'

describe('what stands before each route', () => {
  const clock = fakeClock(new Date())
  let service: TestService
  let routes: Route[]
  before(async () => {
    // Each refusal at the desk is recorded, and nobody in here is refused as often as somebody who guesses.
    service = await startService({ now: clock.now, environment: { LIMIT_FAILURES_PER_PERSON: '1000' } })
    routes = Object.values(service.rooms.tables).flat()
  })
  after(() => service.close())

  const signedIn = () => addSignedIn(service)
  /** Asks a route with well-formed parameters and a body that no schema takes. */
  const ask = async ({ method, url }: Pick<Route, 'method' | 'url'>, browser?: BrowserLike) => {
    const path = url
      .replace(':staffId', '123456789012')
      .replace(':scope', 'service')
      .replace(':secretId', randomUUID())
      .replace(':id', randomUUID())
      .replace(':assignment', '123456789012')
      .replace(':code', '123456789012')
      .replace(':interaction', 'fobwatch')
    const answer = await service.app.inject({
      method,
      url: path,
      headers: { origin: issuer, ...(browser && { cookie: browser.cookieHeader(`${issuer}${path}`) }) },
      ...(method !== 'GET' && { payload: { unheard: 'of' } }),
    })
    return {
      status: answer.statusCode,
      error: answer.statusCode >= 400 && answer.body ? answer.json<Failure>().error : undefined,
      route: `${method} ${url}`,
    }
  }
  const guarded = (name: RegExp) => routes.filter(({ guard }) => name.test(guard))

  it('has a name that we know', () => {
    assert.ok(guarded(/desk:/).length >= 3 && guarded(/^fresh$/).length >= 3 && guarded(/^signed-in$/).length >= 5)
    assert.deepEqual(
      guarded(/^(?!anyone$|enrolling$|signed-in$|fresh$|(fresh )?desk:[a-z|-]+\??$|token:(scim|directory)$)/),
      [],
    )
  })

  it('lets anyone do no more than sign in and set up a device', () => {
    const open = guarded(/^anyone$/).map(({ method, url }) => `${method} ${url}`)
    assert.deepEqual(open.sort(), [
      'GET /api/session/ended',
      'GET /api/shared-device',
      'GET /sign-in/:interaction/state',
      'POST /api/enrolment',
      'POST /api/enrolment/code',
      'POST /api/enrolment/invitation',
      'POST /api/enrolment/name',
      'POST /api/enrolment/options',
      'POST /api/enrolment/undo',
      'POST /api/shared-device',
      'POST /sign-in/:interaction/account',
      'POST /sign-in/:interaction/assertion',
      'POST /sign-in/:interaction/decline',
      'POST /sign-in/:interaction/leave',
      'POST /sign-in/:interaction/options',
      'POST /sign-in/:interaction/role',
    ])
  })

  it('line 23: keeps out whoever has no session, before anything else of the request is read', async () => {
    for (const route of guarded(/^(?!anyone|token:)/)) {
      const { status, error, route: asked } = await ask(route)
      assert.deepEqual({ asked, status, error }, { asked, status: 401, error: 'not_signed_in' })
    }
  })

  it('line 23: keeps out whoever has no duty, at the desk', async () => {
    const { browser, person } = await signedIn()
    for (const route of guarded(/desk:/)) {
      const { status, error, route: asked } = await ask(route, browser)
      assert.deepEqual({ asked, status, error }, { asked, status: 403, error: 'not_allowed' })
    }
    const [row] = await sql<{ count: number }>(
      service,
      `select count(*) from audit_event where type = 'desk-refused' and actor = $1 and outcome = 'refused'`,
      person.id,
    )
    assert.equal(row?.count, guarded(/desk:/).length)
  })

  it('line 23: keeps out whoever has another duty, or a duty that has not begun or is over', async () => {
    const { browser, person } = await signedIn()
    const place = { code: 'ZT1', name: 'Test Hospital' }
    const agents = /^fresh desk:issue-authenticator(\||$)/
    const invite = routes.filter(({ guard, method }) => agents.test(guard) && method === 'POST')
    assert.ok(invite.length >= 5)
    await giveRole(service, person.id, await addPosition(service, place, { name: 'Checker', dutyCode: 'id-checker' }))
    for (const route of invite) assert.equal((await ask(route, browser)).status, 403)

    const role = await giveRole(
      service,
      person.id,
      await addPosition(service, place, { name: 'Agent', dutyCode: 'agent' }),
    )
    for (const route of invite) assert.equal((await ask(route, browser)).status, 400)
    await sql(
      service,
      `update assignment set starts_at = $2 where id = $1`,
      role,
      new Date(clock.now().getTime() + 60_000),
    )
    for (const route of invite) assert.equal((await ask(route, browser)).status, 403)
    await sql(service, `update assignment set starts_at = $2, ended_at = $2 where id = $1`, role, clock.now())
    for (const route of invite) assert.equal((await ask(route, browser)).status, 403)
  })

  it('line 25: asks for a fresh assertion where one is needed, and nowhere else', async () => {
    const { browser } = await signedIn()
    clock.advance({ minutes: 6 })
    for (const route of guarded(/^fresh$/)) {
      const { status, error, route: asked } = await ask(route, browser)
      assert.deepEqual({ asked, status, error }, { asked, status: 403, error: 'fresh_assertion_needed' })
    }
    const reading = guarded(/^signed-in$/).filter(({ method }) => method === 'GET')
    assert.ok(reading.length > 0)
    for (const route of reading) assert.equal((await ask(route, browser)).status, 200)
  })

  it('line 25: asks for a fresh assertion for whatever changes something at the desk', async () => {
    // A question that is too long for an address is posted, and changes nothing; nor does looking at a request.
    const asks = (url: string) => /\/(preview|hold|duplicates)$/.test(url)
    const changing = guarded(/desk:/).filter(({ method, url }) => method !== 'GET' && !asks(url))
    assert.ok(changing.length > 0)
    // A download of what is held about somebody asks for one too.
    const fresh = guarded(/^fresh desk:/)
    assert.deepEqual(
      changing.filter((route) => !fresh.includes(route)),
      [],
    )
    const { browser, person } = await signedIn()
    clock.advance({ minutes: 6 })
    for (const route of changing) assert.equal((await ask(route, browser)).error, 'not_allowed')

    const place = { code: 'ZT2', name: 'Test Clinic' }
    for (const dutyCode of ['manager', 'service-operator'])
      await giveRole(service, person.id, await addPosition(service, place, { name: dutyCode, dutyCode }))
    for (const route of changing) {
      const { status, error, route: asked } = await ask(route, browser)
      assert.deepEqual({ asked, status, error }, { asked, status: 403, error: 'fresh_assertion_needed' })
    }
    for (const route of guarded(/^desk:/)) assert.notEqual((await ask(route, browser)).error, 'fresh_assertion_needed')
  })

  it('line 23: keeps everyone out whose session has ended', async () => {
    const { browser, person } = await signedIn()
    await sql(service, 'update session set ended_at = $2 where person_id = $1', person.id, clock.now())
    for (const route of guarded(/^(?!anyone)/)) assert.equal((await ask(route, browser)).status, 401)
  })

  it('line 23: lets no session in where an application is to come with a token, manager or not', async () => {
    const { browser, person } = await signedIn()
    const place = { code: 'ZT3', name: 'Test Surgery' }
    await giveRole(service, person.id, await addPosition(service, place, { name: 'Manager', dutyCode: 'manager' }))
    const routes = guarded(/^token:/)
    assert.ok(routes.length >= 2)
    for (const route of routes) assert.equal((await ask(route, browser)).status, 401, route.url)
  })
})
