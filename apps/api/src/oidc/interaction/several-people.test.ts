import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Failure, MySessions, RequestOptions, SessionView, SignInState } from '@fobwatch/contracts'
import { type BrowserLike, type FakeClock, fakeClock, type Page, type SoftwareAuthenticator } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
import { newId } from '#kernel'
import {
  addPerson,
  addPosition,
  addSignedIn,
  assertAt,
  enrol,
  giveRole,
  issuer,
  postWith,
  registerClient,
  signInHere,
  sql,
  startService,
  stepOf,
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
  redeem,
} from '../code-flow.testing.ts'

const trial = { client_id: 'trial' }
const choosing = { ...trial, prompt: 'select_account' }

describe('several people of the sandbox in one browser', () => {
  let clock: FakeClock
  let service: TestService
  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
    await registerClient(service)
    await registerClient(service, {
      ...ward,
      id: 'trial',
      name: 'Trial list',
      metadata: { ...ward.metadata, sandbox: true },
      apis: [],
    })
  })
  after(() => service.close())

  const fictional = async (givenName: string) => {
    const person = await service.store.inTransaction((tx) =>
      service.rooms.people.addPerson(tx, { givenName, familyName: 'Sandbox', identityLevel: 3, sandboxOnly: true }),
    )
    const { device } = await enrol(service, person.id)
    return { person, device }
  }
  const stateAt = async (browser: BrowserLike, id: string) =>
    (await browser.get(`/sign-in/${id}/state`)).json<SignInState>()
  const accountsIn = async (browser: BrowserLike) => (await stateAt(browser, await arrive(browser, choosing))).accounts
  const choose = (browser: BrowserLike, id: string, session: unknown) =>
    browser.postJson(`/sign-in/${id}/account`, { session })
  const claimsBy = async (found: URLSearchParams) => {
    const { status, body } = await redeem(service, found.get('code') ?? '', trial)
    assert.equal(status, 200, JSON.stringify(body))
    const idToken = String(body['id_token'])
    return { idToken, claims: decodeJwt(idToken), token: String(body['access_token']) }
  }
  const signIn = async (browser: BrowserLike, device: SoftwareAuthenticator) => {
    clock.advance({ seconds: 1 })
    const id = await arrive(browser, choosing)
    return claimsBy(await comeBack(browser, await assertAt(browser, id, device)))
  }
  /** Who is logged in without asking, at a sandbox application. */
  const current = async (browser: BrowserLike) => {
    const found = (await go(browser, { prompt: 'none' })).location?.searchParams
    return found?.has('code') ? (await claimsBy(found)).claims['sid'] : found?.get('error')
  }
  /** Whether a cookie logs anybody in without asking. */
  const opens = async (cookie: string) => {
    const url = new URL(authorizeUrl({ ...trial, prompt: 'none' }))
    const answer = await service.app.inject({ url: url.pathname + url.search, headers: { host: url.host, cookie } })
    return new URL(String(answer.headers.location)).searchParams.has('code')
  }
  /** Chooses somebody in a new log in. @returns where the browser comes to */
  const goOnAs = async (browser: BrowserLike, parameters: Parameters, session: unknown) => {
    clock.advance({ seconds: 1 })
    const step = await choose(browser, await arrive(browser, { ...choosing, ...parameters }), session)
    assert.equal(step.status, 200, step.body)
    const next = stepOf(step)
    return browser.follow(next.next === 'continue' ? next.url : '', { until: 'another-origin' })
  }
  const go = async (browser: BrowserLike, parameters: Parameters) =>
    browser.follow(authorizeUrl({ ...trial, ...parameters }), { until: 'another-origin' })
  const refusedAs = (page: Page) => [page.status, page.json<Failure>().error]
  /** A browser with two people, the second of whom is current. */
  const withTwo = async () => {
    const browser = service.browser()
    const [aster, bracken] = [await fictional('Aster'), await fictional('Bracken')]
    const first = await signIn(browser, aster.device)
    clock.advance({ seconds: 4 })
    const second = await signIn(browser, bracken.device)
    return { browser, aster, bracken, first, second }
  }

  it('are listed, and each comes back with a session and a time of their own', async () => {
    const { browser, aster, bracken, first, second } = await withTwo()
    assert.notEqual(first.claims['sid'], second.claims['sid'])
    const id = await arrive(browser, choosing)
    const state = await stateAt(browser, id)
    assert.deepEqual([state.stage, state.name, state.application], ['account', null, 'Trial list'])
    assert.deepEqual(
      state.accounts.map(({ authenticatedAt, ...rest }) => ({ ...rest, at: Date.parse(authenticatedAt) })),
      [
        {
          ...{ session: first.claims['sid'], name: 'Aster Sandbox', staffId: aster.person.staffId },
          ...{ current: false, assuranceLevel: 2, at: clock.now().getTime() - 5_000 },
        },
        {
          ...{ session: second.claims['sid'], name: 'Bracken Sandbox', staffId: bracken.person.staffId },
          ...{ current: true, assuranceLevel: 2, at: clock.now().getTime() },
        },
      ],
    )
    clock.advance({ seconds: 5 })
    const again = await claimsBy(await comeBack(browser, await choose(browser, id, first.claims['sid'])))
    for (const claim of ['sub', 'sid', 'auth_time', 'acr'])
      assert.equal(again.claims[claim], first.claims[claim], claim)
    const back = await arrive(browser, choosing)
    const other = await claimsBy(await comeBack(browser, await choose(browser, back, second.claims['sid'])))
    for (const claim of ['sub', 'sid', 'auth_time']) assert.equal(other.claims[claim], second.claims[claim], claim)
  })

  it('go on each at their applications, while a silent log in meets the current one, and our own pages nobody', async () => {
    const { browser, first, second } = await withTwo()
    assert.equal(await current(browser), second.claims['sid'])
    for (const path of ['/api/session', '/api/sessions', '/api/session/roles'])
      assert.equal((await browser.get(path)).status, 401, path)
    for (const { token, claims } of [first, second]) {
      const answer = await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${token}` } })
      assert.equal(answer.json<{ sub: string }>().sub, claims.sub)
    }
  })

  it('are no more than one by cookie: a copy of an older cookie opens nothing', async () => {
    const browser = service.browser()
    const [aster, bracken] = [await fictional('Aster'), await fictional('Bracken')]
    const first = await signIn(browser, aster.device)
    const copied = browser.cookieHeader(`${issuer}/`)
    await signIn(browser, bracken.device)
    const second = browser.cookieHeader(`${issuer}/`)
    assert.deepEqual([await opens(copied), await opens(second)], [false, true])
    await choose(browser, await arrive(browser, choosing), first.claims['sid'])
    assert.equal(await current(browser), first.claims['sid'])
    assert.deepEqual([await opens(copied), await opens(second)], [false, false])
  })

  it('prove themselves by somebody else’s name as ever: one more is added by an assertion', async () => {
    const { browser } = await withTwo()
    await signIn(browser, (await fictional('Clover')).device)
    assert.deepEqual(
      (await accountsIn(browser)).map(({ name, current }) => `${name} ${current}`),
      ['Aster Sandbox false', 'Bracken Sandbox false', 'Clover Sandbox true'],
    )
  })

  it('keep one session each: whoever proves it again goes on in it', async () => {
    const { browser, aster, first } = await withTwo()
    const again = await signIn(browser, aster.device)
    assert.equal(again.claims['sid'], first.claims['sid'])
    assert.ok(Number(again.claims['auth_time']) > Number(first.claims['auth_time']))
    assert.equal((await accountsIn(browser)).length, 2)
  })

  it('are held to `max_age` and to a level that is demanded, when they are chosen as ever', async () => {
    const { browser, aster, first } = await withTwo()
    const demanded = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'AAL3_ANY' } } }) }
    await sql(
      service,
      `update session set authenticated_at = authenticated_at - interval '1 hour' where id = $1`,
      first.claims['sid'],
    )
    for (const [parameters, stage] of [
      [{ max_age: '600' }, 'authenticate'],
      [demanded, 'stronger'],
    ] as const) {
      const next = interactionOf(await goOnAs(browser, parameters, first.claims['sid']))
      assert.equal((await stateAt(browser, next)).stage, stage)
      if (stage === 'stronger') continue
      const { claims } = await claimsBy(await comeBack(browser, await assertAt(browser, next, aster.device)))
      assert.equal(claims['auth_time'], Math.floor(clock.now().getTime() / 1000))
    }
  })

  it('are asked for a role when they are chosen, and keep the one that they chose', async () => {
    const { browser, aster, first } = await withTwo()
    const place = { code: 'ZZS01', name: 'Hospital' }
    for (const name of ['Nurse, Ward 7', 'Nurse, Ward 8'])
      await giveRole(
        service,
        aster.person.id,
        await addPosition(service, place, { name, roleCode: 'S8000:G8000:R8001' }),
      )
    const roleAfter = (scope: string) => goOnAs(browser, { scope }, first.claims['sid'])
    const id = interactionOf(await roleAfter('openid selectedrole'))
    const { stage, name, roles } = await stateAt(browser, id)
    assert.deepEqual([stage, name, roles.length], ['role', 'Aster Sandbox', 2])
    await comeBack(browser, await browser.postJson(`/sign-in/${id}/role`, { role: roles[1]?.id }))
    const kept = await roleAfter('openid selectedrole')
    assert.equal(
      (await claimsBy(kept.location?.searchParams ?? new URLSearchParams())).claims['selected_roleid'],
      roles[1]?.id,
    )
    const afresh = interactionOf(await roleAfter('openid changedrole'))
    assert.equal((await stateAt(browser, afresh)).stage, 'role')
  })

  it('leave a record of who was chosen, in whose place, and of what was refused', async () => {
    const { browser, aster, first, second } = await withTwo()
    const id = await arrive(browser, choosing)
    await choose(browser, id, newId())
    await choose(browser, id, first.claims['sid'])
    const event = (await service.rooms.audit.eventsOf(aster.person.id)).at(-1)
    assert.deepEqual([event?.type, event?.outcome, event?.client], ['account-chosen', 'done', 'trial'])
    assert.deepEqual(event?.details, { session: first.claims['sid'], from: second.claims['sid'] })
    const refused = await sql<{ count: number }>(
      service,
      `select count(*)::int as count from audit_event
       where type = 'account-chosen' and outcome = 'refused' and details->>'from' = $1`,
      second.claims['sid'],
    )
    assert.deepEqual(refused, [{ count: 1 }])
  })

  it('log out one by one, and whoever is left can be chosen when nobody is current', async () => {
    const { browser, first, second } = await withTwo()
    const page = await browser.get(`/logout?${new URLSearchParams({ id_token_hint: second.idToken })}`)
    assert.equal(page.status, 303)
    assert.equal(await current(browser), 'login_required')
    assert.equal((await stateAt(browser, await arrive(browser, trial))).stage, 'authenticate')
    assert.deepEqual(
      (await accountsIn(browser)).map(({ session, current }) => [session, current]),
      [[first.claims['sid'], false]],
    )
    await comeBack(browser, await choose(browser, await arrive(browser, choosing), first.claims['sid']))
    assert.equal(await current(browser), first.claims['sid'])
  })

  it('are logged out by nobody else’s ID token without a question', async () => {
    const { browser, first } = await withTwo()
    const page = await browser.get(`/logout?${new URLSearchParams({ id_token_hint: first.idToken })}`)
    assert.match(page.body, /Do you want to log out/)
    assert.equal((await accountsIn(browser)).length, 2)
  })

  it('are not listed, nor chosen, once they are idle for too long or their person may not log in', async () => {
    const { browser, aster, first, second } = await withTwo()
    const id = await arrive(browser, choosing)
    await sql(service, `update person set status = 'suspended' where id = $1`, aster.person.id)
    assert.deepEqual(refusedAs(await choose(browser, id, first.claims['sid'])), [400, 'account_unknown'])
    assert.deepEqual(
      (await accountsIn(browser)).map(({ session }) => session),
      [second.claims['sid']],
    )
    await sql(
      service,
      `update session set last_active_at = last_active_at - interval '16 minutes' where ended_at is null`,
    )
    const late = await arrive(browser, choosing)
    assert.equal((await stateAt(browser, late)).stage, 'authenticate')
    assert.deepEqual(refusedAs(await choose(browser, late, second.claims['sid'])), [400, 'account_unknown'])
  })

  it('line 23: are not to be had by another browser, and no real person’s session is', async () => {
    const { browser, first } = await withTwo()
    const { device } = await enrol(service, (await addPerson(service)).id)
    const real = await signInHere(service, device)
    const [own] = (await real.get('/api/sessions')).json<MySessions>().sessions
    const elsewhere = service.browser()
    const stranger = await fictional('Dahlia')
    const theirs = await signIn(elsewhere, stranger.device)
    for (const [who, session] of [
      [elsewhere, first.claims['sid']],
      [elsewhere, own?.id],
      [real, own?.id],
      [browser, own?.id],
      [browser, newId()],
    ] as const) {
      const id = await arrive(who, choosing)
      assert.deepEqual(refusedAs(await choose(who, id, session)), [400, 'account_unknown'])
    }
    assert.equal(await current(real), own?.id)
    assert.equal(await current(elsewhere), theirs.claims['sid'])
    const borrowed = await arrive(browser, choosing)
    assert.deepEqual(refusedAs(await choose(elsewhere, borrowed, first.claims['sid'])), [400, 'sign_in_unknown'])
  })

  it('never stand beside a real person, whoever of them comes second', async () => {
    const { device } = await enrol(service, (await addPerson(service)).id)
    const { browser, aster, bracken } = await withTwo()
    await assertAt(browser, 'fobwatch', device)
    assert.equal((await browser.get('/api/session')).json<SessionView>().name, 'Asha Fiction')
    assert.deepEqual(await accountsIn(browser), [])
    const why = await sql<{ why: string }>(
      service,
      'select ended_why as why from session where person_id = any($1::uuid[])',
      [aster.person.id, bracken.person.id],
    )
    assert.deepEqual(why, [{ why: 'replaced' }, { why: 'replaced' }])
    await signIn(browser, aster.device)
    const [gone] = await sql<{ why: string }>(
      service,
      `select s.ended_why as why from session s join person p on p.id = s.person_id
       where not p.sandbox_only order by s.created_at desc limit 1`,
    )
    assert.equal(gone?.why, 'replaced')
    assert.deepEqual(
      (await accountsIn(browser)).map(({ name }) => name),
      ['Aster Sandbox'],
    )
  })

  it('are asked for an assertion everywhere but at sandbox applications, and where nobody has to be chosen', async () => {
    const { browser, first } = await withTwo()
    for (const parameters of [
      { prompt: 'select_account' },
      { ...trial, prompt: 'login' },
      { ...trial, max_age: '0' },
    ] as const) {
      const id = await arrive(browser, parameters)
      const state = await stateAt(browser, id)
      assert.deepEqual([state.stage, state.accounts], ['authenticate', []])
      assert.deepEqual(refusedAs(await choose(browser, id, first.claims['sid'])), [409, 'account_not_asked'])
    }
    assert.deepEqual(refusedAs(await choose(browser, 'fobwatch', first.claims['sid'])), [409, 'account_not_asked'])
    const { device } = await enrol(service, (await addPerson(service)).id)
    const real = service.browser()
    await getCode(real, device)
    const id = await arrive(real, choosing)
    assert.equal((await stateAt(real, id)).stage, 'authenticate')
  })

  it('are asked for a login besides, where the request wants both', async () => {
    const { browser, aster, first } = await withTwo()
    const both = { prompt: 'select_account login' }
    const next = interactionOf(await goOnAs(browser, both, first.claims['sid']))
    assert.equal((await stateAt(browser, next)).stage, 'authenticate')
    const { claims } = await claimsBy(await comeBack(browser, await assertAt(browser, next, aster.device)))
    assert.equal(claims['auth_time'], Math.floor(clock.now().getTime() / 1000))
  })

  it('keep nothing for each other on a device that other people use', async () => {
    const browser = service.browser()
    const [aster, bracken] = [await fictional('Aster'), await fictional('Bracken')]
    const before = await signIn(browser, aster.device)
    await browser.postJson('/api/shared-device', { shared: true })
    const id = await arrive(browser, choosing)
    assert.equal((await stateAt(browser, id)).stage, 'authenticate')
    assert.deepEqual(refusedAs(await choose(browser, id, before.claims['sid'])), [409, 'account_not_asked'])
    await signIn(browser, bracken.device)
    await browser.postJson('/api/shared-device', { shared: false })
    assert.deepEqual(await accountsIn(browser), [])
    const [ended] = await sql<{ why: string }>(
      service,
      'select ended_why as why from session where id = $1',
      before.claims['sid'],
    )
    assert.equal(ended?.why, 'replaced')
  })

  it('are one at a time: of two that are chosen at once, one cookie opens a session', async () => {
    const { browser, first, second } = await withTwo()
    const id = await arrive(browser, choosing)
    const send = (session: unknown) =>
      service.app.inject({
        method: 'POST',
        url: `/sign-in/${id}/account`,
        headers: {
          ...{ host: new URL(issuer).host, origin: issuer, 'sec-fetch-site': 'same-origin' },
          cookie: browser.cookieHeader(`${issuer}/sign-in/${id}/account`),
        },
        payload: { session },
      })
    const sids = [first.claims['sid'], second.claims['sid']]
    const answers = await Promise.all([...sids, ...sids].map(send))
    assert.ok(answers.every(({ statusCode }) => statusCode === 200))
    const opened: boolean[] = []
    for (const { headers } of answers) opened.push(await opens(String(headers['set-cookie']).split(';', 1)[0] ?? ''))
    assert.deepEqual(opened.toSorted(), [false, false, false, true])
  })

  it('refuses what is no id of a session', async () => {
    const { browser } = await withTwo()
    const id = await arrive(browser, choosing)
    for (const body of [{}, { session: 'x' }, { session: null }, { session: newId(), more: 1 }, []])
      assert.equal((await browser.postJson(`/sign-in/${id}/account`, body)).status, 400)
  })

  it('line 31: are marked all together where other people use the device, whether one of them is current or not', async () => {
    for (const isCurrent of [true, false]) {
      const { browser, first, second } = await withTwo()
      if (!isCurrent) await browser.get(`/logout?${new URLSearchParams({ id_token_hint: second.idToken })}`)
      await browser.postJson('/api/shared-device', { shared: true })
      await browser.postJson('/api/shared-device', { shared: false })
      const id = await arrive(browser, choosing)
      assert.deepEqual((await stateAt(browser, id)).accounts, [])
      assert.deepEqual(refusedAs(await choose(browser, id, first.claims['sid'])), [400, 'account_unknown'])
    }
  })

  it('line 23: are nobody at an application that is no sandbox, whatever it asks, and named by no page but a sandbox’s', async () => {
    const { browser, bracken, first } = await withTwo()
    for (const parameters of [{}, { acr_values: 'AAL3_ANY' }, { scope: 'openid selectedrole' }]) {
      const silent = await browser.follow(authorizeUrl({ ...parameters, prompt: 'none' }), { until: 'another-origin' })
      assert.equal(silent.location?.searchParams.get('error'), 'login_required')
      const id = await arrive(browser, parameters)
      await signIn(browser, bracken.device)
      for (const each of [id, 'fobwatch']) {
        const { stage, name } = await stateAt(browser, each)
        assert.deepEqual([stage, name], ['authenticate', null])
      }
      for (const [verb, body, status] of [
        ['decline', {}, 401],
        ['role', { role: '123456789012' }, 401],
        ['account', { session: first.claims['sid'] }, 409],
      ] as const)
        assert.equal((await browser.postJson(`/sign-in/${id}/${verb}`, body)).status, status, verb)
      assert.equal((await assertAt(browser, id, bracken.device)).json<Failure>().error, 'policy_refuses')
    }
  })

  it('are not taken for each other where an application expects one of them', async () => {
    const { browser, aster, bracken, first, second } = await withTwo()
    const sub = { value: aster.person.staffId }
    for (const parameters of [{ id_token_hint: first.idToken }, { claims: JSON.stringify({ id_token: { sub } }) }]) {
      const silent = await go(browser, { ...parameters, prompt: 'none' })
      assert.equal(silent.location?.searchParams.get('error'), 'login_required')
      const next = interactionOf(await goOnAs(browser, parameters, second.claims['sid']))
      const wrong = await comeBack(browser, await assertAt(browser, next, bracken.device))
      assert.equal(wrong.get('error'), 'login_required')
      const right = await goOnAs(browser, parameters, first.claims['sid'])
      assert.equal((await claimsBy(right.location?.searchParams ?? new URLSearchParams())).claims.sub, sub.value)
      await goOnAs(browser, {}, second.claims['sid'])
    }
  })

  it('come back as nobody from a log in of one, when another was chosen meanwhile', async () => {
    const { browser, first, second } = await withTwo()
    const [one, other] = [await arrive(browser, choosing), await arrive(browser, choosing)]
    const step = stepOf(await choose(browser, one, second.claims['sid']))
    assert.equal((await choose(browser, other, first.claims['sid'])).status, 200)
    const page = await browser.follow(step.next === 'continue' ? step.url : '', { until: 'another-origin' })
    assert.deepEqual([page.status, page.location], [400, undefined])
  })

  it('owe an assertion of their own, though another made one in the same log in before they were chosen', async () => {
    const { browser, bracken, first } = await withTwo()
    const id = await arrive(browser, { ...trial, prompt: 'select_account login' })
    clock.advance({ seconds: 1 })
    assert.equal(stepOf(await assertAt(browser, id, bracken.device)).next, 'continue')
    const step = stepOf(await choose(browser, id, first.claims['sid']))
    const page = await browser.follow(step.next === 'continue' ? step.url : '', { until: 'another-origin' })
    assert.equal((await stateAt(browser, interactionOf(page))).stage, 'authenticate')
  })

  it('are held to how long an application lets a session be idle: being chosen does not hide it', async () => {
    const idle = { client_id: 'idle-trial' }
    const metadata = { ...ward.metadata, sandbox: true, session_idle_minutes: 5 }
    await registerClient(service, { ...ward, id: idle.client_id, name: 'Idle trial', metadata, apis: [] })
    const { browser, first } = await withTwo()
    await goOnAs(browser, idle, first.claims['sid'])
    clock.advance({ minutes: 6 })
    const next = interactionOf(await goOnAs(browser, idle, first.claims['sid']))
    assert.equal((await stateAt(browser, next)).stage, 'authenticate')
  })

  it('line 35: are not logged out by the answer to a question that was asked about another', async () => {
    const { browser, first } = await withTwo()
    const xsrf = /name="xsrf" value="([^"]+)"/.exec((await browser.get('/logout')).body)?.[1] ?? ''
    assert.ok(xsrf)
    await choose(browser, await arrive(browser, choosing), first.claims['sid'])
    const path = '/logout/confirm'
    const cookie = browser.cookieHeader(`${issuer}${path}`)
    const headers = { host: new URL(issuer).host, cookie, 'content-type': 'application/x-www-form-urlencoded' }
    const payload = new URLSearchParams({ xsrf, logout: 'yes' }).toString()
    assert.equal((await service.app.inject({ method: 'POST', url: path, headers, payload })).statusCode, 400)
    assert.equal(await current(browser), first.claims['sid'])
    assert.equal((await accountsIn(browser)).length, 2)
  })

  it('are not taken up beside a real person, where the cookie of one browser comes with the secret of another', async () => {
    const { browser, first } = await withTwo()
    const { device } = await enrol(service, (await addPerson(service)).id)
    const real = await signInHere(service, device)
    const [own] = (await real.get('/api/sessions')).json<MySessions>().sessions
    const path = `/sign-in/${await arrive(real, choosing)}/account`
    const secret = /fobwatch_browser=[^;]+/
    const [planted = ''] = secret.exec(browser.cookieHeader(`${issuer}${path}`) ?? '') ?? []
    const cookie = (real.cookieHeader(`${issuer}${path}`) ?? '').replace(secret, planted)
    const headers = { host: new URL(issuer).host, origin: issuer, cookie }
    const payload = { session: first.claims['sid'] }
    const answer = await service.app.inject({ method: 'POST', url: path, headers, payload })
    assert.deepEqual([answer.statusCode, answer.json<Failure>().error], [400, 'account_unknown'])
    assert.equal(await current(real), own?.id)
  })

  it('are all gone when a real person logs in, though one of them is chosen at that moment', async () => {
    const { person, device } = await addSignedIn(service)
    for (const realFirst of [true, false]) {
      const { browser, aster, bracken, first } = await withTwo()
      const id = await arrive(browser, choosing)
      const options = (await browser.postJson(`/sign-in/${id}/options`, {})).json<RequestOptions>()
      const response = device.authenticate(options, { origin: issuer })
      const deeds = [
        () => postWith(service, browser, `/sign-in/${id}/assertion`, { response }),
        () => postWith(service, browser, `/sign-in/${id}/account`, { session: first.claims['sid'] }),
      ]
      await Promise.all((realFirst ? deeds : deeds.toReversed()).map((deed) => deed()))
      const alive = await sql<{ id: string }>(
        service,
        'select distinct person_id as id from session where ended_at is null and person_id = any($1::uuid[])',
        [person.id, aster.person.id, bracken.person.id],
      )
      assert.deepEqual(alive, [{ id: person.id }])
    }
  })

  it('are chosen no more in a log in whose application stopped being a sandbox, nor come back from it', async () => {
    const flip = { client_id: 'flip' }
    const register = (sandbox: boolean) =>
      registerClient(service, { ...ward, id: 'flip', name: 'Flip', metadata: { ...ward.metadata, sandbox }, apis: [] })
    await register(true)
    const { browser, aster, first, second } = await withTwo()
    const step = stepOf(await choose(browser, await arrive(browser, { ...choosing, ...flip }), first.claims['sid']))
    const id = await arrive(browser, { ...choosing, ...flip })
    await register(false)
    assert.deepEqual((await stateAt(browser, id)).accounts, [])
    assert.deepEqual(refusedAs(await choose(browser, id, second.claims['sid'])), [409, 'account_not_asked'])
    assert.equal((await assertAt(browser, id, aster.device)).json<Failure>().error, 'policy_refuses')
    const page = await browser.follow(step.next === 'continue' ? step.url : '', { until: 'another-origin' })
    assert.equal((await stateAt(browser, interactionOf(page))).stage, 'authenticate')
  })
})
