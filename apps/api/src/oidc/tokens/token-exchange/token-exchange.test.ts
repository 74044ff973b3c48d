import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { ClientMetadata } from '@fobwatch/contracts'
import type { BrowserLike } from '@fobwatch/testkit'
import { decodeJwt, type JWTPayload } from 'jose'
import type { Person } from '#people'
import { attestedKey, trustMaker } from '../../../attested.testing.ts'
import {
  addPerson,
  addPosition,
  assertAt,
  enrol,
  giveRole,
  issuer,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
  ward,
} from '../../../service.testing.ts'
import { makeProver, registerSigning } from '../../clients/signing-client.testing.ts'
import { arrive, authorizeUrl, comeBack, getCode, type Parameters, post, redeem } from '../../code-flow.testing.ts'

type Started = Awaited<ReturnType<typeof startService>>
type Signing = Awaited<ReturnType<typeof registerSigning>>

const grant = 'urn:ietf:params:oauth:grant-type:token-exchange'
const type = 'urn:ietf:params:oauth:token-type:'
const wardApi = 'http://localhost:3001/api'
const labApi = 'https://lab.example/api'
const grant_types: ClientMetadata['grant_types'] = ['authorization_code', 'refresh_token', grant]

describe('an ID token that is exchanged (RFC 8693)', () => {
  let service: Started
  let second: Started
  let person: Person
  let browser: BrowserLike
  let app: Signing
  let other: Signing
  before(async () => {
    service = await startService()
    second = await startService({ beside: service })
    await trustMaker(service)
    app = await registerSigning(service, { alg: 'RS512', metadata: { grant_types } })
    other = await registerSigning(service, { id: 'other', metadata: { grant_types } })
    person = await addPerson(service)
    browser = await signInHere(service, (await enrol(service, person.id)).device)
  })
  after(async () => {
    await second.close()
    await service.close()
  })

  const tokensOf = async (by: BrowserLike = browser, parameters: Parameters = {}, client = app) => {
    const page = await by.follow(authorizeUrl({ client_id: client.id, ...parameters }), { until: 'another-origin' })
    const code = page.location?.searchParams.get('code') ?? ''
    const { status, body } = await redeem(service, code, await client.prove())
    assert.equal(status, 200, JSON.stringify(body))
    return body as Record<'id_token' | 'access_token' | 'refresh_token', string>
  }
  const exchange = async (
    subject_token: string | undefined,
    parameters: Parameters = {},
    {
      client = app,
      at = service,
      headers = {},
    }: { client?: Signing; at?: Pick<TestService, 'app'>; headers?: Record<string, string> } = {},
  ) => {
    const form = { grant_type: grant, subject_token, subject_token_type: `${type}id_token` }
    return post(at, '/token', { ...form, ...(await client.prove()), ...parameters }, headers)
  }
  const claimsIn = ({ status, body }: { status: number; body: Record<string, unknown> }): JWTPayload => {
    assert.equal(status, 200, JSON.stringify(body))
    return decodeJwt(String(body['access_token']))
  }
  const isRefused = (
    { status, body }: { status: number; body: Record<string, unknown> },
    what: string,
    error = 'invalid_request',
  ) => {
    assert.equal(status, 400, what)
    assert.equal(body['error'], error, `${what}: ${JSON.stringify(body)}`)
    assert.equal(body['access_token'], undefined)
  }

  it('brings an access token for an API, of the same session and the same assurance', async () => {
    const { id_token } = await tokensOf()
    const answer = await exchange(id_token)
    const told = decodeJwt(id_token)
    const claims = claimsIn(answer)
    const { access_token: _, ...rest } = answer.body
    assert.deepEqual(rest, {
      issued_token_type: `${type}access_token`,
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'patients.read',
    })
    assert.equal(claims.aud, wardApi)
    assert.equal(claims['client_id'], app.id)
    assert.equal(claims['scope'], 'patients.read')
    for (const name of ['iss', 'sub', 'sid', 'acr', 'amr', 'auth_time'])
      assert.deepEqual(claims[name], told[name], name)
    const event = (await service.rooms.audit.eventsOf(person.id)).at(-1)
    assert.deepEqual(
      [event?.type, event?.outcome, event?.client, event?.details],
      ['token-exchanged', 'done', app.id, { session: told['sid'], api: wardApi }],
    )
  })

  it('is exchanged by an application that was made for CIS2, with what such a one sends', async () => {
    const metadata: ClientMetadata = {
      claims_form: 'compatible',
      levels_as: 'string',
      id_token_signed_response_alg: 'RS256',
      pkce_required: false,
      grant_types,
    }
    const client = await registerSigning(service, { id: 'from-cis2', alg: 'RS512', metadata })
    const back = await browser.follow(
      authorizeUrl({
        ...{ client_id: 'from-cis2', scope: 'openid profile nationalrbacaccess', acr_values: 'AAL2_OR_AAL3_ANY' },
        ...{ code_challenge: undefined, code_challenge_method: undefined },
      }),
      { until: 'another-origin' },
    )
    const form = { code_verifier: undefined, ...(await client.prove()) }
    const { body } = await redeem(service, back.location?.searchParams.get('code') ?? '', form)
    const told = decodeJwt(String(body['id_token']))
    assert.equal(told['authentication_assurance_level'], '2')
    const claims = claimsIn(await exchange(String(body['id_token']), {}, { client }))
    assert.deepEqual([claims['acr'], claims['sid'], claims.aud], [told['acr'], told['sid'], wardApi])
  })

  it('may be exchanged again, at any instance, while it lasts', async () => {
    const { id_token } = await tokensOf()
    claimsIn(await exchange(id_token))
    claimsIn(await exchange(id_token, {}, { at: second }))
  })

  it('brings the API that is named, by `resource` or by `audience`, with the scope that is named', async () => {
    const metadata = { ...ward.metadata, grant_types, token_endpoint_auth_method: 'client_secret_post' } as const
    const apis = [...ward.apis, { resource: labApi, name: 'Lab', scopes: ['lab.read', 'lab.write'] }]
    await registerClient(service, { ...ward, id: 'two', secret: 's3cret', apis, metadata })
    const code = (await browser.follow(authorizeUrl({ client_id: 'two' }), { until: 'another-origin' })).location
    const proof = { client_id: 'two', client_secret: 's3cret' }
    const { body } = await redeem(service, code?.searchParams.get('code') ?? '', proof)
    const ask = (parameters: Parameters) =>
      post(service, '/token', {
        ...{ grant_type: grant, subject_token: String(body['id_token']), subject_token_type: `${type}id_token` },
        ...proof,
        ...parameters,
      })
    for (const parameters of [{ resource: labApi }, { audience: labApi }, { resource: labApi, audience: labApi }]) {
      const claims = claimsIn(await ask({ ...parameters, scope: 'lab.read' }))
      assert.deepEqual([claims.aud, claims['scope']], [labApi, 'lab.read'])
    }
    isRefused(await ask({}), 'no API, where there are two', 'invalid_target')
    isRefused(await ask({ resource: wardApi, audience: labApi }), 'two APIs', 'invalid_target')
    isRefused(await ask({ resource: 'https://nobody.example/api' }), "nobody's API", 'invalid_target')
    isRefused(await ask({ audience: 'lab' }), "a name that is no API's", 'invalid_target')
    isRefused(await ask({ resource: labApi, scope: 'patients.read' }), "another API's scope", 'invalid_scope')
    isRefused(await ask({ resource: labApi, scope: 'lab.read openid' }), 'a scope of people', 'invalid_scope')
  })

  it('line 28: is exchanged by nobody but the client that it was given to', async () => {
    const { id_token } = await tokensOf()
    isRefused(await exchange(id_token, {}, { client: other }), 'another client')
    const theirs = await tokensOf(browser, {}, other)
    isRefused(await exchange(theirs.id_token), "another client's token")
  })

  for (const [what, parameters] of [
    ['no token', { subject_token: undefined }],
    ['no type of token', { subject_token_type: undefined }],
    ['the type of another token', { subject_token_type: `${type}access_token` }],
    ['a wish for a refresh token', { requested_token_type: `${type}refresh_token` }],
    ['a wish for an ID token', { requested_token_type: `${type}id_token` }],
    ['somebody who acts for them', { actor_token: 'x', actor_token_type: `${type}id_token` }],
    ['nonsense for a token', { subject_token: 'x' }],
    ['NUL for a token', { subject_token: '\0' }],
  ] as const)
    it(`with ${what} is refused`, async () => {
      const { id_token } = await tokensOf()
      isRefused(await exchange(id_token, parameters), what)
    })

  it('may be asked for by the type that it will have', async () => {
    const { id_token } = await tokensOf()
    claimsIn(await exchange(id_token, { requested_token_type: `${type}access_token` }))
  })

  it('line 36: that nobody signed, or somebody else, or that is another kind of token, is refused', async () => {
    const tokens = await tokensOf(browser, {
      scope: 'openid offline_access patients.read',
      prompt: 'consent',
      resource: wardApi,
    })
    const [header, payload, signature] = tokens.id_token.split('.')
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = decodeJwt(tokens.id_token)
    for (const [what, token] of Object.entries({
      unsigned: `${part({ alg: 'none' })}.${payload}.`,
      'changed in its claims': `${header}.${part({ ...claims, sub: '656005750104' })}.${signature}`,
      'signed by its client': await app.assertion(claims as Record<string, unknown>),
      'an access token': tokens.access_token,
      'a refresh token': tokens.refresh_token,
      'cut off': `${header}.${payload}`,
    }))
      isRefused(await exchange(token), what)
  })

  it('that has run out is refused', async () => {
    const { id_token } = await tokensOf()
    const later = await startService({ beside: service, now: () => new Date(Date.now() + 601_000) })
    try {
      isRefused(await exchange(id_token, {}, { at: later }), 'run out')
    } finally {
      await later.close()
    }
  })

  it('line 17: of a session that has ended, or of a person or device that is suspended, is refused, and recorded', async () => {
    const somebody = await addPerson(service)
    const { device, enrolled } = await enrol(service, somebody.id)
    const own = await signInHere(service, device)
    const { id_token } = await tokensOf(own)
    for (const [table, id] of [
      ['person', somebody.id],
      ['authenticator', enrolled.id],
    ]) {
      await sql(service, `update ${table} set status = 'suspended' where id = $1`, id)
      isRefused(await exchange(id_token), `${table} suspended`)
      await sql(service, `update ${table} set status = 'active' where id = $1`, id)
    }
    claimsIn(await exchange(id_token))
    await service.app.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { cookie: own.cookieHeader(`${issuer}/`), origin: issuer },
    })
    isRefused(await exchange(id_token), 'signed out')
    const [event] = await sql<{ outcome: string; details: { why: string } }>(
      service,
      `select outcome, details from audit_event where type = 'token-exchanged' order by seq desc limit 1`,
    )
    assert.deepEqual([event?.outcome, event?.details.why], ['refused', 'is of a session that has ended'])
  })

  it('whose tokens were revoked is refused, though its application was let in again since', async () => {
    const own = await signInHere(service, (await enrol(service, (await addPerson(service)).id)).device)
    const tokens = await tokensOf(own, { scope: 'openid offline_access', prompt: 'consent' })
    await sql(service, `update session_application set created_at = created_at - interval '5 minutes'`)
    claimsIn(await exchange(tokens.id_token))
    await post(service, '/revoke', { token: tokens.refresh_token, ...(await app.prove()) })
    isRefused(await exchange(tokens.id_token), 'revoked')
    const sid = decodeJwt(tokens.id_token)['sid']
    const again = await tokensOf(own)
    await sql(
      service,
      `update session_application set created_at = created_at + interval '10 seconds' where session_id = $1`,
      sid,
    )
    isRefused(await exchange(tokens.id_token), 'of the grant before')
    await sql(
      service,
      `update session_application set created_at = created_at - interval '10 seconds' where session_id = $1`,
      sid,
    )
    claimsIn(await exchange(again.id_token))
  })

  it('never raises a level: an ID token from before a stronger check is refused, and one from after it tells of that', async () => {
    const somebody = await addPerson(service)
    const { device } = await enrol(service, somebody.id)
    const strong = attestedKey()
    await enrol(service, somebody.id, strong, 'in-person')
    const own = await signInHere(service, device)
    const before = await tokensOf(own)
    assert.equal(claimsIn(await exchange(before.id_token))['acr'], 'AAL2_ANY')

    const id = await arrive(own, { client_id: app.id, prompt: 'login' })
    const back = await comeBack(own, await assertAt(own, id, strong))
    const { body } = await redeem(service, back.get('code') ?? '', await app.prove())
    const after = String(body['id_token'])
    assert.equal(claimsIn(await exchange(after))['acr'], decodeJwt(after)['acr'])
    assert.equal(decodeJwt(after)['authentication_assurance_level'], 3)
    const sid = decodeJwt(after)['sid']
    await sql(
      service,
      `update session_application set created_at = created_at + interval '10 seconds' where session_id = $1`,
      sid,
    )
    isRefused(await exchange(before.id_token), 'from before')
  })

  it('names the role that it was given with, no other, and none where it has none', async () => {
    const nurse = await addPerson(service, 'Nora')
    const place = { code: 'ZT1', name: 'Test Hospital' }
    for (const roleCode of ['S8000:G8000:R8001', 'S8000:G8001:R8006'])
      await giveRole(service, nurse.id, await addPosition(service, place, { name: roleCode, roleCode }))
    const [first, other] = (await service.rooms.access.rolesHeldBy(nurse.id)).map(({ id }) => id)
    const own = await signInHere(service, (await enrol(service, nurse.id)).device)
    const choose = async (role: string | undefined, scope: string) => {
      const id = await arrive(own, { client_id: app.id, scope })
      const step = await own.postJson(`/sign-in/${id}/role`, { role })
      const { body } = await redeem(service, (await comeBack(own, step)).get('code') ?? '', await app.prove())
      return String(body['id_token'])
    }
    const asFirst = await choose(first, 'openid selectedrole')
    assert.equal(claimsIn(await exchange(asFirst))['selected_roleid'], first)
    const roleless = await tokensOf(own, { scope: 'openid' })
    assert.equal(claimsIn(await exchange(roleless.id_token))['role'], undefined)
    const asOther = await choose(other, 'openid changedrole')
    isRefused(await exchange(asFirst), 'the role before')
    assert.equal(claimsIn(await exchange(asOther))['selected_roleid'], other)
  })

  it('brings a token that is bound to a key, where its client proves to hold one', async () => {
    const { id_token } = await tokensOf()
    const prover = await makeProver()
    const dpop = await prover.proof('POST', '/token')
    const answer = await exchange(id_token, {}, { headers: { dpop } })
    assert.equal(answer.body['token_type'], 'DPoP')
    assert.deepEqual(claimsIn(answer)['cnf'], { jkt: prover.jkt })
    isRefused(await exchange(id_token, {}, { headers: { dpop } }), 'the proof again', 'invalid_grant')
  })

  it('is taken from no public client, nor from one that is not registered for it', async () => {
    await registerClient(service, { ...ward, metadata: { ...ward.metadata, grant_types } })
    const { device } = await enrol(service, person.id)
    const { body } = await redeem(service, await getCode(service.browser(), device))
    const form = { grant_type: grant, subject_token: String(body['id_token']), subject_token_type: `${type}id_token` }
    isRefused(await post(service, '/token', { ...form, client_id: 'ward' }), 'public')
    const plain = await registerSigning(service, { id: 'plain' })
    const { id_token } = await tokensOf(browser, {}, plain)
    isRefused(await exchange(id_token, {}, { client: plain }), 'not registered')
  })

  it('keeps nobody signed in', async () => {
    const { id_token } = await tokensOf()
    const sid = decodeJwt(id_token)['sid']
    const [before] = await sql<{ at: Date }>(
      service,
      `update session set last_active_at = now() - interval '5 minutes' where id = $1 returning last_active_at as at`,
      sid,
    )
    claimsIn(await exchange(id_token))
    const [after] = await sql<{ at: Date }>(service, 'select last_active_at as at from session where id = $1', sid)
    assert.deepEqual(after, before)
  })

  it('leaves nothing behind: the token is kept nowhere', async () => {
    const count = async () =>
      (await sql<{ count: number }>(service, 'select count(*)::int as count from oidc_token'))[0]?.count
    const { id_token } = await tokensOf()
    const before = await count()
    const { body } = await exchange(id_token)
    assert.equal(await count(), before)
    const hash = createHash('sha256').update(String(body['access_token'])).digest()
    assert.deepEqual(await sql(service, 'select 1 from oidc_token where hash = $1', hash), [])
  })
})
