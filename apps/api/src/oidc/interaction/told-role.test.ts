import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserLike } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
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
} from '../../service.testing.ts'
import {
  arrive,
  authorizeUrl,
  comeBack,
  getCode,
  interactionOf,
  type Parameters,
  post,
  redeem,
} from '../code-flow.testing.ts'

const offline = { scope: 'openid selectedrole offline_access', prompt: 'consent' }
const resource = 'http://localhost:3001/api'

describe('the role that an application is told', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    await registerClient(service)
    await registerClient(service, { ...ward, id: 'lab', name: 'Lab results', apis: [] })
    await registerClient(service, {
      ...ward,
      id: 'rota',
      name: 'Rota',
      metadata: { ...ward.metadata, role_selection: 'always' },
    })
  })
  after(() => service.close())

  const someoneWith = async (count: number) => {
    const person = await addPerson(service)
    const roles: string[] = []
    for (let ward = 1; ward <= count; ward += 1) {
      const position = { name: `Nurse, Ward ${ward}`, roleCode: 'S8000:G8000:R8001' }
      const place = { code: `ZZT${Math.floor(Math.random() * 1e6)}`, name: 'Hospital' }
      roles.push(await giveRole(service, person.id, await addPosition(service, place, position)))
    }
    const { device } = await enrol(service, person.id)
    return { person, device, roles }
  }
  type Someone = Awaited<ReturnType<typeof someoneWith>>

  const choose = (browser: BrowserLike, id: string, role: string | undefined) =>
    browser.postJson(`/sign-in/${id}/role`, { role })
  /** Logs in at the ward list in one of their roles. */
  const atWard = async ({ device, roles }: Someone, parameters: Parameters = {}) => {
    const browser = service.browser()
    const id = await arrive(browser, { ...offline, ...parameters })
    const step = await assertAt(browser, id, device)
    const back = await comeBack(browser, roles.length > 1 ? await choose(browser, id, roles[0]) : step)
    const { body } = await redeem(service, back.get('code') ?? '', { resource: parameters['resource'] })
    return { browser, body }
  }
  const refresh = (token: unknown) =>
    post(service, '/token', { grant_type: 'refresh_token', client_id: 'ward', refresh_token: String(token) })
  const userinfo = (token: unknown) =>
    service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${token}` } })
  const roleIn = (token: unknown) => decodeJwt(String(token))['selected_roleid']

  it('is the same in its ID token, at userinfo and in refreshed tokens, though another is chosen elsewhere', async () => {
    const someone = await someoneWith(2)
    const { browser, body } = await atWard(someone)
    const id = interactionOf(
      await browser.follow(authorizeUrl({ client_id: 'lab', scope: 'openid changedrole' }), {
        until: 'another-origin',
      }),
    )
    const back = await comeBack(browser, await choose(browser, id, someone.roles[1]))
    const lab = await redeem(service, back.get('code') ?? '', { client_id: 'lab' })
    assert.equal(roleIn(lab.body['id_token']), someone.roles[1])

    const refreshed = await refresh(body['refresh_token'])
    assert.equal(refreshed.status, 200, JSON.stringify(refreshed.body))
    for (const tokens of [body, refreshed.body]) {
      assert.equal(roleIn(tokens['id_token']), someone.roles[0])
      const answer = (await userinfo(tokens['access_token'])).json<Record<string, unknown>>()
      assert.equal(answer['selected_roleid'], someone.roles[0])
    }
    // A new code tells of the role that is chosen now.
    const silent = await browser.follow(authorizeUrl({ ...offline, prompt: 'none' }), { until: 'another-origin' })
    const next = await redeem(service, silent.location?.searchParams.get('code') ?? '')
    assert.equal(roleIn(next.body['id_token']), someone.roles[1])
    assert.equal((await refresh(refreshed.body['refresh_token'])).body['error'], 'invalid_grant')
  })

  it('line 31: is not changed by a log in that somebody began and left, or that was begun in their name', async () => {
    const someone = await someoneWith(2)
    const { browser, body } = await atWard(someone)
    await browser.postJson('/api/session/role', { role: someone.roles[1] })
    for (const parameters of [{ prompt: 'login' }, { scope: 'openid changedrole' }, { prompt: 'select_account' }])
      interactionOf(await browser.follow(authorizeUrl(parameters), { until: 'another-origin' }))
    const refreshed = await refresh(body['refresh_token'])
    assert.equal(roleIn(refreshed.body['id_token']), someone.roles[0])
  })

  it('is the same in a token for an API', async () => {
    const someone = await someoneWith(2)
    const scope = `${offline.scope} patients.read`
    const { browser, body } = await atWard(someone, { scope, resource })
    const id = interactionOf(
      await browser.follow(authorizeUrl({ client_id: 'lab', scope: 'openid changedrole' }), {
        until: 'another-origin',
      }),
    )
    await comeBack(browser, await choose(browser, id, someone.roles[1]))
    const refreshed = await refresh(body['refresh_token'])
    for (const token of [body['access_token'], refreshed.body['access_token']]) {
      assert.equal(roleIn(token), someone.roles[0])
      assert.equal((decodeJwt(String(token))['role'] as { person_roleid: string }).person_roleid, someone.roles[0])
    }
  })

  for (const [fate, end] of [
    ['has passed its dates', `update assignment set expires_at = now() - interval '1 second' where id = $1`],
    ['was ended', 'update assignment set ended_at = now() where id = $1'],
  ] as const)
    it(`is refused once it ${fate}, at refresh, userinfo and introspection, and never offered again`, async () => {
      const someone = await someoneWith(3)
      const { browser, body } = await atWard(someone)
      await sql(service, end, someone.roles[0])
      assert.equal((await refresh(body['refresh_token'])).body['error'], 'invalid_grant')
      assert.equal((await userinfo(body['access_token'])).statusCode, 401)
      const told = await post(service, '/introspect', { client_id: 'ward', token: String(body['access_token']) })
      assert.deepEqual(told.body, { active: false })

      const id = interactionOf(await browser.follow(authorizeUrl(offline), { until: 'another-origin' }))
      const { roles } = (await browser.get(`/sign-in/${id}/state`)).json<{ roles: { id: string }[] }>()
      assert.deepEqual(new Set(roles.map((role) => role.id)), new Set(someone.roles.slice(1)))
    })

  it('is taken without asking in a session that had none, where there is one', async () => {
    const { person, device, roles } = await someoneWith(1)
    const browser = await signInHere(service, device)
    const { location } = await browser.follow(authorizeUrl({ scope: 'openid selectedrole' }), {
      until: 'another-origin',
    })
    const { body } = await redeem(service, location?.searchParams.get('code') ?? '')
    assert.equal(roleIn(body['id_token']), roles[0])
    assert.equal((await userinfo(body['access_token'])).json<Record<string, unknown>>()['selected_roleid'], roles[0])
    const event = (await service.rooms.audit.eventsOf(person.id)).findLast(({ type }) => type === 'role-chosen')
    assert.deepEqual([event?.actor, event?.details['role'], event?.details['because']], [null, roles[0], 'only-one'])

    const elsewhere = service.browser()
    await getCode(elsewhere, device, { scope: 'openid selectedrole' })
    const signedIn = (await service.rooms.audit.eventsOf(person.id)).findLast(({ type }) => type === 'signed-in')
    assert.equal(signedIn?.details['role'], roles[0])
  })

  it('is told to whoever is registered to be told always, and to nobody else who did not ask', async () => {
    const { device, roles } = await someoneWith(1)
    const browser = await signInHere(service, device)
    for (const [client_id, told] of [
      ['rota', roles[0]],
      ['ward', undefined],
    ] as const) {
      const { location } = await browser.follow(authorizeUrl({ client_id }), { until: 'another-origin' })
      const { body } = await redeem(service, location?.searchParams.get('code') ?? '', { client_id })
      assert.equal(roleIn(body['id_token']), told, client_id)
      assert.equal((await userinfo(body['access_token'])).json<Record<string, unknown>>()['selected_roleid'], told)
    }
  })
})
