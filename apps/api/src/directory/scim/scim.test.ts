import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { statement } from '@fobwatch/store'
import { withDuty } from '../../registration-authority/people/people.testing.ts'
import { enrol, signInHere, sql, untilBlocked } from '../../service.testing.ts'
import { registerOwn, tokenOf } from '../application.testing.ts'
import { enterpriseSchema, staffSchema } from './attributes.ts'
import { type Answer, type Caller, callerFor, giveDuty, makeUser, startFeeds, userFrom } from './scim.testing.ts'

type Started = Awaited<ReturnType<typeof startFeeds>>

const patchOf = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
})

describe('people from an HR system', () => {
  let service: Started
  let call: Caller
  let other: Caller
  before(async () => {
    service = await startFeeds()
    call = await callerFor(service)
    other = await callerFor(service, 'other-hr')
  })
  after(() => service.close())

  const personOf = async (id: string) => {
    const person = await service.rooms.people.findPersonByStaffId(id)
    return person ?? assert.fail(`Nobody is ${id}`)
  }
  const events = async (id: string) =>
    (await service.rooms.audit.eventsOf((await personOf(id)).id)).map(({ type, client }) => `${type} ${client}`)
  const error = ({ status, body }: Answer) => [status, body.scimType]
  const refusals = () =>
    sql<{ why: string }>(
      service,
      `select details->>'why' as why from audit_event where type = 'feed-refused' order by seq`,
    )

  it('are made as at the desk, at identity level 1, with an event that names the application', async () => {
    const user = userFrom()
    const { status, body, headers } = await call('POST', '/Users', user)
    assert.equal(status, 201, JSON.stringify(body))
    assert.match(String(headers['content-type']), /^application\/scim\+json/)
    assert.equal(headers['location'], `http://localhost:3000/scim/v2/Users/${body.id}`)
    assert.equal(headers['etag'], body.meta.version)
    assert.match(body.id, /^\d{12}$/)
    const { userName, externalId, name, active, emails } = body
    assert.deepEqual(
      { userName, externalId, active, emails },
      {
        ...{ userName: user.userName, externalId: user.externalId, active: true, emails: user.emails },
      },
    )
    assert.deepEqual([name, body.displayName], [user.name, `${user.name.givenName} ${user.name.familyName}`])
    assert.deepEqual(body[enterpriseSchema], { employeeNumber: '701', department: 'Ward 7', organization: 'ZT7' })
    const person = await personOf(body.id)
    assert.deepEqual(
      [person.identityLevel, person.identityProvedAt, person.externalId],
      [1, null, `ZT7:${user.externalId}`],
    )
    assert.ok((await events(body.id)).includes('person-created hr'))
    assert.deepEqual((await call('GET', `/Users/${body.id}`)).body, body)
  })

  it('are made at an organisation below, and at no other', async () => {
    const at = (organization: string) => ({ [enterpriseSchema]: { organization } })
    const { id, ...body } = await makeUser(call, at('ZT8'))
    assert.equal(body[enterpriseSchema].organization, 'ZT8')
    for (const organization of ['ZT9', 'X99', "' or 1=1 --", '{"$gt":""}'])
      assert.deepEqual(error(await call('POST', '/Users', userFrom(at(organization)))), [400, 'invalidValue'])
    const moved = await call(
      'PATCH',
      `/Users/${id}`,
      patchOf({ op: 'replace', path: enterpriseSchema, value: { organization: 'ZT7' } }),
    )
    assert.deepEqual(error(moved), [400, 'mutability'])
  })

  it('are made once: 409 for a userName in any capitals, an externalId, and whoever is likely the same', async () => {
    const user = userFrom({ [staffSchema]: { birthDate: '1990-02-28' } })
    await makeUser(call, user)
    for (const same of [
      { userName: user.userName.toUpperCase() },
      { externalId: user.externalId },
      { emails: user.emails },
      { name: user.name, [staffSchema]: { birthDate: '1990-02-28T00:00:00Z' } },
    ])
      assert.deepEqual(error(await call('POST', '/Users', userFrom(same))), [409, 'uniqueness'], JSON.stringify(same))
    assert.doesNotMatch(
      JSON.stringify((await call('POST', '/Users', userFrom({ emails: user.emails }))).body),
      /\d{12}/,
    )
    assert.ok((await refusals()).some(({ why }) => why === 'person_similar'))
    // Another organisation's HR system may call somebody else the same.
    await makeUser(other, { externalId: user.externalId })
  })

  it('line 2: are made once by many who bring the same at once', async () => {
    const user = userFrom()
    const answers = await Promise.all(Array.from({ length: 8 }, () => call('POST', '/Users', user)))
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, ...Array.from({ length: 7 }, () => 409)])
    const sameNumber = await Promise.all(
      Array.from({ length: 4 }, () => call('POST', '/Users', userFrom({ externalId: user.externalId.slice(1) }))),
    )
    assert.deepEqual(sameNumber.map(({ status }) => status).toSorted(), [201, 409, 409, 409])
  })

  it('are replaced: what is left out is taken away, but for what an HR system may not know', async () => {
    const user = userFrom({ [staffSchema]: { birthDate: '1991-02-28' }, phoneNumbers: [{ value: '0113 496 0000' }] })
    const made = await makeUser(call, user)
    const name = { givenName: 'Inesita', familyName: made.name.familyName, honorificPrefix: 'Dr' }
    const put = await call('PUT', `/Users/${made.id}`, { userName: made.userName, name, id: 'ignored', meta: {} })
    assert.equal(put.status, 200, JSON.stringify(put.body))
    const { emails, phoneNumbers, externalId } = put.body
    assert.deepEqual(
      { emails, phoneNumbers, externalId },
      { emails: undefined, phoneNumbers: undefined, externalId: undefined },
    )
    assert.deepEqual(put.body[staffSchema], { birthDate: '1991-02-28' })
    assert.deepEqual(put.body[enterpriseSchema], { organization: 'ZT7' })
    assert.deepEqual(put.body.name, name)
    assert.equal((await personOf(made.id)).identityLevel, 1)
    for (const lacks of [{ name }, { userName: 'x' }, { userName: 'x', name: { givenName: 'A' } }])
      assert.deepEqual(error(await call('PUT', `/Users/${made.id}`, lacks)), [400, 'invalidValue'])
  })

  it('are paused by active:false, which ends their sessions, and started again by the feed', async () => {
    const { id } = await makeUser(call)
    const { device } = await enrol(service, (await personOf(id)).id)
    const browser = await signInHere(service, device)
    const off = await call('PATCH', `/Users/${id}`, patchOf({ op: 'Replace', path: 'active', value: 'False' }))
    assert.deepEqual([off.status, off.body.active], [200, false])
    assert.equal((await browser.get('/api/session')).status, 401)
    const on = await call('PATCH', `/Users/${id}`, patchOf({ op: 'replace', value: { active: true } }))
    assert.deepEqual([on.status, on.body.active], [200, true])
    assert.deepEqual(
      (await events(id)).filter((each) => /person-(suspended|reinstated)/.test(each)),
      ['person-suspended hr', 'person-reinstated hr'],
    )
  })

  it('are not started again by a feed when the desk paused them', async () => {
    const { id } = await makeUser(call)
    const personId = (await personOf(id)).id
    await service.store.inTransaction((tx) => service.rooms.people.suspendPerson(tx, { personId, because: 'concern' }))
    const on = await call('PATCH', `/Users/${id}`, patchOf({ op: 'replace', path: 'active', value: true }))
    assert.equal(on.status, 403)
    assert.equal((await personOf(id)).status, 'suspended')
  })

  it('are closed by DELETE with all that is theirs, and are nobody to the feed from then on', async () => {
    const made = await makeUser(call)
    const personId = (await personOf(made.id)).id
    const { device } = await enrol(service, personId)
    const browser = await signInHere(service, device)
    assert.equal((await call('DELETE', `/Users/${made.id}`)).status, 204)
    assert.equal((await browser.get('/api/session')).status, 401)
    const [{ usable } = { usable: 1 }] = await sql<{ usable: number }>(
      service,
      `select count(*) as usable from authenticator where person_id = $1 and status <> 'revoked'`,
      personId,
    )
    assert.equal(usable, 0)
    assert.ok((await events(made.id)).includes('person-closed hr'))
    for (const [method, body] of [
      ['GET', undefined],
      ['DELETE', undefined],
      ['PATCH', patchOf({ op: 'replace', path: 'active', value: true })],
      ['PUT', userFrom()],
    ] as const)
      assert.equal((await call(method, `/Users/${made.id}`, body)).status, 404, method)
    const { body } = await call('GET', `/Users?filter=${encodeURIComponent(`userName eq "${made.userName}"`)}`)
    assert.equal(body.totalResults, 0)
    // Whoever comes back is brought back by the desk.
    assert.deepEqual(error(await call('POST', '/Users', userFrom({ externalId: made.externalId }))), [
      409,
      'uniqueness',
    ])
    assert.equal((await personOf(made.id)).status, 'closed')
    await makeUser(call, { userName: made.userName })
  })

  it('are told what the HR system said of them, and forgotten with it when they are erased', async () => {
    const { id, userName } = await makeUser(call)
    const personId = (await personOf(id)).id
    const zt7 = await service.rooms.access.findOrganisation('ZT7')
    const { browser } = await withDuty(service, 'manager', zt7?.id ?? '')
    const held = await browser.get(`/api/desk/people/${id}/export`)
    assert.match(held.body, /"department":"Ward 7"/)
    await call('DELETE', `/Users/${id}`)
    assert.equal((await browser.postJson(`/api/desk/people/${id}/erase`, { because: 'asked' })).status, 204)
    assert.deepEqual(
      await sql(service, 'select 1 from fed_person where person_id = $1 or user_name = $2', personId, userName),
      [],
    )
  })

  it('of another organisation are not there, whatever is asked about them, and it is recorded', async () => {
    const { id } = await makeUser(other)
    const ways: [Parameters<Caller>[0], object | undefined][] = [
      ['GET', undefined],
      ['PUT', userFrom()],
      ['PATCH', patchOf({ op: 'replace', path: 'active', value: false })],
      ['DELETE', undefined],
    ]
    for (const [method, body] of ways) {
      const answer = await call(method, `/Users/${id}`, body)
      assert.deepEqual([answer.status, answer.body.schemas[0]], [404, 'urn:ietf:params:scim:api:messages:2.0:Error'])
    }
    assert.ok((await refusals()).filter(({ why }) => why === 'outside').length >= 3)
    const { body } = await call('GET', '/Users?count=200')
    assert.ok(!body.Resources.some((each: { id: string }) => each.id === id))
    assert.equal((await personOf(id)).status, 'active')
  })

  it('with a duty, or with work elsewhere, are seen and not touched', async () => {
    const [manager, shared] = [await makeUser(call), await makeUser(call)]
    await giveDuty(service, (await personOf(manager.id)).id)
    const zt9 = await service.rooms.access.findOrganisation('ZT9')
    await service.store.inTransaction(async (tx) =>
      service.rooms.access.affiliate(tx, (await personOf(shared.id)).id, zt9?.id ?? ''),
    )
    for (const { id, name } of [manager, shared]) {
      assert.equal((await call('GET', `/Users/${id}`)).status, 200)
      assert.equal(
        (await call('PATCH', `/Users/${id}`, patchOf({ op: 'replace', path: 'active', value: false }))).status,
        403,
      )
      assert.equal(
        (await call('PATCH', `/Users/${id}`, patchOf({ op: 'replace', path: 'emails', value: 'x@y.example' }))).status,
        403,
      )
      assert.equal((await call('DELETE', `/Users/${id}`)).status, 403)
      // What is so already is no change.
      const same = patchOf({ op: 'replace', path: 'name.familyName', value: name.familyName })
      assert.equal((await call('PATCH', `/Users/${id}`, same)).status, 200)
      assert.equal((await personOf(id)).status, 'active')
    }
  })

  it('line 42: are not there for a feed that brought them, once they work at another organisation alone', async () => {
    const { id } = await makeUser(call)
    const personId = (await personOf(id)).id
    await giveDuty(service, personId)
    await sql(service, 'update assignment set ended_at = now() where person_id = $1', personId)
    assert.equal((await call('GET', `/Users/${id}`)).status, 200)
    const zt9 = await service.rooms.access.findOrganisation('ZT9')
    await service.store.inTransaction((tx) => service.rooms.access.affiliate(tx, personId, zt9?.id ?? ''))
    assert.equal((await call('GET', `/Users/${id}`)).status, 404)
    assert.equal((await call('DELETE', `/Users/${id}`)).status, 404)
    const filter = new URLSearchParams({ filter: `id eq "${id}"` })
    assert.equal((await call('GET', `/Users?${filter}`)).body.totalResults, 0)
  })

  it('are changed from the version that somebody looked at, where they say which', async () => {
    const { id, meta } = await makeUser(call)
    const change = (department: string) =>
      patchOf({ op: 'replace', path: `${enterpriseSchema}:department`, value: department })
    const first = await call('PATCH', `/Users/${id}`, change('Ward 8'), { 'if-match': meta.version })
    assert.equal(first.status, 200)
    assert.notEqual(first.body.meta.version, meta.version)
    assert.equal(first.headers['etag'], first.body.meta.version)
    for (const method of ['PATCH', 'PUT', 'DELETE'] as const) {
      const late = await call(
        method,
        `/Users/${id}`,
        method === 'DELETE' ? undefined : method === 'PUT' ? userFrom() : change('Ward 9'),
        { 'if-match': meta.version },
      )
      assert.equal(late.status, 412, method)
    }
    assert.equal((await call('PATCH', `/Users/${id}`, change('Ward 9'), { 'if-match': '*' })).status, 200)
    const now = (await call('GET', `/Users/${id}`)).headers['etag']
    const same = await call('GET', `/Users/${id}`, undefined, { 'if-none-match': String(now) })
    assert.deepEqual([same.status, same.body], [304, undefined])
  })

  it('are listed by page, filter and order, each page with the number of all', async () => {
    const department = 'Ward 41'
    const made = []
    for (const familyName of ['Adag', 'Bekemu', 'Cyrolunti'])
      made.push(
        await makeUser(call, {
          name: { givenName: `${familyName}ix`, familyName },
          [enterpriseSchema]: { department },
        }),
      )
    const list = async (query: Record<string, string>) =>
      (await call('GET', `/Users?${new URLSearchParams(query)}`)).body
    const either = made.map(({ id }) => `id eq "${id}"`).join(' or ')
    const page = await list({
      filter: either,
      sortBy: 'name.familyName',
      sortOrder: 'descending',
      startIndex: '2',
      count: '1',
    })
    const { totalResults, startIndex, itemsPerPage, Resources } = page
    assert.deepEqual({ totalResults, startIndex, itemsPerPage }, { totalResults: 3, startIndex: 2, itemsPerPage: 1 })
    assert.equal(Resources[0].name.familyName, 'Bekemu')
    assert.equal((await list({ filter: `(${either}) and name.familyName sw "cyro"` })).totalResults, 1)
    assert.equal((await list({ filter: `userName eq "${made[0].userName.toUpperCase()}"` })).totalResults, 1)
    assert.equal((await list({ filter: `externalId eq "${made[1].externalId}"` })).totalResults, 1)
    assert.equal((await list({ filter: `emails.value co "${made[1].id}"` })).totalResults, 0)
    assert.equal(
      (await list({ filter: `emails[type eq "work"].value eq "${made[1].emails[0].value}"` })).totalResults,
      1,
    )
    assert.equal((await list({ filter: `(${either}) and active eq true` })).totalResults, 3)
    const since = made[2].meta.lastModified
    assert.equal((await list({ filter: `(${either}) and meta.lastModified gt "${since}"` })).totalResults, 0)
    assert.ok((await list({ filter: `(${either}) and meta.lastModified ge "${since}"` })).totalResults >= 1)
    assert.deepEqual((await list({ count: '0' })).Resources, [])
    assert.equal((await list({ startIndex: '-5', count: '1' })).startIndex, 1)
    assert.equal((await list({ count: '-1' })).itemsPerPage, 0)
  })

  it('are searched for by what is posted, too', async () => {
    const { id } = await makeUser(call)
    const asked = { filter: `id eq "${id}"`, attributes: ['userName'], count: 5, startIndex: 1 }
    for (const path of ['/.search', '/Users/.search']) {
      const { status, body } = await call('POST', path, asked)
      assert.deepEqual(
        [status, body.totalResults, Object.keys(body.Resources[0]).toSorted()],
        [200, 1, ['id', 'schemas', 'userName']],
      )
    }
    for (const wrong of [{ filter: { $ne: '' } }, { filter: "' or 1=1" }, { count: { $gt: 0 } }, { sortBy: ['id'] }])
      assert.equal((await call('POST', '/.search', wrong)).status, 400, `line 40: ${JSON.stringify(wrong)}`)
  })

  it('are sent with the attributes that are asked for', async () => {
    const { id } = await makeUser(call)
    const only = (await call('GET', `/Users/${id}?attributes=userName,name.familyName`)).body
    assert.deepEqual(Object.keys(only).toSorted(), ['id', 'name', 'schemas', 'userName'])
    assert.deepEqual(Object.keys(only.name), ['familyName'])
    const rest = (await call('GET', `/Users/${id}?excludedAttributes=emails,name.familyName,id`)).body
    assert.deepEqual([rest.emails, rest.name.familyName, rest.id], [undefined, undefined, id])
    const work = (await call('GET', `/Users/${id}?attributes=${enterpriseSchema}:department`)).body
    assert.deepEqual(work[enterpriseSchema], { department: 'Ward 7' })
  })

  it('line 40: are asked for by no SQL and no JSON in filters, order, numbers or addresses', async () => {
    const before = (await call('GET', '/Users?count=0')).body.totalResults
    for (const [query, scimType] of [
      [{ filter: 'userName eq "x" or 1=1' }, 'invalidFilter'],
      [{ filter: 'userName eq "\'; delete from person; --' }, 'invalidFilter'],
      [{ filter: '{"$where":"1"}' }, 'invalidFilter'],
      [{ filter: 'not (active eq true)' }, 'invalidFilter'],
      [{ filter: 'a'.repeat(3000) }, 'invalidFilter'],
      [{ filter: 'meta.lastModified gt "-271821-04-20T00:00:00Z"' }, 'invalidFilter'],
      [{ sortBy: 'userName; drop table person' }, 'invalidValue'],
      [{ sortBy: 'identity_level' }, 'invalidValue'],
      [{ sortBy: '__proto__' }, 'invalidValue'],
      [{ sortBy: 'userName', sortOrder: 'asc; select 1' }, 'invalidValue'],
      [{ startIndex: '1 or 1=1' }, 'invalidValue'],
      [{ count: '1e9' }, 'invalidValue'],
      [{ count: '{"$gt":0}' }, 'invalidValue'],
    ] as [Record<string, string>, string][])
      assert.deepEqual(
        error(await call('GET', `/Users?${new URLSearchParams(query)}`)),
        [400, scimType],
        JSON.stringify(query),
      )
    assert.equal((await call('GET', '/Users?count=1&count=2')).status, 400)
    for (const id of ["1' or '1'='1", '%00', '..%2f..', '{"$gt":""}', '000000000000'])
      assert.equal((await call('GET', `/Users/${encodeURIComponent(id)}`)).status, 404, id)
    for (const method of ['GET', 'DELETE'] as const)
      assert.equal((await call(method, '/Users/1%00')).status, 400, method)
    // A value that is SQL is a value.
    const odd = `x'); drop table person; --`
    assert.equal(
      (await call('GET', `/Users?${new URLSearchParams({ filter: `userName eq "${odd}"` })}`)).body.totalResults,
      0,
    )
    assert.equal((await call('GET', '/Users?count=0')).body.totalResults, before)
  })

  it('line 14: are refused with what is wrong, in the form of SCIM, when a value cannot be kept', async () => {
    for (const wrong of [
      { userName: '' },
      { userName: 'x'.repeat(300) },
      { userName: 'a\r\nb' },
      { userName: 'a\u0000b' },
      { userName: { a: 1 } },
      { name: { givenName: 'A' } },
      { name: { givenName: '\u202eA', familyName: 'B' } },
      { name: 'A B' },
      { emails: [{ value: 'not an address' }] },
      { emails: [{ value: 'a@b.example\r\nBcc: x@y.example' }] },
      { phoneNumbers: [{ value: '<script>' }] },
      { externalId: 'x'.repeat(51) },
      { externalId: "'; drop table person" },
      { active: 'perhaps' },
      { [staffSchema]: { birthDate: '1990-02-30' } },
      { [staffSchema]: { birthDate: 'yesterday' } },
      { [staffSchema]: { birthDate: '0000-01-01' } },
    ]) {
      const answer = await call('POST', '/Users', userFrom(wrong))
      assert.deepEqual(error(answer), [400, 'invalidValue'], JSON.stringify(wrong))
      assert.deepEqual(answer.body.schemas, ['urn:ietf:params:scim:api:messages:2.0:Error'])
      assert.equal(answer.body.status, '400')
      assert.match(String(answer.headers['content-type']), /^application\/scim\+json/)
    }
    for (const body of [
      '{',
      '[]',
      '"x"',
      'null',
      '{"__proto__":{"active":true}}',
      '{"a":1,"constructor":{"prototype":{}}}',
    ])
      assert.deepEqual(error(await call('POST', '/Users', body)), [400, 'invalidSyntax'], body)
    assert.equal((await call('POST', '/Users', 'x', { 'content-type': 'text/xml' })).status, 415)
    assert.equal((await call('POST', '/Users', JSON.stringify(userFrom({ x: 'y'.repeat(200_000) })))).status, 413)
  })

  it('are spoken of in a service that says what it does', async () => {
    const config = (await call('GET', '/ServiceProviderConfig')).body
    assert.deepEqual([config.patch.supported, config.bulk.supported, config.etag.supported], [true, false, true])
    assert.deepEqual((await call('GET', '/ResourceTypes')).body.Resources[0].endpoint, '/Users')
    assert.equal((await call('GET', '/ResourceTypes/User')).status, 200)
    const { Resources } = (await call('GET', '/Schemas')).body
    assert.deepEqual(Resources.map(({ id }: { id: string }) => id).length, 3)
    assert.equal((await call('GET', `/Schemas/${enterpriseSchema}`)).body.name, 'EnterpriseUser')
    const nowhere = await call('GET', '/Groups')
    assert.deepEqual([nowhere.status, nowhere.body.schemas[0]], [404, 'urn:ietf:params:scim:api:messages:2.0:Error'])
    for (const path of ['/Schemas/urn:nothing', '/ResourceTypes/Group'])
      assert.equal((await call('GET', path)).status, 404)
  })

  it('are fed by no application whose registration names no organisation, or one that is gone', async () => {
    await registerOwn(service, 'nobody', 'scim')
    const nobody = await callerFor(service, 'nobody')
    assert.equal((await nobody('GET', '/Users')).status, 403)
    assert.equal((await nobody('POST', '/Users', userFrom())).status, 403)
    await registerOwn(service, 'gone', 'scim', { feed_organisation: 'X999' })
    assert.equal((await (await callerFor(service, 'gone'))('GET', '/Users')).status, 403)
  })

  it('line 1: are fed by no application that was disabled, or feeds elsewhere, while its request was read', async () => {
    const since = [
      () => service.rooms.registrationAuthority.disableClient({ id: 'late' }, null),
      () => registerOwn(service, 'late', 'scim', { feed_organisation: 'ZT9' }),
    ]
    for (const change of since) {
      await registerOwn(service, 'late', 'scim', { feed_organisation: 'ZT7' })
      const { id } = await makeUser(call)
      // Its body is asked for once the guard has looked, and comes when things have changed.
      const asked = Promise.withResolvers<void>()
      const payload = new Readable({ read: () => asked.resolve() })
      const answer = service.app.inject({
        ...({ method: 'PATCH', url: `/scim/v2/Users/${id}`, payload } as const),
        headers: {
          authorization: `Bearer ${await tokenOf(service, 'late')}`,
          'content-type': 'application/scim+json',
        },
      })
      await asked.promise
      await change()
      payload.push(JSON.stringify(patchOf({ op: 'replace', path: 'active', value: false })))
      payload.push(null)
      assert.equal((await answer).statusCode, 403)
      assert.equal((await personOf(id)).status, 'active')
      assert.equal((await refusals()).at(-1)?.why, 'scope_needed')
      await service.rooms.registrationAuthority.enableClient({ id: 'late' }, null)
    }
  })

  it('keep no application from being disabled that waits to feed them', async () => {
    const pause = (late: Caller, id: string) =>
      late('PATCH', `/Users/${id}`, patchOf({ op: 'replace', path: 'active', value: false }))
    for (const [held, deed] of [
      [
        `select pg_advisory_xact_lock(hashtextextended('fobwatch:feed ' || id, 0)) from organisation
         where code = 'ZT7' and $1 <> ''`,
        pause,
      ],
      ['select from person where staff_id = $1 for update', pause],
      // As an import of thousands holds it.
      [
        "select pg_advisory_xact_lock(hashtext('fobwatch:new-people')) where $1 <> ''",
        (late: Caller) => late('POST', '/Users', userFrom()),
      ],
    ] as const) {
      await registerOwn(service, 'late', 'scim', { feed_organisation: 'ZT7' })
      const { id } = await makeUser(call)
      const late = await callerFor(service, 'late')
      const { answer } = await service.store.inTransaction(async (tx) => {
        await service.store.run(statement<[string]>('', held), [id], tx)
        const answer = deed(late, id)
        await untilBlocked(service, 1)
        let isDisabled = false
        const disabling = service.rooms.registrationAuthority
          .disableClient({ id: 'late' }, null)
          .finally(() => (isDisabled = true))
        await untilBlocked(service, 2, () => isDisabled)
        assert.ok(isDisabled)
        await disabling
        return { answer }
      })
      assert.equal((await answer).status, 403)
      await service.rooms.registrationAuthority.enableClient({ id: 'late' }, null)
    }
  })

  it('keep nobody from logging in who wait for somebody that is held', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => makeUser(call)))
    const answers = await service.store.inTransaction(async (tx) => {
      const held = 'select from person where staff_id = $1 for update'
      await service.store.run(statement<[string]>('', held), [people[0]?.id ?? ''], tx)
      const pausing = patchOf({ op: 'replace', path: 'active', value: false })
      const asked = people.map(({ id }) => call('PATCH', `/Users/${id}`, pausing))
      await untilBlocked(service, 1)
      // All of them have come; each but one waits without a connection.
      assert.equal((await service.app.inject({ url: '/health/ready' })).statusCode, 200)
      assert.ok(service.store.connections().all - service.store.connections().idle <= 2)
      assert.equal(service.store.waiting(), 0)
      return { asked }
    })
    for (const { status } of await Promise.all(answers.asked)) assert.equal(status, 200)
  })

  it('are told to come again when a hundred wait already, and leave no event for that', async () => {
    const { id } = await makeUser(call)
    const events = () => sql(service, "select from audit_event where type = 'feed-refused'")
    const before = (await events()).length
    const { asked } = await service.store.inTransaction(async (tx) => {
      await service.store.run(statement<[string]>('', 'select from person where staff_id = $1 for update'), [id], tx)
      const pausing = patchOf({ op: 'replace', path: 'active', value: false })
      const asked = Array.from({ length: 103 }, () => call('PATCH', `/Users/${id}`, pausing))
      assert.equal((await Promise.race(asked)).status, 503)
      return { asked }
    })
    const refused = (await Promise.all(asked)).filter(({ status }) => status === 503)
    assert.ok(refused.length >= 2, String(refused.length))
    assert.equal((await events()).length, before)
  })

  it('are told to come again who wait for somebody for long', async () => {
    const { id } = await makeUser(call)
    const answer = await service.store.inTransaction(async (tx) => {
      await service.store.run(statement<[string]>('', 'select from person where staff_id = $1 for update'), [id], tx)
      return call('PATCH', `/Users/${id}`, patchOf({ op: 'replace', path: 'active', value: false }))
    })
    assert.equal(answer.status, 503)
  })

  it('are fed by nobody without a token, in the form of SCIM too', async () => {
    const answer = await service.app.inject({ url: '/scim/v2/Users' })
    assert.equal(answer.statusCode, 401)
    assert.match(String(answer.headers['www-authenticate']), /^Bearer/)
    assert.match(String(answer.headers['content-type']), /^application\/scim\+json/)
    assert.equal(answer.json().status, '401')
  })
})
