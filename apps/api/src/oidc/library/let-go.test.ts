import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Provider } from 'oidc-provider'
import { letGoOfRequests } from './let-go.ts'

describe('a request of the library', () => {
  const server = createServer()
  const answered: object[] = []
  let origin = ''
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const provider = new Provider(origin)
    letGoOfRequests(provider)
    provider.use(async (context, next) => {
      await next()
      const { oidc, request, response } = context as typeof context & { oidc: object }
      answered.push(oidc, request, response, context)
    })
    server.on('request', provider.callback())
  })
  after(() => server.close())

  /** What is still on an object, but for what it cannot let go of. */
  const left = (used: object): unknown[] =>
    Reflect.ownKeys(used).flatMap((key) => {
      const { value } = Reflect.getOwnPropertyDescriptor(used, key) ?? {}
      return value === undefined ? [] : [key]
    })

  for (const [title, path] of [
    ['that is answered', '/.well-known/openid-configuration'],
    ['that ends in an error', '/auth?client_id=nobody'],
  ] as const)
    it(`${title} lets go of all that hung on it`, async () => {
      answered.length = 0
      const closed = new Promise((resolve) => server.once('request', (_, answer) => answer.once('close', resolve)))
      const answer = await fetch(origin + path)
      assert.notEqual(await answer.text(), '')
      await closed
      await nextTurn()
      await nextTurn()
      assert.equal(answered.length, 4)
      assert.deepEqual(answered.flatMap(left), [])
    })
})
