import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { AddAnchor, AnchorList, Failure } from '@fobwatch/contracts'
import { type BrowserLike, createAttestationAuthority, createSoftwareAuthenticator } from '@fobwatch/testkit'
import { enrol, signInHere, sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'

const maker = createAttestationAuthority({ organisation: 'Desk Anchors' })

describe("the desk's anchors", () => {
  let service: TestService
  let places: Places
  /** Sets rules for everybody; for the hospital alone; for nobody. */
  let top: BrowserLike
  let local: BrowserLike
  let manager: BrowserLike
  before(async () => {
    service = await startService()
    places = await addPlaces(service)
    const deskOf = async (dutyCode: string, ...at: string[]) => {
      const person = await addAt(service, places.hospital)
      for (const place of at) await putAt(service, person.id, place, { dutyCode })
      return signInHere(service, (await enrol(service, person.id, createSoftwareAuthenticator())).device)
    }
    top = await deskOf('service-operator', places.hospital, places.home)
    local = await deskOf('service-operator', places.hospital)
    manager = await deskOf('manager', places.hospital)
  })
  after(() => service.close())

  const whole: AddAnchor = {
    ...{ name: 'Trust iPads', certificate: maker.rootPem, organisation: 'ZZX01', hardware: true, platform: 'ios' },
  }
  const list = async (browser: BrowserLike) => (await browser.get('/api/desk/anchors')).json<AnchorList>().anchors
  const post = async (path: string, body: object, browser = top) => {
    const answer = await browser.postJson(`/api/desk/anchors${path}`, body)
    return { status: answer.status, body: (answer.status === 204 ? {} : answer.json()) as Failure & { id: string } }
  }
  const add = (changed: object = {}, browser = top) => post('', { ...whole, ...changed }, browser)
  const clear = async () => {
    for (const { id } of await list(top)) assert.equal((await post(`/${id}/remove`, {})).status, 204)
  }

  it('are added for an organisation, shown with what they say, and removed', async () => {
    const { status, body } = await add()
    assert.equal(status, 200)
    const [anchor, ...more] = await list(top)
    assert.deepEqual(more, [])
    assert.ok(anchor)
    assert.ok(anchor.subject.includes('Desk Anchors') && anchor.validUntil > anchor.addedAt)
    const { subject, validUntil, addedAt, ...rest } = anchor
    assert.deepEqual(rest, {
      ...{ id: body.id, name: 'Trust iPads', organisation: { code: 'ZZX01', name: 'Hospital' } },
      ...{ hardware: true, platform: 'ios', mayRemove: true },
    })
    assert.equal((await post(`/${body.id}/remove`, {})).status, 204)
    assert.deepEqual(await list(top), [])
    const events = await sql<{ type: string; actor: string | null }>(
      service,
      `select type, actor from audit_event where type like 'anchor-%' order by seq`,
    )
    assert.deepEqual(
      events.map(({ type }) => type),
      ['anchor-added', 'anchor-removed'],
    )
    assert.ok(events.every(({ actor }) => actor !== null))
  })

  it('are told from what is none, and are there once', async () => {
    const why = async (changed: object) => (await add(changed)).body.reasons?.[0]
    assert.match((await why({ certificate: 'hello' })) ?? '', /no certificate/)
    assert.match((await why({ certificate: maker.rootPem + maker.rootPem })) ?? '', /one certificate/)
    assert.equal((await add()).status, 200)
    assert.match((await why({})) ?? '', /already/)
    assert.deepEqual(
      [(await add({ organisation: 'ZZNONE' })).body.error, (await add({ organisation: 'ZZNONE' })).status],
      ['not_found', 404],
    )
    await clear()
  })

  it('line 40: are refused in a body or at an address that is none', async () => {
    for (const body of [{}, { ...whole, platform: 'android' }, { ...whole, name: '' }, { ...whole, extra: 1 }])
      assert.equal((await post('', body)).body.error, 'invalid_request')
    assert.equal((await add({ organisation: 'A B' })).body.error, 'invalid_request')
    assert.equal((await post(`/x'--/remove`, {})).status, 400)
    assert.equal((await post(`/${randomUUID()}/remove`, {})).status, 404)
  })

  it('line 42: are in the hands of whoever sets the rules there, and of nobody else', async () => {
    assert.equal((await add({}, local)).status, 200)
    for (const organisation of ['ZZX03', null])
      assert.equal((await add({ organisation }, local)).body.error, 'not_allowed', String(organisation))
    const { body } = await add({ organisation: null, platform: null })
    assert.equal((await post(`/${body.id}/remove`, {}, local)).body.error, 'not_allowed')
    assert.deepEqual(
      (await list(local)).map(({ organisation, mayRemove }) => [organisation?.code ?? 'everyone', mayRemove]),
      [
        ['ZZX01', true],
        ['everyone', false],
      ],
    )
    assert.equal((await manager.get('/api/desk/anchors')).status, 403)
    assert.equal((await add({}, manager)).status, 403)
    assert.equal((await post(`/${body.id}/remove`, {}, manager)).status, 403)
    const refused = await sql(
      service,
      `select from audit_event where type = 'desk-refused' and details->>'task' = 'set-policy' and details->>'why' = 'outside'`,
    )
    assert.equal(refused.length, 3)
    await clear()
  })
})
