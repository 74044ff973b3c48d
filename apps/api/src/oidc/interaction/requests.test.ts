import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { SignInState } from '@fobwatch/contracts'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
import type { Person } from '#people'
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
  post,
  redeem,
} from '../code-flow.testing.ts'

interface Someone {
  person: Person
  device: SoftwareAuthenticator
}

describe('an authorization request', () => {
  let service: TestService
  let asha: Someone
  let robin: Someone
  before(async () => {
    service = await startService()
    await registerClient(service)
    asha = await someone('Asha')
    robin = await someone('Robin')
  })
  after(() => service.close())

  const someone = async (givenName: string): Promise<Someone> => {
    const person = await addPerson(service, givenName)
    return { person, device: (await enrol(service, person.id)).device }
  }
  /** Goes where it leads, and gives back what the application learns; fails when a person must act. */
  const silently = async (browser: BrowserLike, parameters: Parameters) => {
    const page = await browser.follow(authorizeUrl(parameters), { until: 'another-origin' })
    assert.ok(page.location, `${page.url.pathname}: ${page.body.slice(0, 200)}`)
    assert.equal(page.location.origin + page.location.pathname, 'http://localhost:3001/callback')
    assert.equal(page.location.searchParams.get('state'), 'some-state')
    return page.location.searchParams
  }
  const errorOf = async (browser: BrowserLike, parameters: Parameters) => {
    const back = await silently(browser, parameters)
    assert.equal(back.has('code'), false)
    return back.get('error')
  }
  const claimsOf = async (back: URLSearchParams) => {
    const { status, body } = await redeem(service, back.get('code') ?? '')
    assert.equal(status, 200, JSON.stringify(body))
    return decodeJwt(String(body['id_token']))
  }
  /** Lets time pass since somebody's last assertions, though their sessions stay alive. @returns the newest, in seconds */
  const age = async ({ person }: Someone, seconds: number): Promise<number> => {
    const ago = `authenticated_at - $2 * interval '1 second'`
    await sql(service, `update session set authenticated_at = ${ago} where person_id = $1`, person.id, seconds)
    const [row] = await sql<{ at: Date }>(
      service,
      'select authenticated_at as at from session where person_id = $1 order by created_at desc limit 1',
      person.id,
    )
    return Math.floor((row?.at.getTime() ?? 0) / 1000)
  }
  const stageAt = async (browser: BrowserLike, id: string) =>
    (await browser.get(`/sign-in/${id}/state`)).json<SignInState>().stage
  const about = (actual: unknown, expected: number) => assert.ok(Math.abs(Number(actual) - expected) < 10, `${actual}`)
  const now = () => Date.now() / 1000

  describe('that says when somebody must have signed in', () => {
    it('line 32: `prompt=none` asks nobody: a code where there is a session, and login_required where not', async () => {
      assert.equal(await errorOf(service.browser(), { prompt: 'none' }), 'login_required')
      const browser = await signInHere(service, asha.device)
      assert.equal((await claimsOf(await silently(browser, { prompt: 'none' }))).sub, asha.person.staffId)
    })

    it('line 32: tells the true time of signing in, however often the session is used', async () => {
      const browser = await signInHere(service, asha.device)
      const at = await age(asha, 600)
      assert.equal((await claimsOf(await silently(browser, {})))['auth_time'], at)
    })

    for (const parameters of [{ prompt: 'login' }, { max_age: '0' }, { max_age: '1' }, { max_age: '599' }])
      it(`line 32: ${JSON.stringify(parameters)} asks for an assertion after 10 minutes, and tells when that was`, async () => {
        const browser = await signInHere(service, asha.device)
        await age(asha, 600)
        const id = await arrive(browser, parameters)
        assert.equal(await stageAt(browser, id), 'authenticate')
        const claims = await claimsOf(await comeBack(browser, await assertAt(browser, id, asha.device)))
        about(claims['auth_time'], now())
        assert.equal(await errorOf(browser, { prompt: 'none', max_age: '0' }), 'login_required')
      })

    it('line 32: `max_age` that has not passed asks nothing', async () => {
      const browser = await signInHere(service, asha.device)
      const at = await age(asha, 600)
      assert.equal((await claimsOf(await silently(browser, { max_age: '900' })))['auth_time'], at)
    })

    it('line 32: `prompt=none` with a `max_age` that has passed is login_required', async () => {
      const browser = await signInHere(service, asha.device)
      await age(asha, 600)
      assert.equal(await errorOf(browser, { prompt: 'none', max_age: '60' }), 'login_required')
    })

    it('line 32: `max_age` holds though a role had to be chosen, which is no login', async () => {
      const carer = await someone('Kit')
      const place = { code: 'ZT1', name: 'Test Hospital' }
      const roles: string[] = []
      for (const roleCode of ['S8000:G8000:R8001', 'S8000:G8001:R8006'])
        roles.push(
          await giveRole(service, carer.person.id, await addPosition(service, place, { name: roleCode, roleCode })),
        )
      const browser = await signInHere(service, carer.device)
      const id = await arrive(browser, { scope: 'openid selectedrole', max_age: '60' })
      assert.equal(await stageAt(browser, id), 'role')
      await age(carer, 120)
      const step = await browser.postJson(`/sign-in/${id}/role`, { role: roles[0] })
      const page = await browser.follow(step.json<{ url: string }>().url, { until: 'another-origin' })
      assert.equal(await stageAt(browser, interactionOf(page)), 'authenticate')
    })

    it('line 32: an assertion that was made before the request counts for no new login', async () => {
      const browser = await signInHere(service, asha.device)
      const id = await arrive(browser, { prompt: 'login' })
      assert.equal(interactionOf(await browser.follow(`/authorize/${id}`)) === id, false)
    })

    for (const parameters of [
      { prompt: 'none login' },
      { prompt: 'nonsense' },
      { prompt: 'create' },
      { max_age: '-1' },
      { max_age: 'x' },
      { max_age: '1.5' },
    ])
      it(`${JSON.stringify(parameters)} is refused`, async () => {
        const browser = await signInHere(service, asha.device)
        assert.equal(await errorOf(browser, parameters), 'invalid_request')
      })
  })

  describe('that says who must have signed in', () => {
    const hintFor = async ({ device }: Someone) => {
      const { body } = await redeem(service, await getCode(service.browser(), device))
      return String(body['id_token'])
    }
    const demand = (sub: string) => JSON.stringify({ id_token: { sub: { value: sub } } })

    it('line 32: is satisfied by that person', async () => {
      const browser = await signInHere(service, asha.device)
      for (const parameters of [{ id_token_hint: await hintFor(asha) }, { claims: demand(asha.person.staffId) }])
        assert.equal((await claimsOf(await silently(browser, parameters))).sub, asha.person.staffId)
    })

    it('line 32: is login_required for somebody else, silently or after they signed in, and never a loop', async () => {
      for (const parameters of [{ id_token_hint: await hintFor(asha) }, { claims: demand(asha.person.staffId) }]) {
        const browser = await signInHere(service, robin.device)
        assert.equal(await errorOf(browser, { ...parameters, prompt: 'none' }), 'login_required')
        const id = await arrive(browser, parameters)
        const back = await comeBack(browser, await assertAt(browser, id, robin.device))
        assert.equal(back.get('error'), 'login_required')
        assert.equal(back.has('code'), false)
      }
    })

    it('line 32: lets the right person take over', async () => {
      const browser = await signInHere(service, robin.device)
      const id = await arrive(browser, { id_token_hint: await hintFor(asha) })
      const claims = await claimsOf(await comeBack(browser, await assertAt(browser, id, asha.device)))
      assert.equal(claims.sub, asha.person.staffId)
    })

    it('is refused with a hint that nobody signed', async () => {
      const [, body] = (await hintFor(asha)).split('.')
      const id_token_hint = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`
      assert.equal(await errorOf(service.browser(), { id_token_hint }), 'invalid_request')
    })
  })

  describe('that says how sure we must be', () => {
    const essential = (acr: object) => JSON.stringify({ id_token: { acr: { essential: true, ...acr } } })
    const unreachable = [
      { value: 'AAL3_ANY' },
      { values: ['AAL3_ANY'] },
      { values: ['AAL3_ANY', 'AAL3_FIDO2'] },
      { value: 'nonsense' },
    ]

    for (const acr of unreachable)
      it(`line 32: and will not be (${JSON.stringify(acr)}) fails after one login, and asks no second time`, async () => {
        const claims = essential(acr)
        const browser = service.browser()
        const id = await arrive(browser, { claims })
        assert.equal(stepOf(await assertAt(browser, id, asha.device)).next, 'stronger')
        const back = await comeBack(browser, await browser.postJson(`/sign-in/${id}/decline`, {}))
        assert.equal(back.get('error'), 'unmet_authentication_requirements')
        assert.equal(back.has('code'), false)
        const signed = await signInHere(service, asha.device)
        assert.ok(await errorOf(signed, { claims, prompt: 'none' }))
      })

    it('line 32: and is, tells the value that was asked for', async () => {
      const browser = await signInHere(service, asha.device)
      for (const acr of ['AAL2_ANY', 'AAL2_OR_AAL3_ANY']) {
        assert.equal((await claimsOf(await silently(browser, { claims: essential({ value: acr }) })))['acr'], acr)
        assert.equal((await claimsOf(await silently(browser, { acr_values: `AAL3_ANY ${acr}` })))['acr'], acr)
      }
    })

    it('line 32: as a wish that cannot be met, tells the truth', async () => {
      const browser = await signInHere(service, asha.device)
      for (const acr_values of ['AAL3_ANY', 'nonsense', 'AAL1_USERPASS', '', ' '])
        assert.equal((await claimsOf(await silently(browser, { acr_values })))['acr'], 'AAL2_ANY', acr_values)
    })
  })

  describe('in a form that is not registered', () => {
    for (const response_type of [
      'token',
      'id_token',
      'code id_token',
      'code token',
      'code id_token token',
      'id_token token',
      'none',
      'nonsense',
    ])
      it(`line 33: (the response type ${response_type}) is refused, and gives nothing`, async () => {
        const browser = await signInHere(service, asha.device)
        const { location } = await browser.get(authorizeUrl({ response_type, prompt: 'none' }))
        const told = new URLSearchParams(location?.search || location?.hash.slice(1))
        assert.ok(['unsupported_response_type', 'invalid_request'].includes(told.get('error') ?? ''))
        assert.doesNotMatch(`${location?.search}${location?.hash}`, /code=|token=/)
      })

    for (const response_mode of ['form_post', 'query.jwt', 'jwt', 'web_message', 'nonsense'])
      it(`line 33: (the response mode ${response_mode}) is refused, by a redirect and no script`, async () => {
        const browser = await signInHere(service, asha.device)
        const page = await browser.get(authorizeUrl({ response_mode }))
        assert.equal(page.location?.searchParams.get('error'), 'unsupported_response_mode')
        assert.equal(page.location?.hash, '')
        assert.doesNotMatch(page.body, /<script/)
      })

    it('line 33: (the response mode fragment) is refused', async () => {
      const browser = await signInHere(service, asha.device)
      const { location } = await browser.get(authorizeUrl({ response_mode: 'fragment' }))
      assert.equal(new URLSearchParams(location?.hash.slice(1)).get('error'), 'invalid_request')
      assert.doesNotMatch(`${location?.search}${location?.hash}`, /code=/)
    })

    it('line 33: (a request object without a signature, or by reference) is refused', async () => {
      const browser = await signInHere(service, asha.device)
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const request = `${part({ alg: 'none' })}.${part({ client_id: 'ward', redirect_uri: 'https://evil.example' })}.`
      assert.equal(await errorOf(browser, { request }), 'request_not_supported')
      assert.equal(await errorOf(browser, { request_uri: 'http://169.254.169.254/' }), 'request_uri_not_supported')
      assert.equal(await errorOf(browser, { registration: '{}' }), 'registration_not_supported')
    })

    it('for an API that nobody registered, or not for this client, is refused', async () => {
      await registerClient(service, { ...ward, id: 'bare', apis: [] })
      const browser = await signInHere(service, asha.device)
      for (const parameters of [
        { resource: 'https://nobody.example/api' },
        { resource: 'http://localhost:3001/api', client_id: 'bare' },
        { resource: 'http://localhost:3001/api#x' },
        { resource: 'nonsense' },
      ])
        assert.equal(await errorOf(browser, parameters), 'invalid_target', JSON.stringify(parameters))
    })

    it('is described by discovery as it is taken', async () => {
      const it = (await service.app.inject('/.well-known/openid-configuration')).json()
      assert.deepEqual(it.response_types_supported, ['code'])
      assert.deepEqual(it.response_modes_supported, ['query'])
      assert.deepEqual(it.code_challenge_methods_supported, ['S256'])
      assert.deepEqual(it.subject_types_supported, ['public'])
      assert.deepEqual(it.id_token_signing_alg_values_supported.sort(), ['ES256', 'EdDSA', 'PS256', 'RS256'])
      assert.equal(it.authorization_response_iss_parameter_supported, true)
      assert.equal(it.request_uri_parameter_supported, false)
      assert.equal(it.registration_endpoint, undefined)
      assert.ok(it.claims_supported.includes('selected_roleid'))
    })
  })

  it('gives tokens that userinfo takes in a header, and not in an address, where logs would keep them', async () => {
    const { body } = await redeem(service, await getCode(service.browser(), asha.device))
    const token = String(body['access_token'])
    const header = { authorization: `Bearer ${token}` }
    const ask = async (url: string, headers = {}) => (await service.app.inject({ url, headers })).statusCode
    assert.equal(await ask('/userinfo', header), 200)
    assert.equal(await ask(`/userinfo?access_token=${token}`), 400)
    assert.equal(await ask(`/userinfo?access_token=${token}`, header), 400)
    assert.equal(await ask('/userinfo', { authorization: `Basic ${token}` }), 400)
    for (const wrong of [`${token}x`, 'x', body['id_token']])
      assert.equal(await ask('/userinfo', { authorization: `Bearer ${wrong}` }), 401)
    assert.equal(await ask('/userinfo'), 401)
  })

  describe('at the token endpoint', () => {
    it('line 33: of a grant that is not offered is refused', async () => {
      for (const grant_type of [
        'password',
        'implicit',
        'urn:ietf:params:oauth:grant-type:device_code',
        'nonsense',
        '',
        undefined,
      ]) {
        const { status, body } = await post(service, '/token', {
          grant_type,
          client_id: 'ward',
          username: 'x',
          password: 'y',
        })
        assert.equal(status, 400)
        assert.ok(['unsupported_grant_type', 'invalid_request'].includes(String(body['error'])), String(body['error']))
      }
      const own = await post(service, '/token', { grant_type: 'client_credentials', client_id: 'ward' })
      assert.notEqual(own.status, 200)
    })

    it('with a parameter twice, in the address, or in JSON is refused', async () => {
      const browser = await signInHere(service, asha.device)
      const code = async () => (await silently(browser, {})).get('code') ?? ''
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const fields = async () =>
        new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: 'ward',
          redirect_uri: 'http://localhost:3001/callback',
          code: await code(),
        })
      const twice = await fields()
      twice.append('code', 'x')
      for (const request of [
        { url: '/token', headers: form, payload: twice.toString() },
        { url: `/token?${await fields()}`, headers: form, payload: 'client_id=ward' },
        {
          url: '/token',
          headers: { 'content-type': 'application/json' },
          payload: JSON.stringify(Object.fromEntries(await fields())),
        },
      ]) {
        const answer = await service.app.inject({ method: 'POST', ...request })
        assert.equal(answer.statusCode, 400)
        assert.equal(answer.json()['access_token'], undefined)
      }
    })
  })
})
