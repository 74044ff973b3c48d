import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CheckedClient, DeskClient, Failure, RegisteredClient } from '@fobwatch/contracts'
import type { BrowserLike, Page } from '@fobwatch/testkit'
import { newId } from '#kernel'
import { enrol, issuer, signInHere, sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'

const metadata = { redirect_uris: ['https://ward.example/callback'], grant_types: ['authorization_code'] }
const saying = (page: Page) => (page.status < 300 ? `${page.status}` : `${page.status} ${page.json<Failure>().error}`)
const needed = '409 second_person_needed'

describe('an application that people work with', () => {
  let service: TestService & { url: string; masterKey: string }
  let places: Places
  let operator: { id: string; browser: BrowserLike; authenticatorId: string }
  let other: typeof operator
  before(async () => {
    service = await startService()
    places = await addPlaces(service)
    operator = await addOperator()
    other = await addOperator()
  })
  after(() => service.close())

  const addOperator = async () => {
    const person = await addAt(service, places.hospital)
    for (const place of [places.hospital, places.home])
      await putAt(service, person.id, place, { dutyCode: 'service-operator' })
    const { device, enrolled } = await enrol(service, person.id)
    return { id: person.id, browser: await signInHere(service, device), authenticatorId: enrolled.id }
  }
  let count = 0
  const named = (changed: object = {}) => {
    count += 1
    return { id: `two-${count}`, name: 'Ward list', metadata, apis: [], ...changed }
  }
  const register = (body: object, by = operator) => by.browser.postJson('/api/desk/clients', body)
  const put = async (id: string, body: object, by = operator): Promise<Page> => {
    const url = `/api/desk/clients/${id}`
    const cookie = by.browser.cookieHeader(`${issuer}${url}`)
    const headers = { host: new URL(issuer).host, origin: issuer, cookie }
    const answer = await service.app.inject({ method: 'PUT', url, headers, payload: body })
    return { status: answer.statusCode, body: answer.body, json: () => answer.json() } as unknown as Page
  }
  /** A request as it would be after a second operator approved it. */
  const approved = async (asked: object, { by = operator, status = 'approved' } = {}) => {
    const id = newId()
    await sql(
      service,
      `insert into request (id, kind, asked, raised_by, raised_with, raised_at, status, expires_at, decided_by, decided_at)
       values ($1, 'add-client', $2, $3, $4, now(), $5, now() + interval '24 hours', $6, now())`,
      ...[id, JSON.stringify(asked), by.id, by.authenticatorId, status, status === 'open' ? null : other.id],
    )
    return id
  }
  const registered = async (changed: object = {}): Promise<RegisteredClient> => {
    const body = named(changed)
    return (await register({ ...body, request: await approved(body) })).json<RegisteredClient>()
  }
  const shown = async (id: string) => (await operator.browser.get(`/api/desk/clients/${id}`)).json<DeskClient>()

  it('line 42: is registered by one alone nowhere but in the sandbox', async () => {
    const body = named()
    assert.equal(saying(await register(body)), needed)
    assert.equal(saying(await operator.browser.get(`/api/desk/clients/${body.id}`)), '404 not_found')
    assert.equal(saying(await register(named({ metadata: { ...metadata, sandbox: true } }))), '200')
    const [event] = await sql<{ details: object }>(
      service,
      `select details from audit_event where client = $1 and outcome = 'refused'`,
      body.id,
    )
    assert.deepEqual(event?.details, { code: 'second_person_needed' })
  })

  it('is registered once another has agreed, and shows its secret to whoever asked', async () => {
    const body = named()
    const request = await approved(body)
    const page = await register({ ...body, request })
    assert.equal(saying(page), '200')
    assert.ok(page.json<RegisteredClient>().secret)
    assert.equal(saying(await register({ ...named(), request })), '409 request_not_approved')
    const used = await sql(
      service,
      `select from audit_event where type = 'request-used' and details->>'request' = $1`,
      request,
    )
    assert.equal(used.length, 1)
  })

  it('is none but the one that was agreed to, by whoever asked', async () => {
    const body = named()
    const request = await approved(body)
    const elsewhere = { ...metadata, redirect_uris: ['https://evil.example/'] }
    for (const changed of [{ name: 'Other' }, { metadata: elsewhere }, { apis: [], id: 'another' }])
      assert.equal(saying(await register({ ...body, ...changed, request })), '409 request_not_approved')
    assert.equal(saying(await register({ ...body, request }, other)), '409 request_not_approved')
    const open = await approved(body, { status: 'open' })
    assert.equal(saying(await register({ ...body, request: open })), '409 request_not_approved')
    assert.equal(saying(await register({ ...body, request: 'x' })), '400 invalid_request')
    assert.equal(saying(await register({ ...body, request })), '200')
  })

  it('leaves an approval unused where it could not be registered after all', async () => {
    const body = named()
    const request = await approved(body)
    const taken = await approved(body)
    assert.equal(saying(await register({ ...body, request })), '200')
    assert.equal(saying(await register({ ...body, request: taken })), '409 client_taken')
    const [row] = await sql<{ status: string }>(service, 'select status from request where id = $1', taken)
    assert.equal(row?.status, 'approved')
  })

  it('line 42: does not come out of the sandbox by the hand of one', async () => {
    const body = named({ metadata: { ...metadata, sandbox: true } })
    assert.equal(saying(await register(body)), '200')
    const out = { name: 'Ward list', metadata, apis: [], version: 1 }
    assert.equal(saying(await put(body.id, out)), needed)
    assert.equal((await shown(body.id)).metadata.sandbox, true)
    const request = await approved({ ...out, id: body.id })
    assert.equal(saying(await put(body.id, { ...out, request })), '200')
    assert.equal((await shown(body.id)).metadata.sandbox, undefined)
  })

  it('line 42: calls no API from the sandbox by the hand of one', async () => {
    const resource = 'https://lab.example/api'
    const api = { resource, name: 'Laboratory', scopes: ['results'] }
    assert.equal((await operator.browser.postJson('/api/desk/apis', api)).status, 204)
    const tries = { ...metadata, grant_types: ['authorization_code', 'client_credentials'], sandbox: true }
    assert.equal(saying(await register(named({ metadata: tries, apis: [resource] }))), needed)
    const body = named({ metadata: tries })
    assert.equal(saying(await register(body)), '200')
    const more = { name: 'Ward list', metadata: tries, apis: [resource], version: 1 }
    assert.equal(saying(await put(body.id, more)), needed)
    const request = await approved({ ...more, id: body.id })
    assert.equal(saying(await put(body.id, { ...more, request })), '200')
  })

  it('line 42: sends its codes nowhere else, and gets nothing more, by the hand of one', async () => {
    const { id } = await registered()
    const change = (changed: object, more: object = {}) =>
      put(id, { name: 'Ward list', metadata: { ...metadata, ...changed }, apis: [], version: 1, ...more })
    for (const changed of [
      { redirect_uris: [...metadata.redirect_uris, 'https://evil.example/'] },
      { grant_types: ['authorization_code', 'client_credentials'] },
      { token_endpoint_auth_method: 'none' },
      { pkce_required: false },
    ])
      assert.equal(saying(await change(changed)), needed, JSON.stringify(changed))
    assert.equal(saying(await change({}, { name: 'Ward lists' })), '200')
    // What was agreed to for one version is not agreed to for the next.
    const more = { redirect_uris: [...metadata.redirect_uris, 'https://ward.example/second'] }
    const stale = { id, name: 'Ward list', metadata: { ...metadata, ...more }, apis: [], version: 1 }
    const request = await approved(stale)
    assert.equal(saying(await change(more, { request })), '409 client_changed')
    assert.equal(saying(await change(more, { version: 2, request })), '409 request_not_approved')
  })

  it('says before it is kept whether it takes a second person', async () => {
    const { id } = await registered()
    const takesTwo = async (body: object) =>
      (await operator.browser.postJson('/api/desk/clients/preview', body)).json<CheckedClient>()
    assert.deepEqual(await takesTwo(named()), { faults: [], secondPerson: true })
    assert.deepEqual(await takesTwo(named({ metadata: { ...metadata, sandbox: true } })), {
      ...{ faults: [], secondPerson: false },
    })
    const now = { id, name: 'Ward list', metadata, apis: [], version: 1 }
    assert.deepEqual(await takesTwo(now), { faults: [], secondPerson: false })
    const more = { ...metadata, redirect_uris: ['https://more.example/'] }
    assert.deepEqual(await takesTwo({ ...now, metadata: more }), { faults: [], secondPerson: true })
  })

  it('is disabled and enabled again, and gets another secret, by one alone: two have agreed to it', async () => {
    const { id } = await registered()
    for (const deed of ['disable', 'enable', 'secrets'])
      assert.ok((await operator.browser.postJson(`/api/desk/clients/${id}/${deed}`, {})).status < 300, deed)
  })
})
