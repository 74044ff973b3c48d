import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { ClientMetadata } from '@fobwatch/contracts'
import type { BrowserLike } from '@fobwatch/testkit'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import {
  addPerson,
  enrol,
  issuer,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { authorizeUrl, type Parameters, post, redeem, verifier } from '../code-flow.testing.ts'
import { makeKey, registerSigning } from './signing-client.testing.ts'

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey']
type Started = Awaited<ReturnType<typeof startService>>

const secret = 'V3ry-secret:with%signs&more'

describe('a client, at the token endpoint', () => {
  let service: Started
  let second: Started
  let browser: BrowserLike
  let privateKey: Key
  before(async () => {
    service = await startService()
    second = await startService({ beside: service })
    const pair = await generateKeyPair('ES256')
    privateKey = pair.privateKey
    const { redirect_uris = [] } = ward.metadata
    const register = (id: string, metadata: ClientMetadata, own?: string) =>
      registerClient(service, { ...ward, id, ...(own && { secret: own }), metadata: { redirect_uris, ...metadata } })
    await register('public', { token_endpoint_auth_method: 'none' })
    await register('basic', { token_endpoint_auth_method: 'client_secret_basic' }, secret)
    await register('posting', { token_endpoint_auth_method: 'client_secret_post' }, secret)
    await register('signing', {
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'key-1', alg: 'ES256', use: 'sig' }] },
    })
    browser = await signInHere(service, (await enrol(service, (await addPerson(service)).id)).device)
  })
  after(async () => {
    await second.close()
    await service.close()
  })

  const codeFor = async (client_id: string) => {
    const { location } = await browser.get(authorizeUrl({ client_id }))
    return location?.searchParams.get('code') ?? ''
  }
  const redeemWith = async (authorization: string, code: string, fields: Parameters = {}) => {
    const form = {
      grant_type: 'authorization_code',
      redirect_uri: 'http://localhost:3001/callback',
      code,
      code_verifier: verifier,
    }
    const answer = await service.app.inject({
      method: 'POST',
      url: '/token',
      headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...form, ...(fields as Record<string, string>) }).toString(),
    })
    return { status: answer.statusCode, body: answer.json() as Record<string, unknown>, headers: answer.headers }
  }
  const basic = (id: string, own: string) =>
    `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(own)}`).toString('base64')}`
  const assertion = (
    claims: Record<string, unknown> = {},
    header: Record<string, unknown> = {},
    key: Key = privateKey,
  ) => {
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({
      iss: 'signing',
      sub: 'signing',
      aud: issuer,
      jti: randomUUID(),
      iat: now,
      exp: now + 60,
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'key-1', ...header })
      .sign(key)
  }
  const redeemSigned = (code: string, client_assertion: string, at: Pick<TestService, 'app'> = service) =>
    redeem(at, code, {
      client_id: 'signing',
      client_assertion,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    })
  const isRefused = ({ status, body }: { status: number; body: Record<string, unknown> }, what = '') => {
    assert.ok(status === 401 || status === 400, what)
    assert.ok(['invalid_client', 'invalid_request'].includes(String(body['error'])), `${what}: ${body['error']}`)
    assert.equal(body['access_token'], undefined)
  }

  it('proves itself by its secret, in the header or in the form, whichever of the two it is registered with', async () => {
    for (const id of ['basic', 'posting']) {
      assert.equal((await redeemWith(basic(id, secret), await codeFor(id))).status, 200, id)
      const posted = await redeem(service, await codeFor(id), { client_id: id, client_secret: secret })
      assert.equal(posted.status, 200, id)
    }
  })

  it('has its secret kept as a hash', async () => {
    for (const table of ['client', 'oidc_transient', 'audit_event'])
      assert.ok(!JSON.stringify(await sql(service, `select t::text from ${table} t`)).includes('V3ry-secret'))
  })

  it('is refused with a wrong secret, without one, in another way than its own, or as another', async () => {
    const code = await codeFor('basic')
    for (const [what, attempt] of Object.entries({
      'a wrong secret': redeemWith(basic('basic', `${secret}x`), code),
      'an empty secret': redeemWith(basic('basic', ''), code),
      'the hash of the secret': redeemWith(
        basic(
          'basic',
          String(
            (
              await sql<{ hash: string }>(
                service,
                `select encode(hash, 'base64') as hash from client_secret where client_id = 'basic'`,
              )
            )[0]?.hash,
          ),
        ),
        code,
      ),
      'no secret': redeem(service, code, { client_id: 'basic' }),
      'both at once': redeemWith(basic('basic', secret), code, { client_id: 'basic', client_secret: secret }),
      'another client in the form': redeemWith(basic('basic', secret), code, { client_id: 'posting' }),
      nobody: redeemWith(basic('nobody', secret), code),
      'no colon': redeemWith(`Basic ${Buffer.from('basic').toString('base64')}`, code),
      'no base64': redeemWith('Basic !!!', code),
      'a bearer': redeemWith('Bearer x', code),
    }))
      isRefused(await attempt, what)
    const { headers } = await redeemWith(basic('basic', 'x'), code)
    assert.match(String(headers['www-authenticate']), /^Basic realm=/)
    assert.equal((await redeemWith(basic('basic', secret), code)).status, 200, 'none of this used the code up')
  })

  it('has its new registration from the next request on, at every instance', async () => {
    await registerClient(service, {
      ...ward,
      id: 'posting',
      secret: 'another-secret',
      metadata: { redirect_uris: ward.metadata.redirect_uris ?? [], token_endpoint_auth_method: 'client_secret_post' },
    })
    for (const at of [service, second]) {
      isRefused(await redeem(at, await codeFor('posting'), { client_id: 'posting', client_secret: secret }))
      const { status } = await redeem(at, await codeFor('posting'), {
        client_id: 'posting',
        client_secret: 'another-secret',
      })
      assert.equal(status, 200)
    }
  })

  it('proves itself by a signature', async () => {
    assert.equal((await redeemSigned(await codeFor('signing'), await assertion())).status, 200)
  })

  it("line 34: is refused with another server's audience, an array of them, or none", async () => {
    const code = await codeFor('signing')
    for (const aud of [
      'https://elsewhere.example',
      [issuer, 'https://elsewhere.example'],
      ['https://elsewhere.example'],
      [],
      undefined,
      `${issuer}/`,
    ])
      isRefused(await redeemSigned(code, await assertion({ aud })), JSON.stringify(aud))
  })

  it('line 34: is refused with an assertion that has run out, does not, has no id, or is of somebody else', async () => {
    const code = await codeFor('signing')
    const now = Math.floor(Date.now() / 1000)
    for (const claims of [
      { exp: now - 60 },
      { exp: undefined },
      { exp: now + 4000 },
      { exp: 1e15 },
      { jti: 7 },
      { jti: undefined },
      { nbf: now + 120 },
      { iss: 'public' },
      { sub: 'public' },
      { sub: undefined },
    ])
      isRefused(await redeemSigned(code, await assertion(claims)), JSON.stringify(claims))
  })

  it('line 34: is refused with an assertion that another key signed, or none, or a secret that is public', async () => {
    const code = await codeFor('signing')
    const other = await generateKeyPair('ES256')
    isRefused(await redeemSigned(code, await assertion({}, {}, other.privateKey)))
    const [, payload] = (await assertion()).split('.')
    const head = (alg: string) => Buffer.from(JSON.stringify({ alg, kid: 'key-1' })).toString('base64url')
    isRefused(await redeemSigned(code, `${head('none')}.${payload}.`))
    const [row] = await sql<{ jwk: object }>(
      service,
      `select metadata->'jwks'->'keys'->0 as jwk from client where id = 'signing'`,
    )
    const hmac = createHmac('sha256', JSON.stringify(row?.jwk))
      .update(`${head('HS256')}.${payload}`)
      .digest('base64url')
    isRefused(await redeemSigned(code, `${head('HS256')}.${payload}.${hmac}`))
    isRefused(await redeemSigned(code, 'x.y.z'))
  })

  it('line 34: is refused with an assertion that was used before, here or at another instance', async () => {
    const once = await assertion()
    assert.equal((await redeemSigned(await codeFor('signing'), once)).status, 200)
    isRefused(await redeemSigned(await codeFor('signing'), once))
    isRefused(await redeemSigned(await codeFor('signing'), once, second))
    const events = await sql(
      service,
      `select client, outcome, details from audit_event where type = 'replay-refused' order by seq desc limit 2`,
    )
    const event = { client: 'signing', outcome: 'refused', details: { at: 'token' } }
    assert.deepEqual(events, [event, event])
  })

  it('line 34: proves itself once of 16 at once with one assertion, raced across two instances', async () => {
    const once = await assertion()
    const codes: string[] = []
    for (const _ of Array.from({ length: 16 })) codes.push(await codeFor('signing'))
    const answers = await Promise.all(
      codes.map((code, index) => redeemSigned(code, once, index % 2 === 0 ? service : second)),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    for (const answer of answers.filter(({ status }) => status !== 200)) isRefused(answer)
  })

  for (const alg of ['RS256', 'RS512', 'PS256', 'ES256', 'EdDSA'])
    it(`may sign with ${alg}, and then with nothing else that its key does not say`, async () => {
      const client = await registerSigning(service, { id: `signing-${alg.toLowerCase()}`, alg })
      const redeemBy = async (client_assertion: string) =>
        redeem(service, await codeFor(client.id), { ...(await client.prove()), client_assertion })
      assert.equal((await redeemBy(await client.assertion())).status, 200)
      const other = await makeKey(alg)
      isRefused(await redeemBy(await client.assertion({}, {}, other)))
      isRefused(
        await redeemBy(await client.assertion({}, { alg: alg === 'ES256' ? 'ES384' : 'RS384' }).catch(() => 'x.y.z')),
      )
    })

  it('line 34: that comes from CIS2 may have assertions of 5 minutes, and no longer ones', async () => {
    const client = await registerSigning(service, {
      id: 'from-cis2',
      alg: 'RS512',
      metadata: { claims_form: 'compatible' },
    })
    const now = Math.floor(Date.now() / 1000)
    const redeemWith = async (claims: Record<string, unknown>) =>
      redeem(service, await codeFor(client.id), await client.prove(claims))
    assert.equal((await redeemWith({ exp: now + 300 })).status, 200)
    assert.equal((await redeemWith({ exp: now + 300, iat: undefined })).status, 200)
    assert.equal((await redeemWith({ aud: `${issuer}/token` })).status, 200)
    isRefused(await redeemWith({ exp: now + 400 }))
    isRefused(await redeemWith({ exp: now + 400, iat: undefined }))
    isRefused(await redeemWith({ iat: now - 300, exp: now + 200 }))
  })

  it('line 34: is refused with an assertion from the future', async () => {
    const now = Math.floor(Date.now() / 1000)
    isRefused(await redeemSigned(await codeFor('signing'), await assertion({ iat: now + 120, exp: now + 180 })))
  })

  it('line 41: whose keys are said to be at an address of this machine is refused, and nothing is said there', async () => {
    let heard = 0
    const inside = createServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        heard += chunk.length
        socket.destroy()
      })
    }).listen(0, '127.0.0.1')
    await once(inside, 'listening')
    const { port } = inside.address() as AddressInfo
    for (const jwks_uri of [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
    ]) {
      await registerClient(service, {
        ...ward,
        id: 'signing-elsewhere',
        metadata: {
          redirect_uris: ward.metadata.redirect_uris ?? [],
          token_endpoint_auth_method: 'private_key_jwt',
          jwks_uri,
        },
      })
      const claims = { iss: 'signing-elsewhere', sub: 'signing-elsewhere' }
      const answer = await redeem(service, 'x', {
        client_id: 'signing-elsewhere',
        client_assertion: await assertion(claims),
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      })
      assert.notEqual(answer.status, 200)
      assert.ok(answer.status < 500, JSON.stringify(answer.body))
    }
    inside.close()
    assert.equal(heard, 0)
  })

  it('that is public proves nothing, and is taken for no other', async () => {
    assert.equal((await redeem(service, await codeFor('public'), { client_id: 'public' })).status, 200)
    isRefused(await redeem(service, await codeFor('public'), { client_id: 'public', client_secret: 'x' }))
    const { body } = await redeem(service, await codeFor('basic'), { client_id: 'public' })
    assert.equal(body['error'], 'invalid_grant')
  })

  it('that proves nothing where it should may neither look at tokens nor revoke them', async () => {
    for (const path of ['/introspect', '/revoke'])
      for (const client_id of ['basic', 'posting', 'signing', 'nobody', undefined])
        isRefused(await post(service, path, { client_id, token: 'x' }), `${path} ${client_id}`)
  })
})
