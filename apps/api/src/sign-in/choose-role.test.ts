import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Failure, SessionView, SignInState, SignInStep } from '@fobwatch/contracts'
import type { BrowserLike } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
import { arrive, authorizeUrl, comeBack, interactionOf, redeem } from '../oidc/code-flow.testing.ts'
import {
  addPerson,
  addPosition,
  assertAt,
  enrol,
  giveRole,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
  ward,
} from '../service.testing.ts'

const scope = 'openid selectedrole'

describe('choosing a role', () => {
  let service: TestService
  let nurse: string
  let secretary: string
  let clerk: string
  let manager: string
  before(async () => {
    service = await startService()
    await registerClient(service)
    const place = { code: 'ZT1', name: 'Test Hospital' }
    nurse = await addPosition(service, place, { name: 'Nurse, Ward 7', roleCode: 'S8000:G8000:R8001' })
    secretary = await addPosition(service, place, { name: 'Secretary', roleCode: 'S8000:G8001:R8006' })
    clerk = await addPosition(service, place, { name: 'Ward clerk', roleCode: 'S8001:G8002:R8008' })
    manager = await addPosition(service, place, { name: 'Manager (duty)', dutyCode: 'manager' })
  })
  after(() => service.close())

  const someoneWith = async (...positions: string[]) => {
    const person = await addPerson(service)
    const roles: string[] = []
    for (const position of positions) roles.push(await giveRole(service, person.id, position))
    const { device } = await enrol(service, person.id)
    return { person, device, roles }
  }
  const stateOf = async (browser: BrowserLike, id: string) => await browser.get(`/sign-in/${id}/state`)
  const choose = (browser: BrowserLike, id: string, role: string | undefined) =>
    browser.postJson(`/sign-in/${id}/role`, { role })
  const roleIn = async (back: URLSearchParams) => {
    const { body } = await redeem(service, back.get('code') ?? '')
    return decodeJwt(String(body['id_token']))['selected_roleid']
  }

  it('is shown after the assertion, with the name of the person and the application', async () => {
    const { device, roles } = await someoneWith(nurse, secretary)
    const browser = service.browser()
    const id = await arrive(browser, { scope })
    const before = (await stateOf(browser, id)).json<SignInState>()
    const nothing = { hint: null, name: null, roles: [], accounts: [], stronger: null, shared: false, personas: false }
    assert.deepEqual(before, { application: 'Ward list', stage: 'authenticate', ...nothing })

    await assertAt(browser, id, device)
    const after = (await stateOf(browser, id)).json<SignInState>()
    assert.equal(after.stage, 'role')
    assert.equal(after.name, 'Asha Fiction')
    assert.deepEqual(new Set(after.roles.map((role) => role.id)), new Set(roles))
  })

  it('is recorded, and holds for the session, at our own pages too', async () => {
    const { device, roles, person } = await someoneWith(nurse, secretary)
    const browser = service.browser()
    const id = await arrive(browser, { scope })
    await assertAt(browser, id, device)
    assert.equal(await roleIn(await comeBack(browser, await choose(browser, id, roles[1]))), roles[1])
    assert.equal((await browser.get('/api/session')).json<SessionView>().role?.id, roles[1])
    const event = (await service.rooms.audit.eventsOf(person.id)).at(-1)
    assert.equal(event?.type, 'role-chosen')
    assert.equal(event?.details['role'], roles[1])
  })

  it('is no question for someone with one role, nor for someone whose other position is a duty', async () => {
    const { device, roles } = await someoneWith(nurse, manager)
    const browser = service.browser()
    const step = await assertAt(browser, await arrive(browser, { scope }), device)
    assert.equal(await roleIn(await comeBack(browser, step)), roles[0])
  })

  it('is asked for in a session without a role, and is no login', async () => {
    const { device, roles } = await someoneWith(nurse, secretary)
    const browser = await signInHere(service, device)
    const id = interactionOf(await browser.follow(authorizeUrl({ scope }), { until: 'another-origin' }))
    assert.equal((await stateOf(browser, id)).json<SignInState>().stage, 'role')
    assert.equal(await roleIn(await comeBack(browser, await choose(browser, id, roles[0]))), roles[0])
  })

  it('is asked for again by `changedrole`', async () => {
    const { device, roles } = await someoneWith(nurse, secretary)
    const browser = service.browser()
    const first = await arrive(browser, { scope })
    await assertAt(browser, first, device)
    await comeBack(browser, await choose(browser, first, roles[0]))
    const again = await browser.follow(authorizeUrl({ scope: 'openid changedrole' }), { until: 'another-origin' })
    const id = interactionOf(again)
    assert.equal((await stateOf(browser, id)).json<SignInState>().stage, 'role')
    await comeBack(browser, await choose(browser, id, roles[1]))
    assert.equal((await browser.get('/api/session')).json<SessionView>().role?.id, roles[1])
  })

  it('holds through a fresh check that nobody asked a log in for', async () => {
    const { device, roles, person } = await someoneWith(nurse, secretary)
    const browser = service.browser()
    const first = await arrive(browser, { scope })
    await assertAt(browser, first, device)
    await comeBack(browser, await choose(browser, first, roles[1]))
    const older = `authenticated_at - interval '10 minutes'`
    await sql(service, `update session set authenticated_at = ${older} where person_id = $1`, person.id)
    const again = await assertAt(browser, await arrive(browser, { scope, max_age: '60' }), device)
    assert.equal(await roleIn(await comeBack(browser, again)), roles[1])
  })

  it('is asked for by an application that is registered so, whatever its scopes', async () => {
    const metadata = { ...ward.metadata, role_selection: 'always' as const }
    await registerClient(service, { ...ward, id: 'rota', name: 'Rota', apis: [], metadata })
    const { device, roles } = await someoneWith(nurse, secretary)
    const browser = service.browser()
    const id = await arrive(browser, { client_id: 'rota', scope: 'openid' })
    assert.equal((await assertAt(browser, id, device)).json<SignInStep>().next, 'role')
    await comeBack(browser, await choose(browser, id, roles[0]))
    assert.equal((await browser.get('/api/session')).json<SessionView>().role?.id, roles[0])
  })

  it('is not asked for by `changedrole` where there is nothing to choose', async () => {
    for (const positions of [[], [nurse]]) {
      const { device, roles } = await someoneWith(...positions)
      const browser = await signInHere(service, device)
      const page = await browser.follow(authorizeUrl({ scope: 'openid changedrole' }), { until: 'another-origin' })
      assert.equal(await roleIn(page.location?.searchParams ?? new URLSearchParams()), roles[0])
    }
  })

  it('is asked for again by a new login', async () => {
    const { device, roles } = await someoneWith(nurse, secretary)
    const browser = service.browser()
    const first = await arrive(browser, { scope })
    await assertAt(browser, first, device)
    await comeBack(browser, await choose(browser, first, roles[0]))
    const step = await assertAt(browser, await arrive(browser, { scope, prompt: 'login' }), device)
    assert.equal(step.json<SignInStep>().next, 'role')
  })

  it('line 23: cannot be skipped by going on too early', async () => {
    const { device } = await someoneWith(nurse, secretary)
    const browser = service.browser()
    const id = await arrive(browser, { scope })
    await assertAt(browser, id, device)
    const page = await browser.follow(`/authorize/${id}`, { until: 'another-origin' })
    assert.notEqual(interactionOf(page), id)
    assert.equal((await stateOf(browser, interactionOf(page))).json<SignInState>().stage, 'role')
  })

  it('line 23: opens nothing before the assertion, and nobody is signed in by it', async () => {
    const { roles } = await someoneWith(nurse)
    const browser = service.browser()
    const id = await arrive(browser, { scope })
    const page = await choose(browser, id, roles[0])
    assert.equal(page.status, 401)
    assert.equal(page.json<Failure>().error, 'not_signed_in')
    assert.equal((await browser.get('/api/session')).status, 401)
    assert.equal(interactionOf(await browser.follow(`/authorize/${id}`)) === id, false)
  })

  it('line 23: opens no desk between the assertion and the role', async () => {
    const { device } = await someoneWith(nurse, secretary)
    const browser = service.browser()
    await assertAt(browser, await arrive(browser, { scope }), device)
    assert.equal((await browser.get('/api/desk/people?search=asha')).status, 403)
  })

  it('line 23: needs the assertion that a new login asks for, whatever session there was', async () => {
    const { device, roles } = await someoneWith(nurse, secretary)
    const browser = await signInHere(service, device)
    for (const parameters of [{ prompt: 'login' }, { max_age: '0' }]) {
      const id = await arrive(browser, { scope, ...parameters })
      assert.equal((await stateOf(browser, id)).json<SignInState>().stage, 'authenticate')
      assert.equal((await choose(browser, id, roles[0])).json<Failure>().error, 'not_signed_in')
    }
  })

  it("line 42: refuses a role that is somebody else's, has not begun, or is over, and that is recorded", async () => {
    const { device, person, roles } = await someoneWith(nurse, secretary, clerk)
    const somebody = await someoneWith(nurse)
    await sql(service, `update assignment set starts_at = now() + interval '1 hour' where id = $1`, roles[1])
    await sql(service, 'update assignment set ended_at = now() where id = $1', roles[2])
    const again = await giveRole(service, person.id, clerk)
    const browser = service.browser()
    const id = await arrive(browser, { scope })
    await assertAt(browser, id, device)
    for (const role of [somebody.roles[0], roles[1], roles[2], '000000000000'])
      assert.equal((await choose(browser, id, role)).json<Failure>().error, 'role_unknown', role)
    assert.equal((await browser.get('/api/session')).json<SessionView>().role, null)
    const refusals = (await service.rooms.audit.eventsOf(person.id)).filter(({ outcome }) => outcome === 'refused')
    assert.deepEqual(
      refusals.map(({ type }) => type),
      Array(4).fill('role-chosen'),
    )
    assert.equal(await roleIn(await comeBack(browser, await choose(browser, id, again))), again)
  })

  it('is forgotten when the role ends, and with the next token', async () => {
    const { device, roles } = await someoneWith(nurse)
    const browser = service.browser()
    const step = await assertAt(browser, await arrive(browser, { scope }), device)
    assert.equal(await roleIn(await comeBack(browser, step)), roles[0])
    await sql(service, 'update assignment set ended_at = now() where id = $1', roles[0])
    assert.equal((await browser.get('/api/session')).json<SessionView>().role, null)
    const silent = await browser.follow(authorizeUrl({ scope }), { until: 'another-origin' })
    assert.equal(await roleIn(silent.location?.searchParams ?? new URLSearchParams()), undefined)
  })
  describe('from our own pages', () => {
    const change = (browser: BrowserLike, role: unknown) => browser.postJson('/api/session/role', { role })

    it('needs no ceremony, is recorded, and leaves how sure we are as it was', async () => {
      const { device, roles, person } = await someoneWith(nurse, secretary)
      const browser = await signInHere(service, device)
      const before = (await browser.get('/api/session')).json<SessionView>()
      assert.deepEqual([before.role, before.mayChangeRole], [null, true])
      const { roles: held } = (await browser.get('/api/session/roles')).json<{ roles: { id: string }[] }>()
      assert.deepEqual(new Set(held.map(({ id }) => id)), new Set(roles))
      for (const role of roles) {
        assert.equal((await change(browser, role)).status, 204)
        const session = (await browser.get('/api/session')).json<SessionView>()
        assert.deepEqual(
          [session.role?.id, session.authenticatedAt, session.assuranceLevel],
          [role, before.authenticatedAt, before.assuranceLevel],
        )
        const event = (await service.rooms.audit.eventsOf(person.id)).at(-1)
        assert.deepEqual([event?.type, event?.outcome, event?.details['role']], ['role-chosen', 'done', role])
      }
      const { location } = await browser.follow(authorizeUrl({ scope }), { until: 'another-origin' })
      assert.equal(await roleIn(location?.searchParams ?? new URLSearchParams()), roles[1])
    })

    it("line 42: refuses a role that is somebody else's or over, nonsense, and whoever is not logged in", async () => {
      const { device, roles } = await someoneWith(nurse, secretary)
      const somebody = await someoneWith(nurse)
      await sql(service, `update assignment set expires_at = now() where id = $1`, roles[1])
      const browser = await signInHere(service, device)
      for (const role of [somebody.roles[0], roles[1], '000000000000'])
        assert.equal((await change(browser, role)).json<Failure>().error, 'role_unknown')
      for (const role of ['', 'x', 1, null, [roles[0]], undefined])
        assert.equal((await change(browser, role)).json<Failure>().error, 'invalid_request')
      const nobody = service.browser()
      assert.equal((await change(nobody, roles[0])).status, 401)
      assert.equal((await nobody.get('/api/session/roles')).status, 401)
      const session = (await browser.get('/api/session')).json<SessionView>()
      assert.deepEqual([session.role, session.mayChangeRole], [null, false])
    })
  })
})
