import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import {
  addPerson,
  assertAt,
  enrol,
  issuer,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../service.testing.ts'
import { makeProver, registerSigning } from './clients/signing-client.testing.ts'
import { arrive, authorizeUrl, post, redeem, requestOf } from './code-flow.testing.ts'

const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange'
/** An id that may be used once, of an assertion or a proof. */
const once = 'oidc:remember'
/** A code with its grant and its person; and what is given for it. */
const grant = ['oidc:find-granted:oidc_transient', 'oidc:exchange:oidc_transient']

describe('what the database is asked', () => {
  const asked: string[] = []
  let service: TestService
  let browser: BrowserLike
  let device: SoftwareAuthenticator
  let signing: Awaited<ReturnType<typeof registerSigning>>
  before(async () => {
    // What is known of an application is remembered for a moment.
    const note = (name: string) => name.startsWith('clients:') || asked.push(name)
    service = await startService({ onStatement: (name) => void note(name) })
    await registerClient(service)
    signing = await registerSigning(service, {
      metadata: { grant_types: ['authorization_code', 'client_credentials', tokenExchange] },
    })
    device = (await enrol(service, (await addPerson(service)).id)).device
    browser = await signInHere(service, device)
  })
  after(() => service.close())

  /** What is asked meanwhile, and what comes of it. Some is asked side by side, so that the order says nothing. */
  const watch = async <T>(work: () => Promise<T>): Promise<[asked: string[], got: T]> => {
    asked.length = 0
    const got = await work()
    return [asked.toSorted(), got]
  }
  const is = (actual: string[], expected: string[]) => assert.deepEqual(actual, expected.toSorted())
  const open = async (address: string) => {
    const page = await browser.follow(address, { until: 'another-origin' })
    return page.location?.searchParams.get('code') ?? ''
  }

  it('for a code, its tokens and userinfo of somebody who is signed in', async () => {
    const [forCode, code] = await watch(() => open(authorizeUrl()))
    is(forCode, [...['sessions:look', 'authenticators:find-by-id', 'oidc:join-and-keep']])
    const [forTokens, { body }] = await watch(() => redeem(service, code))
    is(forTokens, grant)
    const headers = { authorization: `Bearer ${body['access_token']}` }
    const [forUserinfo] = await watch(async () => service.app.inject({ url: '/userinfo', headers }))
    is(forUserinfo, ['oidc:find-granted:oidc_token'])
  })

  it('for the way back of somebody who has just logged in, which is taken with the code', async () => {
    const elsewhere = service.browser()
    const step = await assertAt(elsewhere, await arrive(elsewhere), device)
    const [forCode, page] = await watch(() => elsewhere.get(step.json<{ url: string }>().url))
    is(forCode, ['sessions:look', 'oidc:remember-or-stop', 'oidc:join-and-keep'])
    assert.ok(page.location?.searchParams.has('code'))
  })

  it('besides, where the request is pushed, the client signs, and the tokens are bound to a key', async () => {
    const proof = await signing.prove()
    const [forPush, { body }] = await watch(() =>
      post(service, '/par', { ...requestOf({ client_id: 'signing' }), ...proof }),
    )
    is(forPush, [once, 'oidc:upsert:oidc_transient'])
    const query = new URLSearchParams({ client_id: 'signing', request_uri: String(body['request_uri']) })
    const [forCode, code] = await watch(() => open(`${issuer}/authorize?${query}`))
    is(
      forCode.filter((name) => name.startsWith('oidc:')),
      ['oidc:find:oidc_transient', 'oidc:consume:oidc_transient', 'oidc:join-and-keep'],
    )
    const dpop = await (await makeProver()).proof('POST', '/token')
    const again = await signing.prove()
    const [forTokens] = await watch(() => redeem(service, code, again, { dpop }))
    is(forTokens, [once, once, ...grant])
  })

  it('for an API, where nobody logs in', async () => {
    const code = await open(authorizeUrl({ client_id: 'signing' }))
    const { body } = await redeem(service, code, await signing.prove())
    const ask = async (parameters: Record<string, string>) => {
      const form = { ...parameters, ...(await signing.prove()), resource: 'http://localhost:3001/api' }
      const [forToken, { status }] = await watch(() => post(service, '/token', form))
      assert.equal(status, 200)
      return forToken
    }
    is(await ask({ grant_type: 'client_credentials' }), [once])
    const subject = {
      subject_token: String(body['id_token']),
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    }
    is(await ask({ grant_type: tokenExchange, ...subject }), [
      ...[once, 'sessions:find-grant-of', 'sessions:find-by-grant', 'audit:add-event'],
    ])
  })

  it('for the log in of somebody whose session has ended: one look more than of a browser that had none', async () => {
    const [first, back] = [service.browser(), await signInHere(service, device)]
    await sql(service, `update session set ended_at = now(), ended_why = 'idle' where ended_at is null`)
    const [toArrive, id] = await watch(() => arrive(first))
    const [toArriveAgain, idAgain] = await watch(() => arrive(back))
    is(toArriveAgain, [...toArrive, 'sessions:look'])
    const [toLogIn] = await watch(() => assertAt(first, id, device))
    await sql(service, `update session set ended_at = now(), ended_why = 'idle' where ended_at is null`)
    const [toLogInAgain] = await watch(() => assertAt(back, idAgain, device))
    is(toLogInAgain, toLogIn)
  })

  it('for an authorization by whoever makes a session up: one look, and nothing is kept', async () => {
    const kept = () => sql<{ count: number }>(service, 'select count(*) from oidc_transient')
    const before = await kept()
    for (const path of [authorizeUrl().slice(issuer.length), '/authorize/x', '/logout']) {
      const [forAnswer, answer] = await watch(() =>
        service.app.inject({ url: path, headers: { cookie: 'fobwatch_session=made-up' } }),
      )
      is(forAnswer, ['sessions:look'])
      assert.match(String(answer.headers['set-cookie'] ?? 'fobwatch_session=;'), /fobwatch_session=;/, path)
    }
    assert.deepEqual(await kept(), before)
  })
})
