import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import type { AuthenticationResponse, Failure, PersonaList, RequestOptions } from '@fobwatch/contracts'
import type { BrowserLike } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
import { arrive, authorizeUrl, comeBack, redeem } from '../../oidc/code-flow.testing.ts'
import { addPerson, sql, startService, stepOf, type TestService } from '../../service.testing.ts'
import { personas } from './personas.ts'

const callback = 'http://127.0.0.1:4711/callback'
const asSandbox = { client_id: 'sandbox', redirect_uri: callback }
const scope = 'openid profile nhsperson nationalrbacaccess assurance'

describe('a persona of the sandbox', () => {
  let service: TestService
  before(async () => {
    service = await startService({ environment: { FOBWATCH_MAILBOX: 'on' } })
    await service.rooms.demonstration.seedDemonstration('http://localhost:3001')
  })
  after(() => service.close())

  /** What a tester's page does: a challenge, the persona's answer to it, and that answer where any goes. */
  const assertAs = async (browser: BrowserLike, id: string, persona: string, device?: string) => {
    const options = await browser.postJson(`/sign-in/${id}/options`, {})
    const { challenge } = options.json<RequestOptions>()
    const answer = await browser.postJson(`/api/demonstration/personas/${persona}/assertion`, { challenge, device })
    assert.equal(answer.status, 200, answer.body)
    return browser.postJson(`/sign-in/${id}/assertion`, { response: answer.json<AuthenticationResponse>() })
  }
  const tokenOf = async (persona: string, device?: string, parameters: Record<string, string> = {}) => {
    const browser = service.browser()
    const id = await arrive(browser, { ...asSandbox, scope, ...parameters })
    const code = (await comeBack(browser, await assertAs(browser, id, persona, device))).get('code') ?? ''
    const { status, body } = await redeem(service, code, asSandbox)
    assert.equal(status, 200, JSON.stringify(body))
    const { body: claims } = await service.app
      .inject({
        url: '/userinfo',
        headers: { host: 'localhost:3000', authorization: `Bearer ${String(body['access_token'])}` },
      })
      .then((answer) => ({ body: answer.json() as Record<string, unknown> }))
    return { browser, token: decodeJwt(String(body['id_token'])), claims }
  }

  it('is described by the guide', async () => {
    const guide = await readFile(new URL('../../../../../docs/sandbox.md', import.meta.url), 'utf8')
    const rows = [...guide.matchAll(/^\| `([a-z]+)` \| (\w+)[^|]* \| (\d) \| (\w+)/gm)].map(([, ...cells]) =>
      cells.join(' '),
    )
    const words = { standard: 'standard', strong: 'strong', 'standard strong': 'both' } as Record<string, string>
    const counts = ['none', 'one', 'two', '', '', '', '', 'seven']
    assert.deepEqual(
      rows,
      personas.map(
        ({ key, devices, identityLevel, positions }) =>
          `${key} ${words[devices.join(' ')]} ${identityLevel} ${counts[positions.length]}`,
      ),
    )
  })

  it('is one of a list that has each level of each kind, and no role, one, two or many', async () => {
    const { personas: listed } = (await service.browser().get('/api/demonstration/personas')).json<PersonaList>()
    assert.deepEqual(
      listed.map(({ persona }) => persona),
      personas.map(({ key }) => key),
    )
    const levels = new Set(listed.flatMap((each) => each.devices.map((device) => `${device} ${each.identityLevel}`)))
    assert.equal(levels.size, 6)
    assert.deepEqual([...new Set(listed.map(({ roles }) => roles))].toSorted(), [0, 1, 2, 7])
    assert.ok(listed.every(({ name }) => name.endsWith(' Sandbox')))
  })

  it('logs in by an assertion that is judged like any, and gets the level that comes of it', async () => {
    for (const { key, devices, identityLevel, positions } of personas) {
      if (positions.length > 1) continue
      for (const device of devices) {
        const { token, claims } = await tokenOf(key, device)
        const strong = device === 'strong'
        assert.deepEqual(
          [token['authentication_assurance_level'], token['acr'], token['id_assurance_level']],
          [strong ? 3 : 2, strong ? 'AAL3_FIDO2' : 'AAL2_ANY', identityLevel],
          `${key} ${device}`,
        )
        assert.equal(claims['family_name'], 'Sandbox')
      }
    }
  })

  it('is asked for a role where it has several', async () => {
    for (const [key, roles] of [
      ['clover', 2],
      ['fennel', 7],
    ] as const) {
      const browser = service.browser()
      const id = await arrive(browser, { ...asSandbox, scope: 'openid selectedrole' })
      const step = stepOf(await assertAs(browser, id, key))
      assert.equal(step.next === 'role' && step.roles.length, roles)
    }
  })

  it('line 23: logs in to no other application, nor here, and is told why', async () => {
    const refused = async (id: string, browser: BrowserLike) => {
      const page = await assertAs(browser, id, 'hazel', 'strong')
      const { error, reasons } = page.json<Failure>()
      assert.deepEqual([page.status, error], [400, 'policy_refuses'])
      assert.deepEqual(reasons, ['This person is fictional, and logs in to sandbox applications only.'])
    }
    const ward = { client_id: 'ward-list', redirect_uri: 'http://localhost:3001/callback' }
    const browser = service.browser()
    await refused(await arrive(browser, ward), browser)
    await refused('fobwatch', browser)

    // Signed in to the sandbox, they are asked for somebody else where a person would go on in silence.
    const { browser: signedIn } = await tokenOf('hazel')
    await refused(await arrive(signedIn, ward), signedIn)
    const silent = await signedIn.get(authorizeUrl({ ...ward, prompt: 'none' }))
    assert.equal(silent.location?.searchParams.get('error'), 'login_required')
    const again = await signedIn.follow(authorizeUrl(asSandbox), { until: 'another-origin' })
    assert.ok(again.location?.searchParams.get('code'))
  })

  it('line 23: changes nothing of its own here: anybody can be it, and its devices are for everybody', async () => {
    const { browser } = await tokenOf('hazel', 'strong')
    const guarded = Object.values(service.rooms.tables).flatMap((routes) =>
      // What applications come to with a token of theirs takes nobody's session.
      routes.filter(({ guard }) => guard !== 'anyone' && !guard.startsWith('token:')),
    )
    for (const { method, url } of guarded) {
      const path = url.replace(/:\w+/g, '656005750104')
      const answer = await service.app.inject({
        method,
        url: path,
        headers: {
          host: 'localhost:3000',
          origin: 'http://localhost:3000',
          cookie: browser.cookieHeader(`http://localhost:3000${path}`),
        },
        ...(method !== 'GET' && { payload: {} }),
      })
      assert.deepEqual([answer.statusCode, answer.json<Failure>().error], [401, 'not_signed_in'], `${method} ${url}`)
    }
    const again = await browser.follow(authorizeUrl({ ...asSandbox, prompt: 'none' }), { until: 'another-origin' })
    assert.ok(again.location?.searchParams.get('code'))
  })

  it('holds nothing any more at an application that stops being a sandbox', async () => {
    const { browser } = await tokenOf('bracken')
    const code = (
      await browser.follow(authorizeUrl(asSandbox), { until: 'another-origin' })
    ).location?.searchParams.get('code')
    await sql(service, `update client set metadata = metadata - 'sandbox' where id = 'sandbox'`)
    assert.equal((await redeem(service, code ?? '', asSandbox)).body['error'], 'invalid_grant')
    await sql(service, `update client set metadata = metadata || '{"sandbox": true}' where id = 'sandbox'`)
  })

  it('answers challenges of logging in here, and no other question', async () => {
    const ask = (persona: string, body: object) =>
      service.browser().postJson(`/api/demonstration/personas/${persona}/assertion`, body)
    for (const [persona, body, status] of [
      ['nobody', { challenge: 'AAAA' }, 404],
      ['aster', { challenge: 'AAAA', device: 'strong' }, 404],
      ['aster', {}, 400],
      ['aster', { challenge: 'a b' }, 400],
      ['aster', { challenge: 'AAAA', device: 'any' }, 400],
      ['aster', { challenge: 'AAAA', origin: 'https://evil.example' }, 400],
      ['__proto__', { challenge: 'AAAA' }, 400],
      ["x'--", { challenge: 'AAAA' }, 400],
    ] as const)
      assert.equal((await ask(persona, body)).status, status, persona)
    const answer = (await ask('aster', { challenge: 'AAAA' })).json<AuthenticationResponse>()
    const client = JSON.parse(Buffer.from(answer.response.clientDataJSON, 'base64url').toString())
    assert.deepEqual([client.type, client.origin], ['webauthn.get', 'http://localhost:3000'])
  })

  it('takes no part in what an ordinary person does: the authority vouches for nobody outside', async () => {
    const anchors = await sql<{ code: string; hardware: boolean }>(
      service,
      'select o.code, a.hardware from trust_anchor a left join organisation o on o.id = a.organisation_id',
    )
    assert.deepEqual(anchors, [{ code: 'ZZX09', hardware: true }])
    const person = await addPerson(service)
    const [row] = await sql<{ sandbox_only: boolean }>(
      service,
      'select sandbox_only from person where id = $1',
      person.id,
    )
    assert.equal(row?.sandbox_only, false)
  })

  it('gets no mail, since nobody is there to read it, and no delivery is noted as failed', async () => {
    await service.rooms.outbox.beginDelivering()
    await service.rooms.outbox.deliveriesSettled()
    const facts = await sql<{ delivered: boolean; error: string | null }>(
      service,
      `select delivered_at is not null as delivered, last_error as error from outbox
       where kind = 'authenticator-changed'
         and (fact->>'person')::uuid in (select id from person where sandbox_only)`,
    )
    assert.ok(facts.length > personas.length)
    assert.ok(facts.every(({ delivered, error }) => delivered && error === null))
    assert.deepEqual((await service.browser().get('/api/demonstration/mailbox')).json(), { messages: [] })
  })

  it('is not there where there is no demonstration', async () => {
    const bare = await startService()
    assert.equal((await bare.browser().get('/api/demonstration/personas')).status, 404)
    await bare.close()
  })
})
