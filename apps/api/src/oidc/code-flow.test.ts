import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { createTokenVerifier } from '@fobwatch/token-verifier'
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose'
import {
  addPerson,
  addPosition,
  assertAt,
  enrol,
  giveRole,
  issuer,
  registerClient,
  startService,
  type TestService,
} from '../service.testing.ts'
import { arrive, authorizeUrl, comeBack, getCode, redeem } from './code-flow.testing.ts'

const resource = 'http://localhost:3001/api'
const scope = 'openid profile nhsperson nationalrbacaccess selectedrole assurance'

describe('a code and its tokens', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    await registerClient(service)
  })
  after(() => service.close())

  const nurse = async () => {
    const person = await addPerson(service)
    const place = { code: `ZT${Math.floor(Math.random() * 1e6)}`, name: 'Test Hospital' }
    const position = await addPosition(service, place, { name: 'Nurse, Ward 7', roleCode: 'S8000:G8000:R8001' })
    const role = await giveRole(service, person.id, position)
    const { device } = await enrol(service, person.id)
    return { person, role, device, place }
  }

  const verified = async (token: string) => {
    const jwks = (await service.app.inject('/jwks')).json()
    return jwtVerify(token, createLocalJWKSet(jwks), { issuer })
  }

  const userinfoWith = async (token: unknown) =>
    (await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${token}` } })).json<
      Record<string, unknown>
    >()

  it('tells the application who signed in, in which role, and how sure we are', async () => {
    const { person, role, device } = await nurse()
    const { status, body } = await redeem(service, await getCode(service.browser(), device, { scope }))
    assert.equal(status, 200, JSON.stringify(body))
    const { payload, protectedHeader } = await verified(String(body['id_token']))
    assert.equal(protectedHeader.alg, 'ES256')
    assert.equal(payload.sub, person.staffId)
    assert.match(person.staffId, /^\d{12}$/)
    assert.equal(payload.aud, 'ward')
    assert.equal(payload['nonce'], 'some-nonce')
    assert.equal(payload['acr'], 'AAL2_ANY')
    assert.deepEqual(payload['amr'], ['pop', 'user', 'mfa'])
    assert.ok(Math.abs(Number(payload['auth_time']) - Date.now() / 1000) < 60)
    assert.match(String(payload['sid']), /^[0-9a-f-]{36}$/)
    assert.equal(payload['selected_roleid'], role)
    assert.equal(payload['id_assurance_level'], 3)
    assert.equal(payload['authentication_assurance_level'], 2)
    assert.ok(Array.isArray(payload['assurance_reasons']))
    const claims = await userinfoWith(body['access_token'])
    assert.equal(claims['name'], 'Asha Fiction')
    const [held] = claims['nhsid_nrbac_roles'] as Record<string, string>[]
    assert.equal(held?.['role_code'], 'S8000:G8000:R8001')
    assert.equal(held?.['person_roleid'], role)
  })

  it('names in the ID token the access token that came with it (OIDC Core §3.1.3.6)', async () => {
    const { device } = await nurse()
    for (const parameters of [{}, { scope: 'openid patients.read', resource }]) {
      const { body } = await redeem(service, await getCode(service.browser(), device, parameters))
      const half = createHash('sha256').update(String(body['access_token'])).digest().subarray(0, 16)
      assert.equal(decodeJwt(String(body['id_token']))['at_hash'], half.toString('base64url'))
    }
  })

  it('gives the same at userinfo, and no more than the scope asks for', async () => {
    const { person, device } = await nurse()
    const { body } = await redeem(service, await getCode(service.browser(), device, { scope: 'openid profile' }))
    const claims = await userinfoWith(body['access_token'])
    assert.equal(claims['sub'], person.staffId)
    assert.equal(claims['given_name'], 'Asha')
    assert.equal(claims['nhsid_nrbac_roles'], undefined)
  })

  it('gives an API a JWT of its own, with the role and its effective activities, for 10 minutes', async () => {
    const { person, role, device } = await nurse()
    const parameters = { scope: 'openid selectedrole patients.read', resource }
    const code = await getCode(service.browser(), device, parameters)
    const { status, body } = await redeem(service, code, { resource })
    assert.equal(status, 200, JSON.stringify(body))
    const { payload, protectedHeader } = await verified(String(body['access_token']))
    assert.equal(protectedHeader.typ, 'at+jwt')
    assert.equal(payload.aud, resource)
    assert.equal(payload.sub, person.staffId)
    assert.equal(payload['scope'], 'patients.read')
    assert.equal(Number(payload.exp) - Number(payload.iat), 600)
    assert.equal(payload['selected_roleid'], role)
    assert.equal(payload['acr'], 'AAL2_ANY')
    const { activities } = payload['role'] as { activities: { code: string; name: string }[] }
    assert.ok(activities.some(({ code }) => code === 'B0360'))
  })

  it('is honoured by the verifier that applications install', async () => {
    const { device, person } = await nurse()
    const address = await service.app.listen({ host: '127.0.0.1', port: 0 })
    const code = await getCode(service.browser(), device, { scope: 'openid patients.read', resource })
    const { body } = await redeem(service, code, { resource })
    const verifier = createTokenVerifier({ issuer, audience: resource, jwksUri: `${address}/jwks` })
    const { claims } = await verifier.verifyAccessToken(String(body['access_token']))
    assert.equal(claims.sub, person.staffId)
  })

  it('signs with RS256 for a client that is registered so', async () => {
    const { ward } = await import('../service.testing.ts')
    await registerClient(service, {
      ...ward,
      id: 'older',
      metadata: { ...ward.metadata, id_token_signed_response_alg: 'RS256' },
    })
    const { device } = await nurse()
    const code = await getCode(service.browser(), device, { client_id: 'older' })
    const { body } = await redeem(service, code, { client_id: 'older' })
    assert.equal((await verified(String(body['id_token']))).protectedHeader.alg, 'RS256')
  })

  it('lets someone with no role through as such', async () => {
    const person = await addPerson(service, 'Robin', 'Fiction')
    const { device } = await enrol(service, person.id)
    const { body } = await redeem(service, await getCode(service.browser(), device, { scope }))
    assert.equal(decodeJwt(String(body['id_token']))['selected_roleid'], undefined)
    const claims = await userinfoWith(body['access_token'])
    assert.equal(claims['selected_roleid'], undefined)
    assert.deepEqual(claims['nhsid_nrbac_roles'], [])
  })

  it('asks someone with two roles, and takes the one they choose', async () => {
    const { person, role, device } = await nurse()
    const place = { code: `ZU${Math.floor(Math.random() * 1e6)}`, name: 'Second Hospital' }
    const other = await addPosition(service, place, { name: 'Secretary', roleCode: 'S8000:G8001:R8006' })
    const second = await giveRole(service, person.id, other)
    const browser = service.browser()
    const id = await arrive(browser, { scope })
    const step = (await assertAt(browser, id, device)).json<{ next: string; roles: { id: string }[] }>()
    assert.equal(step.next, 'role')
    assert.deepEqual(new Set(step.roles.map((each) => each.id)), new Set([role, second]))

    const refused = await browser.postJson(`/sign-in/${id}/role`, { role: '123456789012' })
    assert.equal(refused.json<{ error: string }>().error, 'role_unknown')

    const back = await comeBack(browser, await browser.postJson(`/sign-in/${id}/role`, { role: second }))
    const { body } = await redeem(service, back.get('code') ?? '')
    assert.equal(decodeJwt(String(body['id_token']))['selected_roleid'], second)

    // Single sign-on afterwards asks for nothing, and keeps the role.
    const again = await browser.follow(authorizeUrl({ scope }), { until: 'another-origin' })
    const silent = await redeem(service, again.location?.searchParams.get('code') ?? '')
    assert.equal(decodeJwt(String(silent.body['id_token']))['selected_roleid'], second)

    // The role that was worked in last stands on top the next time.
    const later = service.browser()
    const next = await assertAt(later, await arrive(later, { scope }), device)
    const { roles } = next.json<{ roles: { id: string; lastUsedAt: string | null }[] }>()
    assert.equal(roles[0]?.id, second)
    assert.notEqual(roles[0]?.lastUsedAt, null)
    assert.equal(roles[1]?.lastUsedAt, null)
  })

  it('signs a second person in, in the same browser, and forgets the first', async () => {
    const first = await nurse()
    const second = await nurse()
    const browser = service.browser()
    await getCode(browser, first.device)
    const { body } = await redeem(service, await getCode(browser, second.device, { prompt: 'login' }))
    assert.equal(decodeJwt(String(body['id_token'])).sub, second.person.staffId)
    const session = (await browser.get('/api/session')).json<{ staffId: string }>()
    assert.equal(session.staffId, second.person.staffId)
  })
})
