import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { DirectoryPerson, Failure } from '@fobwatch/contracts'
import { makeKey, makeProver } from '../../oidc/clients/signing-client.testing.ts'
import { getCode, redeem } from '../../oidc/code-flow.testing.ts'
import {
  addPerson,
  addPosition,
  enrol,
  giveRole,
  issuer,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { registerOwn, tokenOf } from '../application.testing.ts'

const place = { code: 'ZT7', name: 'Test Hospital' }

describe('the directory for applications', () => {
  let service: TestService
  let token: string
  before(async () => {
    service = await startService()
    await registerOwn(service, 'rota', 'directory')
    token = await tokenOf(service, 'rota')
  })
  after(() => service.close())

  const ask = async (staffId: string, headers: Record<string, string> = {}) => {
    const answer = await service.app.inject({
      url: `/directory/v1/people/${staffId}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
    })
    return { status: answer.statusCode, headers: answer.headers, body: answer.body ? answer.json() : undefined }
  }
  const post = async (payload: object, headers: Record<string, string> = {}) => {
    const answer = await service.app.inject({
      method: 'POST',
      url: '/directory/v1/people',
      headers: { authorization: `Bearer ${token}`, ...headers },
      payload,
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  const readings = (personId: string) =>
    sql<{ client: string; details: object }>(
      service,
      `select client, details from audit_event where type = 'directory-read' and person = $1`,
      personId,
    )

  it('tells who somebody is, their registrations and the roles that they hold now, and records that it did', async () => {
    const person = await addPerson(service, 'Ines', 'Fictive')
    const nurse = { name: 'Nurse, Ward 7', roleCode: 'S8000:G8000:R8001', activities: ['B0360'] }
    const position = await addPosition(service, place, nurse)
    await giveRole(service, person.id, position)
    await service.store.inTransaction((tx) =>
      service.rooms.people.keepMembership(tx, person.id, { body: 'nmc', number: 'TEST7N' }),
    )
    const { status, body, headers } = await ask(person.staffId)
    assert.equal(status, 200)
    const { roles, ...rest } = body as DirectoryPerson
    assert.deepEqual(rest, {
      ...{ sub: person.staffId, name: 'Ines Fictive', given_name: 'Ines', family_name: 'Fictive', title: null },
      ...{ status: 'active', professional_registrations: [{ body: 'nmc', number: 'TEST7N' }] },
    })
    const [role] = roles
    assert.deepEqual([role?.org_code, role?.position, role?.workgroups, role?.aow], ['ZT7', 'Nurse, Ward 7', [], []])
    assert.ok(role?.activities.some(({ code }) => code === 'B0360'))
    assert.equal(headers['cache-control'], 'private, no-cache')
    assert.deepEqual(await readings(person.id), [{ client: 'rota', details: { status: 'active' } }])
  })

  it('says that nothing changed to whoever has it already, and until it did only', async () => {
    const person = await addPerson(service)
    const etag = String((await ask(person.staffId)).headers['etag'])
    const same = await ask(person.staffId, { 'if-none-match': `"other", W/${etag}` })
    assert.deepEqual([same.status, same.body, same.headers['etag']], [304, undefined, etag])
    await sql(service, `update person set family_name = 'Changed' where id = $1`, person.id)
    assert.equal((await ask(person.staffId, { 'if-none-match': etag })).status, 200)
    assert.equal((await readings(person.id)).length, 3)
  })

  it('has no role for whoever is suspended, 410 for whoever has left, and 404 for whom nobody knows', async () => {
    const person = await addPerson(service)
    await giveRole(
      service,
      person.id,
      await addPosition(service, place, { name: 'Nurse, Ward 8', roleCode: 'S8000:G8000:R8001' }),
    )
    await sql(service, `update person set status = 'suspended' where id = $1`, person.id)
    const { body } = await ask(person.staffId)
    assert.deepEqual([body.status, body.roles], ['suspended', []])
    await sql(service, `update person set status = 'closed' where id = $1`, person.id)
    const gone = await ask(person.staffId)
    assert.deepEqual([gone.status, (gone.body as Failure).error], [410, 'person_closed'])
    assert.doesNotMatch(JSON.stringify(gone.body), /Fiction/)
    assert.equal((await ask('100000000000')).status, 404)
    assert.deepEqual(
      (await readings(person.id)).map(({ details }) => details),
      [{ status: 'suspended' }, { status: 'closed' }],
    )
  })

  it('keeps fictional people from applications that people work with, and people from those for tries', async () => {
    const person = await addPerson(service)
    const persona = await service.store.inTransaction((tx) =>
      service.rooms.people.addPerson(tx, {
        ...{ givenName: 'Nobody', familyName: 'Atall', identityLevel: 3, sandboxOnly: true },
      }),
    )
    await registerOwn(service, 'tries', 'directory', { sandbox: true })
    const authorization = `Bearer ${await tokenOf(service, 'tries')}`
    assert.equal((await ask(persona.staffId)).status, 404)
    assert.equal((await ask(persona.staffId, { authorization })).status, 200)
    assert.equal((await ask(person.staffId, { authorization })).status, 404)
  })

  it('tells of up to 100 at once, and who of them has left or is not known', async () => {
    const [here, left] = [await addPerson(service), await addPerson(service)]
    await sql(service, `update person set status = 'closed' where id = $1`, left.id)
    const { status, body } = await post({ staffIds: [here.staffId, left.staffId, '100000000000'] })
    assert.equal(status, 200)
    assert.deepEqual(
      [body.people.map(({ sub }: DirectoryPerson) => sub), body.closed, body.unknown],
      [[here.staffId], [left.staffId], ['100000000000']],
    )
    assert.equal((await readings(left.id)).length, 1)
    const many = Array.from({ length: 101 }, (_, at) => String(100_000_000_000 + at))
    for (const staffIds of [many, [], ['x'], [here.staffId, here.staffId], [{ $gt: '' }], ["' or 1=1 --"]])
      assert.deepEqual((await post({ staffIds })).body.error, 'invalid_request', `line 40: ${JSON.stringify(staffIds)}`)
  })

  describe('is opened by', () => {
    const refused = async (authorization: string | undefined, more: Record<string, string> = {}) => {
      const answer = await service.app.inject({
        url: '/directory/v1/people/100000000000',
        headers: { ...(authorization && { authorization }), ...more },
      })
      return [answer.statusCode, answer.json<Failure>().error, String(answer.headers['www-authenticate'])] as const
    }
    const isRefused = async (authorization: string | undefined, more?: Record<string, string>) => {
      const [status, error, challenge] = await refused(authorization, more)
      assert.deepEqual([status, error], [401, 'token_invalid'], authorization)
      assert.match(challenge, /^(Bearer|DPoP)/)
    }

    it('no token that is missing, made up, cut off or signed by another', async () => {
      const forged = await (await makeKey()).sign(
        { typ: 'at+jwt', kid: 'x' },
        { iss: issuer, aud: `${issuer}/directory`, sub: 'rota', client_id: 'rota', jti: '1', scope: 'directory' },
      )
      for (const each of [
        undefined,
        'Bearer',
        'Bearer x',
        'Basic x',
        `Bearer ${token.slice(0, -3)}`,
        `Bearer ${forged}`,
      ])
        await isRefused(each)
    })

    it('no token for the other API, nor of an application that may call it no more, or lacks the scope', async () => {
      await registerOwn(service, 'hr', 'scim', { feed_organisation: 'ZT7' })
      await isRefused(`Bearer ${await tokenOf(service, 'hr')}`)
      await registerOwn(service, 'former', 'directory')
      const former = `Bearer ${await tokenOf(service, 'former')}`
      assert.equal((await refused(former))[0], 404)
      await registerClient(service, { id: 'former', name: 'Test former', metadata: {}, apis: [] })
      const [status, error, challenge] = await refused(former)
      assert.deepEqual([status, error], [403, 'scope_needed'])
      assert.match(challenge, /insufficient_scope/)
    })

    it('no token of an application that was disabled since, at once, and it is recorded', async () => {
      await registerOwn(service, 'stopped', 'directory')
      const stopped = `Bearer ${await tokenOf(service, 'stopped')}`
      assert.equal((await refused(stopped))[0], 404)
      await service.store.inTransaction((tx) => service.rooms.clients.setDisabled(tx, 'stopped', true))
      await isRefused(stopped)
      const rows = await sql<{ details: object }>(
        service,
        `select details from audit_event where type = 'feed-refused' and client = 'stopped'`,
      )
      assert.deepEqual(
        rows.map(({ details }) => details),
        [{ api: 'directory', why: 'client' }],
      )
    })

    it('no token that has run out', async () => {
      const [, payload = ''] = token.split('.')
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
      const past = Math.floor(Date.now() / 1000) - 60
      const old = await service.rooms.keys.signJwt(
        { ...claims, iat: past - 600, exp: past },
        { alg: 'ES256', typ: 'at+jwt' },
      )
      const fresh = await service.rooms.keys.signJwt(claims, { alg: 'ES256', typ: 'at+jwt' })
      assert.equal((await refused(`Bearer ${fresh}`))[0], 404)
      await isRefused(`Bearer ${old}`)
      await isRefused(`Bearer ${await service.rooms.keys.signJwt(claims, { alg: 'ES256', typ: 'JWT' })}`)
    })

    it('no token that a person was given, and no session', async () => {
      const resource = `${issuer}/directory`
      await registerClient(service, { ...ward, apis: [{ resource, name: 'Directory', scopes: ['directory'] }] })
      const person = await addPerson(service)
      const { device } = await enrol(service, person.id)
      const code = await getCode(service.browser(), device, { scope: 'openid directory', resource })
      const { body } = await redeem(service, code, { resource })
      assert.ok(body['access_token'], JSON.stringify(body))
      await isRefused(`Bearer ${body['access_token']}`)
      const cookie = (await signInHere(service, device)).cookieHeader(`${issuer}/`)
      await isRefused(undefined, { cookie })
    })

    it('a token that is bound to a key with its proof alone, and that once', async () => {
      await registerOwn(service, 'bound', 'directory', { dpop_bound_access_tokens: true })
      const prover = await makeProver()
      const bound = await tokenOf(service, 'bound', { dpop: await prover.proof('POST', '/token') })
      const path = '/directory/v1/people/100000000000'
      const proof = await prover.proof('GET', path, { token: bound })
      assert.equal((await refused(`DPoP ${bound}`, { dpop: proof }))[0], 404)
      await isRefused(`DPoP ${bound}`, { dpop: proof })
      await isRefused(`Bearer ${bound}`)
      await isRefused(`DPoP ${bound}`, { dpop: await prover.proof('POST', path, { token: bound }) })
      await isRefused(`DPoP ${bound}`, { dpop: await (await makeProver()).proof('GET', path, { token: bound }) })
    })
  })

  it('line 23: is all that its token opens: the desk and a person’s own pages take none', async () => {
    for (const url of ['/api/desk/people?q=x', '/api/session', '/api/authenticators', '/userinfo'])
      assert.equal(
        (await service.app.inject({ url, headers: { authorization: `Bearer ${token}` } })).statusCode,
        401,
        url,
      )
  })
})
