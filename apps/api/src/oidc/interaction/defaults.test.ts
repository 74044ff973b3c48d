import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { ClientMetadata, SignInState } from '@fobwatch/contracts'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
import { newSecret } from '#kernel'
import {
  addPerson,
  assertAt,
  enrol,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import {
  arrive,
  authorizeUrl,
  comeBack,
  interactionOf,
  type Parameters,
  redeem,
  verifier,
} from '../code-flow.testing.ts'

describe('an application that sends as little as it can', () => {
  let service: TestService
  let device: SoftwareAuthenticator
  let personId: string
  const secret = newSecret()
  before(async () => {
    service = await startService()
    await registerClient(service)
    const variant = (id: string, metadata: ClientMetadata, own?: string) =>
      registerClient(service, {
        ...ward,
        id,
        name: id,
        apis: [],
        metadata: { ...ward.metadata, ...metadata },
        ...(own && { secret: own }),
      })
    await variant('patient', { default_max_age: 60 })
    await variant('impatient', { default_max_age: 0 })
    const confidential = { token_endpoint_auth_method: 'client_secret_post', pkce_required: false } as const
    await variant('old', confidential, secret)
    await variant('public', { pkce_required: false })
    await variant('fapi', { ...confidential, profile: 'fapi2' }, secret)
    const person = await addPerson(service)
    personId = person.id
    device = (await enrol(service, person.id)).device
  })
  after(() => service.close())

  const go = async (browser: BrowserLike, parameters: Parameters) =>
    browser.follow(authorizeUrl(parameters), { until: 'another-origin' })
  const stateAt = async (browser: BrowserLike, id: string) =>
    (await browser.get(`/sign-in/${id}/state`)).json<SignInState>()
  const withoutChallenge = { code_challenge: undefined, code_challenge_method: undefined }
  const errorOf = async (browser: BrowserLike, parameters: Parameters) =>
    (await go(browser, parameters)).location?.searchParams.get('error')

  it('has `max_age` from its registration, and its own where it sends one', async () => {
    const browser = await signInHere(service, device)
    const older = `authenticated_at - interval '10 minutes'`
    await sql(service, `update session set authenticated_at = ${older} where person_id = $1`, personId)
    for (const client_id of ['patient', 'impatient']) {
      assert.equal(await errorOf(browser, { client_id, prompt: 'none' }), 'login_required')
      assert.ok((await go(browser, { client_id, prompt: 'none', max_age: '3600' })).location?.searchParams.has('code'))
    }
    assert.ok((await go(browser, { prompt: 'none' })).location?.searchParams.has('code'))
    const id = await arrive(browser, { client_id: 'patient' })
    const back = await comeBack(browser, await assertAt(browser, id, device))
    const { body } = await redeem(service, back.get('code') ?? '', { client_id: 'patient' })
    assert.ok(Math.abs(Number(decodeJwt(String(body['id_token']))['auth_time']) - Date.now() / 1000) < 10)
  })

  describe('and no PKCE', () => {
    const codeFor = async (parameters: Parameters) => {
      const { location } = await go(await signInHere(service, device), { client_id: 'old', ...parameters })
      return location?.searchParams.get('code') ?? ''
    }
    const exchange = async (code: string, parameters: Parameters) =>
      (await redeem(service, code, { client_id: 'old', client_secret: secret, ...parameters })).body

    it('line 29: is let off where it has a secret and its registration says so, and by nothing else', async () => {
      const browser = await signInHere(service, device)
      for (const client_id of ['ward', 'public', 'fapi'])
        assert.notEqual(await errorOf(browser, { client_id, ...withoutChallenge }), null, client_id)
      const tokens = await exchange(await codeFor(withoutChallenge), { code_verifier: undefined })
      assert.equal(typeof tokens['id_token'], 'string')
    })

    it('line 29: is held to a challenge that it sent, and refused a verifier without one', async () => {
      assert.equal(
        (await exchange(await codeFor(withoutChallenge), { code_verifier: verifier }))['error'],
        'invalid_grant',
      )
      assert.equal((await exchange(await codeFor({}), { code_verifier: undefined }))['error'], 'invalid_grant')
      assert.equal((await exchange(await codeFor({}), { code_verifier: newSecret() }))['error'], 'invalid_grant')
      assert.equal(typeof (await exchange(await codeFor({}), {}))['id_token'], 'string')
    })
  })

  describe('that hints at somebody', () => {
    it('has it said on the page, and read nowhere else: nobody learns who exists', async () => {
      const [row] = await sql<{ staffId: string }>(
        service,
        'select staff_id as "staffId" from person where id = $1',
        personId,
      )
      const browser = service.browser()
      for (const login_hint of [
        row?.staffId ?? '',
        '000000000000',
        'nobody@fernbrook.example',
        "o'neil+x@a-b.example",
      ]) {
        const state = await stateAt(browser, await arrive(browser, { login_hint }))
        assert.deepEqual(
          { ...state, hint: null },
          {
            application: 'Ward list',
            hint: null,
            stage: 'authenticate',
            name: null,
            roles: [],
            stronger: null,
            accounts: [],
            shared: false,
            personas: false,
          },
        )
        assert.equal(state.hint, login_hint)
      }
    })

    it('has nothing said that is no staff id and no address', async () => {
      const browser = service.browser()
      for (const login_hint of [
        'Your computer has a virus. Call 0800 000000',
        '<b>x</b>@y.example',
        '12345',
        `${'x'.repeat(300)}@y.example`,
        'a@b@c',
        'call me@once.example',
        '',
      ])
        assert.equal((await stateAt(browser, await arrive(browser, { login_hint }))).hint, null, login_hint)
    })

    it('line 32: does not keep anybody else from logging in, which a hint is not for', async () => {
      const browser = service.browser()
      const id = await arrive(browser, { login_hint: '000000000000' })
      assert.ok((await comeBack(browser, await assertAt(browser, id, device))).has('code'))
    })
  })

  describe('that wants an account chosen', () => {
    it('demands an assertion, whoever is logged in, and once', async () => {
      const browser = await signInHere(service, device)
      for (const prompt of [
        'select_account',
        'select_account login',
        'login select_account',
        'select_account consent',
      ]) {
        const id = interactionOf(await go(browser, { prompt }))
        assert.equal((await stateAt(browser, id)).stage, 'authenticate')
        assert.notEqual(interactionOf(await browser.follow(`/authorize/${id}`, { until: 'another-origin' })), id)
        const again = interactionOf(await go(browser, { prompt }))
        assert.ok((await comeBack(browser, await assertAt(browser, again, device))).has('code'), prompt)
      }
    })

    it('is refused together with `prompt=none`', async () => {
      const browser = await signInHere(service, device)
      assert.equal(await errorOf(browser, { prompt: 'none select_account' }), 'invalid_request')
    })
  })
})
