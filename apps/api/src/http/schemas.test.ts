import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import Fastify from 'fastify'
import { issuer, startService, type TestService } from '../service.testing.ts'
import { registerRoutes } from './register-routes.ts'
import { compileSchemas } from './schemas.ts'

describe('the schemas of all routes', () => {
  let service: TestService
  before(async () => {
    service = await startService()
  })
  after(() => service.close())

  it('can be compiled, though most are with the first request alone', async () => {
    const app = Fastify()
    compileSchemas(app, () => true)
    const { cookies, guard, limits, tables } = service.rooms
    const deps = { issuer, cookies, guard, bounds: limits.floods, knownBrowsers: limits.knownBrowsers }
    for (const [tag, routes] of Object.entries(tables))
      registerRoutes(app, { ...deps, around: (_name, work) => work() }, tag, routes)
    await app.ready()
  })

  it('say what is wrong with each request anew, the first and the next', async () => {
    const at = (body: object) =>
      service.app.inject({
        ...{ method: 'POST', url: '/api/enrolment/invitation', payload: body },
        headers: { origin: issuer },
      })
    for (const body of [{}, { code: 1 }, { code: 'x', more: true }, {}]) assert.equal((await at(body)).statusCode, 400)
    assert.notEqual((await at({ code: 'x' })).statusCode, 400)
  })

  it('let nothing out that they do not name, for two answers by the same schema', async () => {
    const app = Fastify()
    compileSchemas(app, () => false)
    const response = { type: 'object', properties: { shown: { type: 'string' } } }
    for (const url of ['/one', '/two'])
      app.get(url, { schema: { response: { 200: response } } }, async () => ({ shown: url, kept: 'secret' }))
    for (const url of ['/one', '/two', '/one']) assert.equal((await app.inject(url)).body, `{"shown":"${url}"}`)
  })
})
