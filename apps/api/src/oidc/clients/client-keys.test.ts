import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { BrowserLike } from '@fobwatch/testkit'
import { addPerson, enrol, signInHere, startService, type TestService } from '../../service.testing.ts'
import { authorizeUrl, redeem } from '../code-flow.testing.ts'
import { type Key, makeKey, registerSigning } from './signing-client.testing.ts'

describe('the keys of a client that hosts them itself (jwks_uri)', () => {
  let service: TestService
  let browser: BrowserLike
  let host: Server
  let published: Record<string, unknown>[] = []
  let fetched = 0
  before(async () => {
    service = await startService({ environment: { FOBWATCH_OUTBOUND_ALLOWED: '127.0.0.1' } })
    host = createServer((_request, response) => {
      fetched += 1
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: published }))
    }).listen(0, '127.0.0.1')
    await once(host, 'listening')
    browser = await signInHere(service, (await enrol(service, (await addPerson(service)).id)).device)
  })
  after(async () => {
    host.close()
    await service.close()
  })

  const register = async (id: string) => {
    const { port } = host.address() as AddressInfo
    const jwks_uri = `http://127.0.0.1:${port}/${id}`
    const client = await registerSigning(service, {
      id,
      alg: 'RS512',
      metadata: { jwks: undefined, jwks_uri } as object,
    })
    const redeemBy = async (client_assertion: string) => {
      const { location } = await browser.follow(authorizeUrl({ client_id: id }), { until: 'another-origin' })
      const code = location?.searchParams.get('code') ?? ''
      return redeem(service, code, { ...(await client.prove()), client_assertion })
    }
    const publish = (...keys: [string, Key][]) => {
      published = keys.map(([kid, { jwk, alg }]) => ({ ...jwk, kid, alg, use: 'sig' }))
    }
    return { ...client, redeemBy, publish }
  }

  it('are fetched, once for many assertions', async () => {
    const client = await register('hosting')
    client.publish(['key-1', client.key])
    const before = fetched
    for (const _ of [1, 2, 3]) assert.equal((await client.redeemBy(await client.assertion())).status, 200)
    assert.equal(fetched, before + 1)
  })

  it('line 37: are not fetched again for every unknown one: a storm of them costs one fetch', async () => {
    const client = await register('stormy')
    client.publish(['key-1', client.key])
    const stranger = await makeKey('RS512')
    const before = fetched
    for (let count = 0; count < 20; count += 1) {
      const { body } = await client.redeemBy(await client.assertion({}, { kid: `key-${count + 2}` }, stranger))
      assert.equal(body['error'], 'invalid_client')
    }
    assert.equal(fetched, before + 1)
    assert.equal((await client.redeemBy(await client.assertion())).status, 200)
  })

  it('that cannot be read prove nothing, and break nothing', async () => {
    const client = await register('broken')
    for (const keys of [[], [{ kty: 'oct', k: 'c2VjcmV0', alg: 'HS256' }], [{ kty: 'nonsense' }]]) {
      published = keys
      const { status, body } = await client.redeemBy(await client.assertion())
      assert.ok(status === 400 || status === 401, JSON.stringify(body))
      assert.equal(body['access_token'], undefined)
    }
  })
})
