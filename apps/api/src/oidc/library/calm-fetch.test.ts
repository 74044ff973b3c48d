import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, it, mock } from 'node:test'
import type { JWK } from 'jose'
import { startService, type TestService } from '../../service.testing.ts'
import { type Key, makeKey, registerSigning } from '../clients/signing-client.testing.ts'
import { post } from '../code-flow.testing.ts'

/** An application's own server, which says where its keys are, and counts who asks. */
const keyServer = async () => {
  let asked = 0
  let answer = (response: ServerResponse): unknown => response.end()
  const server = createServer((_request, response) => {
    asked += 1
    answer(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: (path: string) => `http://127.0.0.1:${port}/${path}`,
    asked: () => asked,
    answers: (next: typeof answer) => {
      asked = 0
      answer = next
    },
    close: () => server.close(),
  }
}

describe('line 37: a storm of assertions whose key is unknown', () => {
  let service: Awaited<ReturnType<typeof startService>>
  let keys: Awaited<ReturnType<typeof keyServer>>
  let key: Key
  let path = 0
  /** Where the keys of the application under test are. */
  let jwks_uri: string
  before(async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    keys = await keyServer()
    service = await startService({ environment: { FOBWATCH_OUTBOUND_ALLOWED: '127.0.0.1' } })
    key = await makeKey()
  })
  beforeEach(() => {
    path += 1
    jwks_uri = keys.url(`${path}`)
  })
  after(async () => {
    await service.close()
    keys.close()
    mock.timers.reset()
  })

  const advance = (seconds: number) => mock.timers.setTime(Date.now() + seconds * 1000)
  const publish = (...published: JWK[]) =>
    keys.answers((response) => response.setHeader('content-type', 'application/json').end(json(published)))
  const json = (published: JWK[]) => JSON.stringify({ keys: published })
  const jwk = (kid: string, of: Key = key): JWK => ({ ...of.jwk, kid, alg: 'ES256', use: 'sig' })

  const register = (id: string) => registerSigning(service, { id, metadata: { jwks: undefined as never, jwks_uri } })
  const prove = async (
    { id, assertion }: Awaited<ReturnType<typeof register>>,
    header: { kid?: string } = {},
    at: Pick<TestService, 'app'> = service,
  ) => {
    const { body } = await post(at, '/token', {
      grant_type: 'authorization_code',
      code: 'none',
      redirect_uri: 'http://localhost:3001/callback',
      client_id: id,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertion({}, header, key),
    })
    return body['error']
  }
  const storm = async (client: Awaited<ReturnType<typeof register>>) => {
    const kids = Array.from({ length: 20 }, (_, index) => ({ kid: `unknown-${index}` }))
    const one: unknown[] = []
    for (const header of kids) one.push(await prove(client, header))
    return [...one, ...(await Promise.all(kids.map((header) => prove(client, header))))]
  }

  it('costs the application one fetch, and its own key goes on working', async () => {
    publish(jwk('key-1'))
    const client = await register('stormy')
    for (const error of await storm(client)) assert.equal(error, 'invalid_client')
    assert.equal(keys.asked(), 1)
    assert.equal(await prove(client), 'invalid_grant', 'it is known, and the code is not')
    assert.equal(keys.asked(), 1)
  })

  for (const [what, answer] of Object.entries({
    'is down': (response: ServerResponse) => response.socket?.destroy(),
    'has no keys there': (response: ServerResponse) => response.writeHead(404).end(),
    'answers what cannot be read': (response: ServerResponse) => response.end('<html>'),
    'answers something else': (response: ServerResponse) => response.end('{"keys":7}'),
  }))
    it(`costs an application that ${what} one fetch in half a minute`, async () => {
      keys.answers(answer)
      const client = await register(`stormy-${path}`)
      for (const error of await storm(client)) assert.match(String(error), /^invalid_client/)
      assert.equal(keys.asked(), 1)
      advance(31)
      await storm(client)
      assert.ok(keys.asked() <= 2, `${keys.asked()}`)
    })

  it('does not keep an application from changing its key', async () => {
    publish(jwk('key-1'))
    const client = await register('changing')
    assert.equal(await prove(client), 'invalid_grant')
    publish(jwk('key-1'), jwk('key-2'))
    advance(61)
    assert.equal(await prove(client, { kid: 'key-2' }), 'invalid_grant')
    assert.equal(keys.asked(), 1)
  })
})
