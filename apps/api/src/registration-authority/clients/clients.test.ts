import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type {
  AddedClientSecret,
  ApiList,
  CheckedClient,
  ClientList,
  DeskClient,
  Failure,
  RegisteredClient,
} from '@fobwatch/contracts'
import { statement } from '@fobwatch/store'
import { type BrowserLike, createSoftwareAuthenticator, type FakeClock, fakeClock } from '@fobwatch/testkit'
import { authorizeUrl, getCode, post, redeem } from '../../oidc/code-flow.testing.ts'
import {
  addPerson,
  enrol,
  issuer,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../../service.testing.ts'
import { addAt, addPlaces, putAt } from '../desk.testing.ts'

const metadata = {
  redirect_uris: ['http://localhost:3001/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
}
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
})

describe("the desk's applications", () => {
  let clock: FakeClock
  let service: TestService & { url: string; masterKey: string }
  /** Holds the duty for everybody; for the hospital alone. */
  let top: BrowserLike
  let local: BrowserLike
  let topId: string
  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now, environment: { FOBWATCH_TWO_PEOPLE: 'none' } })
    const places = await addPlaces(service)
    const operator = async (name: string, at: string[]) => {
      const person = await addAt(service, places.hospital, { givenName: name })
      for (const place of at)
        await putAt(service, person.id, place, { dutyCode: 'service-operator', startsAt: clock.now() })
      const browser = await signInHere(service, (await enrol(service, person.id, createSoftwareAuthenticator())).device)
      return { person, browser }
    }
    const first = await operator('Top', [places.hospital, places.home])
    topId = first.person.id
    top = first.browser
    local = (await operator('Local', [places.hospital])).browser
  })
  after(() => service.close())

  type Body = Failure & RegisteredClient & AddedClientSecret & ClientList & ApiList
  const call = async (line: string, payload?: object, browser = top) => {
    const [method, path] = line.split(' ') as ['GET' | 'POST' | 'PUT', string]
    const answer = await service.app.inject({
      method,
      url: path,
      headers: { host: new URL(issuer).host, origin: issuer, cookie: browser.cookieHeader(`${issuer}${path}`) },
      ...(payload && { payload }),
    })
    return { status: answer.statusCode, body: (answer.body ? answer.json() : {}) as Body }
  }
  const failure = ({ status, body }: { status: number; body: Body }) => [status, body.error]
  let count = 0
  const register = async (changed: object = {}) => {
    count += 1
    const answer = await call('POST /api/desk/clients', {
      id: `app-${count}`,
      name: 'An application',
      metadata,
      ...changed,
    })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body
  }
  const events = (client: string) =>
    sql<{ type: string; outcome: string; actor: string | null; details: Record<string, unknown> }>(
      service,
      'select type, outcome, actor, details from audit_event where client = $1 order by seq',
      client,
    )
  /** Somebody signs in to an application. @returns the tokens */
  const tokensOf = async (client_id: string, secret: string) => {
    const person = await addPerson(service)
    const { device } = await enrol(service, person.id, createSoftwareAuthenticator())
    const browser = service.browser()
    const code = await getCode(browser, device, { client_id, scope: 'openid offline_access', prompt: 'consent' })
    const { status, body } = await redeem(service, code, { client_id: undefined }, basic(client_id, secret))
    assert.equal(status, 200, JSON.stringify(body))
    return { browser, access: String(body['access_token']), refresh: String(body['refresh_token']) }
  }
  const refreshWith = (id: string, secret: string, refresh_token: string) =>
    post(service, '/token', { grant_type: 'refresh_token', refresh_token }, basic(id, secret))
  const isClient = async (id: string, secret: string) => {
    return (await post(service, '/introspect', { token: 'x' }, basic(id, secret))).status === 200
  }

  it('are registered, and show their secret this once', async () => {
    const { secret, ...made } = await register({ name: 'Ward list' })
    assert.deepEqual(
      { ...made, secrets: made.secrets.length },
      {
        ...{ id: made.id, name: 'Ward list', metadata, apis: [], version: 1, status: 'enabled', secrets: 1 },
        ...{ createdAt: clock.now().toISOString(), updatedAt: clock.now().toISOString() },
      },
    )
    assert.ok(secret && (await isClient(made.id, secret)))
    const shown = await call(`GET /api/desk/clients/${made.id}`)
    assert.deepEqual(shown.body, made)
    const rows = JSON.stringify(
      await sql(service, 'select c::text, s::text from client c join client_secret s on c.id = s.client_id'),
    )
    assert.ok(!rows.includes(secret))
    const listed = (await call('GET /api/desk/clients')).body.clients.find(({ id }) => id === made.id)
    assert.deepEqual(listed, {
      ...{ id: made.id, name: 'Ward list', version: 1, status: 'enabled', sandbox: false, updatedAt: made.updatedAt },
    })
    assert.deepEqual(await events(made.id), [
      {
        ...{ type: 'client-registered', outcome: 'done', actor: topId },
        details: { version: 1, fields: ['grant_types', 'redirect_uris'] },
      },
    ])
  })

  it('are found by a part of their name or id, a page at a time, and by whether people work with them', async () => {
    await sql(
      service,
      `insert into client (id, name, metadata, version, created_at, updated_at)
       select 'many-' || n, 'Many of them', '{}', 1, now(), now() from generate_series(1, 60) n`,
    )
    const find = async (query: string) => (await call(`GET /api/desk/clients?${query}`)).body
    const first = await find('search=many%20OF')
    assert.deepEqual([first.clients.length, first.total], [50, 60])
    const second = await find(`search=many%20OF&after=${first.next}`)
    assert.deepEqual([second.clients.length, second.next], [10, null])
    assert.equal(new Set([...first.clients, ...second.clients].map(({ id }) => id)).size, 60)
    await sql(service, `update client set disabled_at = now() where id = 'many-7'`)
    await sql(service, `update client set metadata = '{"sandbox": true}' where id = 'many-8'`)
    for (const [only, id] of [
      ['disabled', 'many-7'],
      ['sandbox', 'many-8'],
    ])
      assert.deepEqual(
        (await find(`search=many-&only=${only}`)).clients.map((each) => each.id),
        [id],
      )
    assert.equal((await find('search=many-&only=production')).total, 59)
    await sql(service, `delete from client where id like 'many-%'`)
  })

  it('line 40: are not found by SQL, or at a place in the list that is none', async () => {
    for (const query of [
      `after=x'--`,
      'after=%00',
      'only=all',
      'search=',
      'search=%00',
      'sort=name',
      'search=a&search=b',
    ])
      assert.deepEqual(failure(await call(`GET /api/desk/clients?${query}`)), [400, 'invalid_request'], query)
    assert.deepEqual((await call(`GET /api/desk/clients?search=${encodeURIComponent(`' or 1=1 --`)}`)).body.total, 0)
  })

  it('are looked at before they are kept, with every fault, and whether it takes two people', async () => {
    const check = async (body: object) =>
      (await call('POST /api/desk/clients/preview', body)).body as unknown as CheckedClient
    const { id } = await register()
    const fine = { id: 'unheard-of', name: 'Fine', metadata }
    assert.deepEqual(await check(fine), { faults: [], secondPerson: false })
    const tries = { ...fine, metadata: { ...metadata, sandbox: true } }
    assert.deepEqual(await check(tries), { faults: [], secondPerson: false })
    const { faults } = await check({ id, metadata: { ...metadata, grant_types: [] } })
    assert.deepEqual(
      faults.map(({ field }) => field),
      ['id', 'name', 'redirect_uris', 'grant_types'],
    )
    assert.deepEqual(await check({ ...fine, id, version: 1 }), { faults: [], secondPerson: false })
    const turned = await check({ ...tries, id, version: 1 })
    assert.deepEqual(
      turned.faults.map(({ field }) => field),
      ['sandbox'],
    )
    assert.equal((await call('GET /api/desk/clients/unheard-of')).status, 404)
    assert.equal((await call('POST /api/desk/clients/preview', { ...fine, version: 1 })).status, 404)
    for (const odd of ['a\0b', 5, null, ['x']]) assert.equal((await check({ ...fine, id: odd })).faults[0]?.field, 'id')
    assert.equal((await call('POST /api/desk/clients/preview', { ...fine, id: 'a\0b', version: 1 })).status, 404)
    assert.equal((await call('POST /api/desk/clients/preview', { ...fine, extra: 1 })).status, 400)
  })

  it('have no secret where they prove themselves otherwise', async () => {
    const made = await register({ metadata: { ...metadata, token_endpoint_auth_method: 'none' } })
    assert.deepEqual([made.secret, made.secrets], [undefined, []])
    assert.deepEqual(failure(await call(`POST /api/desk/clients/${made.id}/secrets`, {})), [
      409,
      'client_without_secrets',
    ])
  })

  it('are refused with every fault named, and that is recorded', async () => {
    const before = (await call('GET /api/desk/clients')).body.clients.length
    const { status, body } = await call('POST /api/desk/clients', {
      id: 'Bad id',
      metadata: { redirect_uris: ['http://ward.example/'], jwks_uri: 'https://10.0.0.1/jwks', sandbox: 'yes' },
      apis: ['https://unknown.example/'],
    })
    assert.deepEqual([status, body.error], [400, 'client_invalid'])
    assert.deepEqual(
      body.faults?.map(({ field }) => field),
      ['id', 'name', 'sandbox', 'redirect_uris[0]', 'jwks_uri', 'apis[0]'],
    )
    assert.equal((await call('GET /api/desk/clients')).body.clients.length, before)
    const [event] = await sql<{ details: object; client: null }>(
      service,
      `select client, details from audit_event where type = 'client-registered' and outcome = 'refused' order by seq desc limit 1`,
    )
    assert.deepEqual(event, {
      client: null,
      details: { code: 'client_invalid', fields: ['id', 'name', 'sandbox', 'redirect_uris[0]', 'jwks_uri', 'apis[0]'] },
    })
  })

  it('line 40: are refused in a body or at an address that is none', async () => {
    for (const body of [[], { id: 'x', unheard: 'of' }, undefined])
      assert.deepEqual(failure(await call('POST /api/desk/clients', body)), [400, 'invalid_request'])
    const made = await register()
    for (const body of [{}, { version: 0 }, { version: '1' }, { version: 1, id: 'other' }])
      assert.deepEqual(failure(await call(`PUT /api/desk/clients/${made.id}`, body)), [400, 'invalid_request'])
    for (const id of ['A', 'a%20b', '%00', `x'%3b--`, 'x'.repeat(64)])
      assert.deepEqual(failure(await call(`GET /api/desk/clients/${id}`)), [400, 'invalid_request'])
    for (const overlapSeconds of [-1, 2_592_001, 1.5, '1'])
      assert.equal((await call(`POST /api/desk/clients/${made.id}/secrets`, { overlapSeconds })).status, 400)
    for (const path of ['', '/disable', '/enable', '/secrets', `/secrets/${randomUUID()}/end`])
      assert.equal(
        (await call(`${path ? 'POST' : 'GET'} /api/desk/clients/nobody${path}`, path ? {} : undefined)).status,
        404,
        path,
      )
    assert.equal((await call(`POST /api/desk/clients/${made.id}/secrets/1/end`, {})).status, 400)
  })

  it('are registered once under an id, of many who try at once', async () => {
    const tries = await Promise.all(
      Array.from({ length: 8 }, () => call('POST /api/desk/clients', { id: 'raced', name: 'Raced', metadata })),
    )
    assert.deepEqual(tries.map(({ status }) => status).toSorted(), [200, 409, 409, 409, 409, 409, 409, 409])
    assert.equal(tries.find(({ status }) => status === 409)?.body.error, 'client_taken')
    assert.equal((await call('GET /api/desk/clients/raced')).body.secrets.length, 1)
  })

  it('are changed by whoever looked at the version that is there, one of many at once', async () => {
    const { id } = await register()
    const put = (name: string, version: number) => call(`PUT /api/desk/clients/${id}`, { name, metadata, version })
    const tries = await Promise.all(['a', 'b', 'c', 'd'].map((name) => put(name, 1)))
    assert.deepEqual(tries.map(({ status }) => status).toSorted(), [200, 409, 409, 409])
    assert.equal(tries.find(({ status }) => status === 409)?.body.error, 'client_changed')
    assert.deepEqual(failure(await put('late', 1)), [409, 'client_changed'])
    const { body } = await put('next', 2)
    assert.deepEqual([body.name, body.version, body.secret], ['next', 3, undefined])
    const told = (await events(id)).map(({ type, outcome, details }) => [
      type,
      outcome,
      details['code'] ?? details['fields'],
    ])
    assert.deepEqual(told.at(-2), ['client-changed', 'refused', 'client_changed'])
    assert.deepEqual(told.at(-1), ['client-changed', 'done', ['name']])
  })

  it('become no sandbox, where personas log in, once people may work with them', async () => {
    const change = (id: string, version: number, changed: object) =>
      call(`PUT /api/desk/clients/${id}`, { name: 'An application', metadata: { ...metadata, ...changed }, version })
    const { id } = await register()
    const refused = await change(id, 1, { sandbox: true })
    assert.deepEqual(failure(refused), [400, 'client_invalid'])
    assert.deepEqual(
      refused.body.faults?.map(({ field }) => field),
      ['sandbox'],
    )
    assert.equal((await call(`GET /api/desk/clients/${id}`)).body.version, 1)
    const tries = await register({ metadata: { ...metadata, sandbox: true } })
    assert.equal((await change(tries.id, 1, { sandbox: true, access_token_seconds: 60 })).status, 200)
    assert.equal((await change(tries.id, 2, {})).status, 200)
    assert.equal((await change(tries.id, 3, { sandbox: true })).status, 400)
  })

  it('become no sandbox by a change to a version that another change is about to make', async () => {
    const { id } = await register({ metadata: { ...metadata, sandbox: true } })
    const isWaiting = `select from pg_locks where not granted and relation = 'client'::regclass`
    const { late } = await service.store.inTransaction(async (tx) => {
      const run = (text: string) => service.store.run(statement<[]>('', text), [], tx)
      await run('lock table client in share mode')
      const late = call(`PUT /api/desk/clients/${id}`, {
        ...{ name: 'An application', metadata: { ...metadata, sandbox: true }, version: 2 },
      })
      let isAnswered = false
      void late.finally(() => (isAnswered = true))
      while (!isAnswered && (await sql(service, isWaiting)).length === 0);
      await run(`update client set metadata = metadata - 'sandbox', version = 2 where id = '${id}'`)
      return { late }
    })
    assert.deepEqual(failure(await late), [409, 'client_changed'])
    assert.equal((await call(`GET /api/desk/clients/${id}`)).body.metadata.sandbox, undefined)
  })

  it('lose their secrets when they prove themselves otherwise, and get another when they come back', async () => {
    const { id, secret = '' } = await register()
    const put = (method: string, version: number) =>
      call(`PUT /api/desk/clients/${id}`, {
        ...{ name: 'An application', version, metadata: { ...metadata, token_endpoint_auth_method: method } },
      })
    assert.deepEqual((await put('none', 1)).body.secrets, [])
    const { body } = await put('client_secret_basic', 2)
    assert.ok(body.secret && (await isClient(id, body.secret)))
    assert.equal(await isClient(id, secret), false)
  })

  it('have a week to bring a secret into use unless it is said, and five secrets at most', async () => {
    const { id } = await register()
    await call(`POST /api/desk/clients/${id}/secrets`, {})
    const week = new Date(clock.now().getTime() + 7 * 86_400_000).toISOString()
    const { secrets } = (await call(`GET /api/desk/clients/${id}`)).body
    assert.ok(secrets.some(({ endsAt }) => endsAt === week))
    for (let more = 0; more < 3; more += 1)
      assert.equal((await call(`POST /api/desk/clients/${id}/secrets`, {})).status, 200)
    assert.deepEqual(failure(await call(`POST /api/desk/clients/${id}/secrets`, {})), [409, 'client_secrets_full'])
    assert.equal((await call(`GET /api/desk/clients/${id}`)).body.secrets.length, 5)
  })

  it("end nobody's secret but their own", async () => {
    const [mine, theirs] = [await register(), await register()]
    const secretId = theirs.secrets[0]?.id
    assert.equal((await call(`POST /api/desk/clients/${mine.id}/secrets/${secretId}/end`, {})).status, 404)
    assert.ok(await isClient(theirs.id, theirs.secret ?? ''))
  })

  it('line 17: are refused everything at once when they are disabled, at every instance, and get nothing back', async () => {
    const { id, secret = '' } = await register()
    const other = await startService({ beside: service, now: clock.now })
    const { browser, access, refresh } = await tokensOf(id, secret)
    const unspent = (await browser.follow(authorizeUrl({ client_id: id }), { until: 'another-origin' })).location
    const bearer = { host: new URL(issuer).host, authorization: `Bearer ${access}` }
    const userinfo = async ({ app }: Pick<TestService, 'app'>) =>
      (await app.inject({ url: '/userinfo', headers: bearer })).statusCode
    assert.deepEqual([await userinfo(service), await userinfo(other)], [200, 200])

    assert.equal((await call(`POST /api/desk/clients/${id}/disable`)).status, 204)
    assert.deepEqual([await userinfo(service), await userinfo(other)], [401, 401])
    for (const at of [service, other]) {
      const refreshed = await post(
        at,
        '/token',
        { grant_type: 'refresh_token', refresh_token: refresh },
        basic(id, secret),
      )
      assert.equal(refreshed.body['error'], 'invalid_client')
    }
    const redeemed = await redeem(
      service,
      unspent?.searchParams.get('code') ?? '',
      { client_id: undefined },
      basic(id, secret),
    )
    assert.equal(redeemed.body['error'], 'invalid_client')
    const page = await browser.get(authorizeUrl({ client_id: id }))
    assert.deepEqual([page.status, page.location], [400, undefined])
    assert.equal((await browser.get('/api/session')).status, 200, 'the person stays signed in')
    assert.equal((await call(`GET /api/desk/clients/${id}`)).body.status, 'disabled')

    assert.equal((await call(`POST /api/desk/clients/${id}/disable`)).status, 204)
    // As by a request that was under way when the application was disabled.
    await sql(service, 'update session_application set revoked_at = null where client_id = $1', id)
    assert.equal(await userinfo(service), 401)
    assert.equal((await call(`POST /api/desk/clients/${id}/enable`)).status, 204)
    assert.equal(await userinfo(service), 401)
    assert.equal((await refreshWith(id, secret, refresh)).body['error'], 'invalid_grant')
    assert.ok((await tokensOf(id, secret)).access)
    const types = (await events(id)).map(({ type }) => type).filter((type) => /abled/.test(type))
    assert.deepEqual(types, ['client-disabled', 'client-enabled'])
    await other.close()
  })

  it('call the APIs that are defined, and that they are registered for', async () => {
    const resource = 'https://lab.example/api'
    const api = { resource, name: 'Lab', scopes: ['lab.read'] }
    assert.equal((await call('POST /api/desk/apis', api)).status, 204)
    assert.equal((await call('POST /api/desk/apis', { ...api, name: 'Laboratory' })).status, 204)
    const { apis } = (await call('GET /api/desk/apis')).body
    assert.deepEqual(
      apis.filter((each: { resource: string }) => !each.resource.startsWith(issuer)),
      [{ ...api, name: 'Laboratory' }],
    )
    const ours = apis.filter((each: { resource: string }) => each.resource.startsWith(issuer))
    assert.deepEqual(
      ours.flatMap((each: { scopes: string[] }) => each.scopes),
      ['directory', 'scim'],
    )
    const anew = await call('POST /api/desk/apis', { ...ours[0], scopes: ['all'] })
    assert.deepEqual(failure(anew), [400, 'client_invalid'])
    const [defined] = await sql<{ details: object }>(
      service,
      `select details from audit_event where type = 'api-defined' and outcome = 'done' order by seq desc limit 1`,
    )
    assert.deepEqual(defined?.details, { api: resource, scopes: ['lab.read'] })
    const made = await register({ apis: [resource], metadata: { ...metadata, scope: 'openid lab.read' } })
    assert.deepEqual(made.apis, [resource])
    assert.ok(await service.rooms.clients.findApi(made.id, resource))
    const bare = await call(`PUT /api/desk/clients/${made.id}`, { name: 'Bare', metadata, version: 1 })
    assert.deepEqual(bare.body.apis, [])
    assert.equal(await service.rooms.clients.findApi(made.id, resource), undefined)
    const wrong = await call('POST /api/desk/apis', {
      resource: 'http://lab.example/#x',
      name: 'Lab',
      scopes: ['openid'],
    })
    assert.deepEqual(failure(wrong), [400, 'client_invalid'])
    assert.deepEqual(
      wrong.body.faults?.map(({ field }) => field),
      ['resource', 'scopes[0]'],
    )
    for (const body of [{ ...api, scopes: ['a b'] }, { ...api, name: '' }, { ...api, extra: 1 }, { resource }])
      assert.deepEqual(failure(await call('POST /api/desk/apis', body)), [400, 'invalid_request'])
  })

  it('line 42: are changed by an operator for everybody alone; one of a part may look', async () => {
    const { id } = await register()
    for (const [line, body] of [
      ['POST /api/desk/clients', { id: 'mine', name: 'Mine', metadata }],
      ['POST /api/desk/clients', { id: '?', metadata: 5 }],
      [`PUT /api/desk/clients/${id}`, { name: 'Mine', metadata, version: 1 }],
      [`POST /api/desk/clients/${id}/disable`, undefined],
      [`POST /api/desk/clients/${id}/enable`, undefined],
      [`POST /api/desk/clients/${id}/secrets`, {}],
      [`POST /api/desk/clients/${id}/secrets/${randomUUID()}/end`, undefined],
      ['POST /api/desk/apis', { resource: 'https://x.example/', name: 'X', scopes: [] }],
    ] as const)
      assert.deepEqual(failure(await call(line, body, local)), [403, 'not_allowed'], line)
    assert.equal((await call('GET /api/desk/clients', undefined, local)).status, 200)
    const refused = (await events(id)).filter(({ outcome }) => outcome === 'refused')
    assert.deepEqual(
      refused.map(({ details }) => details),
      Array(5).fill({ code: 'not_allowed' }),
    )
    assert.equal((await call(`GET /api/desk/clients/${id}`)).body.version, 1)
  })

  it('are not changed by an operator whose duty ended a moment ago', async () => {
    const { id } = await register()
    await sql(service, 'update assignment set ended_at = $1', clock.now())
    assert.equal((await call(`POST /api/desk/clients/${id}/disable`)).status, 403)
    await sql(service, 'update assignment set ended_at = null')
  })

  it('stay with the demonstration when it is seeded again, and its registration is kept up to date', async () => {
    await registerClient(service)
    const shown = async () => (await call('GET /api/desk/clients/ward')).body as DeskClient
    const { version } = await shown()
    await registerClient(service)
    assert.equal((await shown()).version, version + 1)
  })

  it('have several secrets while one is brought into use, and the older ones end in time', async () => {
    const { id, secret: first = '' } = await register()
    const { body: second } = await call(`POST /api/desk/clients/${id}/secrets`, { overlapSeconds: 3600 })
    for (const each of [first, second.secret]) assert.ok(await isClient(id, each))
    const { secrets } = (await call(`GET /api/desk/clients/${id}`)).body
    const endsAt = new Date(clock.now().getTime() + 3_600_000).toISOString()
    assert.deepEqual(secrets.map((each) => each.endsAt).toSorted(), [endsAt, null].toSorted())
    clock.advance({ minutes: 61 })
    top = await again()
    assert.deepEqual([await isClient(id, first), await isClient(id, second.secret)], [false, true])

    const { body: third } = await call(`POST /api/desk/clients/${id}/secrets`, { overlapSeconds: 0 })
    assert.deepEqual([await isClient(id, second.secret), await isClient(id, third.secret)], [false, true])
    assert.equal((await call(`POST /api/desk/clients/${id}/secrets/${third.id}/end`, {})).status, 204)
    assert.equal(await isClient(id, third.secret), false)
    assert.deepEqual(failure(await call(`POST /api/desk/clients/${id}/secrets/${third.id}/end`, {})), [
      404,
      'not_found',
    ])
    assert.deepEqual((await call(`GET /api/desk/clients/${id}`)).body.secrets, [])
    // No secret at all is not the secret of whoever has none.
    for (const none of ['', '-', 'undefined']) assert.equal(await isClient(id, none), false)
    const types = (await events(id)).map(({ type, outcome }) => `${type} ${outcome}`)
    assert.deepEqual(types.slice(1), [
      ...[
        'client-secret-added done',
        'client-secret-added done',
        'client-secret-ended done',
        'client-secret-ended refused',
      ],
    ])
  })

  /** The operator signs in afresh. */
  const again = async () => {
    const { device } = await enrol(service, topId, createSoftwareAuthenticator())
    return signInHere(service, device)
  }
})
