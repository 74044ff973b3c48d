import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Assigned } from '@fobwatch/contracts'
import { type FakeClock, fakeClock } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
import { arrive, comeBack, post, redeem } from './oidc/code-flow.testing.ts'
import { addPositionAt, ask } from './registration-authority/access/access.testing.ts'
import { addAt, addPlaces, type Places, putAt } from './registration-authority/desk.testing.ts'
import { assertAt, enrol, registerClient, signInHere, startService, type TestService } from './service.testing.ts'

const nurse = 'S8000:G8000:R8001'
const offline = { scope: 'openid selectedrole offline_access', prompt: 'consent' }

describe('a role at a second site, from a moment until another', () => {
  let clock: FakeClock
  let service: TestService
  let place: Places

  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
    place = await addPlaces(service)
    await registerClient(service)
  })
  after(() => service.close())

  const inMinutes = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000).toISOString()
  const agentAtDesk = async () => {
    const person = await addAt(service, place.hospital)
    await putAt(service, person.id, place.hospital, { dutyCode: 'manager' })
    return { person, browser: await signInHere(service, (await enrol(service, person.id)).device) }
  }
  const locum = async () => {
    const person = await addAt(service, place.hospital)
    const home = await putAt(service, person.id, place.hospital, { roleCode: nurse })
    return { person, home, device: (await enrol(service, person.id)).device }
  }
  type Locum = Awaited<ReturnType<typeof locum>>
  const give = async ({ person }: Locum, dates: object) => {
    const agent = await agentAtDesk()
    const position = await addPositionAt(service, place.clinic, { roleCode: nurse })
    const path = `/api/desk/people/${person.staffId}/assignments`
    const { body, refused } = await ask<Assigned>(service, agent, 'POST', path, { position, ...dates })
    assert.equal(refused, undefined)
    const end = () => ask(service, agent, 'POST', `${path}/${body.id}/end`, {})
    return { id: body.id, end }
  }
  /** Logs in at the ward list, in a role where one has to be chosen. */
  const logIn = async ({ device }: Locum, role?: string) => {
    const browser = service.browser()
    const id = await arrive(browser, offline)
    const step = await assertAt(browser, id, device)
    const last = role === undefined ? step : await browser.postJson(`/sign-in/${id}/role`, { role })
    const back = await comeBack(browser, last)
    return { browser, ...(await redeem(service, back.get('code') ?? '', {})) }
  }
  const refresh = (token: unknown) =>
    post(service, '/token', { grant_type: 'refresh_token', client_id: 'ward', refresh_token: String(token) })
  const roleIn = (token: unknown) => decodeJwt(String(token))['selected_roleid']

  it('begins and ends by itself, through to a token and its refresh', async () => {
    const someone = await locum()
    const { id } = await give(someone, { startsAt: inMinutes(1), expiresAt: inMinutes(4) })
    assert.equal(roleIn((await logIn(someone)).body['id_token']), someone.home, 'it has not begun')

    // The OIDC library has a clock of its own for a log in that is under way, so that this week is minutes long.
    clock.advance({ minutes: 2 })
    const { body } = await logIn(someone, id)
    assert.equal(roleIn(body['id_token']), id)
    clock.advance({ minutes: 1 })
    const refreshed = await refresh(body['refresh_token'])
    assert.equal(refreshed.status, 200, JSON.stringify(refreshed.body))
    assert.equal(roleIn(refreshed.body['id_token']), id)

    clock.advance({ minutes: 1 })
    assert.equal((await refresh(refreshed.body['refresh_token'])).body['error'], 'invalid_grant')
    assert.equal(roleIn((await logIn(someone)).body['id_token']), someone.home, 'it is over, and nothing is asked')
  })

  it('is gone at once from the session and the tokens of whoever works in it, when the desk ends it', async () => {
    const someone = await locum()
    const { id, end } = await give(someone, {})
    const { browser, body } = await logIn(someone, id)
    const role = async () => (await browser.get('/api/session')).json<{ role: { id: string } | null }>().role
    assert.equal((await role())?.id, id)
    const userinfo = async () =>
      (await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${body['access_token']}` } }))
        .statusCode
    assert.equal(await userinfo(), 200)
    assert.equal((await end()).status, 204)
    assert.equal(await role(), null)
    assert.equal(await userinfo(), 401)
    assert.equal((await refresh(body['refresh_token'])).body['error'], 'invalid_grant')
  })
})
