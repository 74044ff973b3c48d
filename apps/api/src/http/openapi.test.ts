import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startService, type TestService } from '../service.testing.ts'
import { version } from '../version.ts'

type Schema = Record<string, unknown>
interface Operation {
  summary?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>
}
interface Document {
  openapi: string
  info: Record<string, unknown>
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

/** The keywords of JSON Schema 2020-12, which OpenAPI 3.1 takes, as far as we use them; `nullable` is not among them. */
const keywords = new Set([
  ...['type', 'title', 'description', 'enum', 'const', 'default', 'format', 'anyOf', 'allOf', 'oneOf', 'not', '$ref'],
  ...['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties', 'maxProperties'],
  ...['items', 'minItems', 'maxItems', 'uniqueItems', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum'],
])
const types = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'])

describe('the document of the API', () => {
  let service: TestService
  let document: Document
  let operations: { name: string; path: string; operation: Operation }[]
  before(async () => {
    service = await startService()
    const answer = await service.app.inject('/docs/json')
    assert.equal(answer.statusCode, 200)
    document = answer.json()
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        path,
        operation,
      })),
    )
  })
  after(() => service.close())

  const check = (schema: Schema, where: string): void => {
    assert.equal(typeof schema, 'object', where)
    for (const keyword of Object.keys(schema)) assert.ok(keywords.has(keyword), `${where}: ${keyword}`)
    for (const type of [schema['type'] ?? []].flat()) assert.ok(types.has(String(type)), `${where}: ${type}`)
    const ref = schema['$ref']
    if (ref !== undefined) {
      assert.match(String(ref), /^#\/components\/schemas\//, where)
      assert.ok(document.components?.schemas?.[String(ref).split('/').at(-1) ?? ''], `${where}: ${ref}`)
    }
    if (typeof schema['pattern'] === 'string') new RegExp(schema['pattern'], 'u')
    for (const [name, inner] of Object.entries({
      ...(schema['properties'] as object),
      ...(schema['patternProperties'] as object),
    }))
      check(inner as Schema, `${where}.${name}`)
    for (const name of (schema['required'] as string[] | undefined) ?? [])
      assert.ok(name in (schema['properties'] as object), `${where}: ${name} is required and unknown`)
    for (const inner of [schema['anyOf'], schema['allOf'], schema['oneOf']].flat())
      if (inner) check(inner as Schema, where)
    if (schema['items']) check(schema['items'] as Schema, `${where}[]`)
  }

  it('is OpenAPI 3.1, of this version, at this address', () => {
    assert.match(document.openapi, /^3\.1\.\d$/)
    assert.equal(document.info['version'], version)
    assert.equal(document.info['title'], 'Fobwatch')
    assert.deepEqual(document.servers, [{ url: 'http://localhost:3000' }])
  })

  it('lists every route of every room, and nothing besides', () => {
    const routes = Object.values(service.rooms.tables).flat()
    const listed = routes.map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`)
    assert.deepEqual(operations.map(({ name }) => name).sort(), listed.sort())
    assert.ok(listed.length >= 18)
  })

  it('says of each in a sentence what it does, under the heading of its room', () => {
    for (const { name, operation } of operations) {
      assert.match(operation.summary ?? '', /^[A-Z].*[.!]$/, name)
      assert.equal(operation.tags?.length, 1, name)
      assert.ok(Object.keys(service.rooms.tables).includes(operation.tags?.[0] ?? ''), name)
    }
  })

  it('describes what each is given and gives, in schemas that hold together', () => {
    for (const { name, path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      assert.deepEqual(
        declared.map((parameter) => parameter.name),
        inPath,
        name,
      )
      for (const parameter of operation.parameters ?? []) {
        check(parameter.schema, `${name} ${parameter.name}`)
        if (parameter.in === 'path') assert.equal(parameter.required, true, name)
      }
      for (const { schema } of Object.values(operation.requestBody?.content ?? {})) check(schema, `${name} body`)
      assert.ok(
        ['200', '201', '204'].some((status) => operation.responses[status]),
        name,
      )
      for (const status of ['4XX', '5XX']) assert.ok(operation.responses[status], `${name} ${status}`)
      for (const [status, { description, content }] of Object.entries(operation.responses)) {
        assert.ok(description, `${name} ${status}`)
        for (const { schema } of Object.values(content ?? {})) check(schema, `${name} ${status}`)
      }
    }
  })

  it('closes every body: what is not named is refused, but for SCIM, whose bodies may say more (RFC 7644 §3.3)', () => {
    for (const { name, operation } of operations.filter(({ path }) => !path.startsWith('/scim/')))
      for (const { schema } of Object.values(operation.requestBody?.content ?? {}))
        assert.equal(schema['additionalProperties'], false, name)
  })

  it('is asked for anew each time, as its page is', async () => {
    for (const url of ['/docs', '/docs/', '/docs/json', '/docs/yaml', '/docs/static/index.html']) {
      const { statusCode, headers } = await service.app.inject(url)
      assert.ok(statusCode < 400, url)
      assert.equal(headers['cache-control'], 'no-cache', url)
    }
  })

  it('line 39: is given to one address as often as other answers, and is written once', async () => {
    const small = await startService({ environment: { LIMIT_ADDRESS_PER_SECOND: '1' } })
    const first = await small.app.inject('/docs/json')
    assert.deepEqual(first.json(), document)
    const statuses: number[] = []
    for (let each = 0; each < 110; each += 1) statuses.push((await small.app.inject('/docs/yaml')).statusCode)
    assert.deepEqual([statuses[0], statuses.at(-1)], [200, 429])
    const elsewhere = await small.app.inject({ url: '/docs/json', remoteAddress: '198.51.100.9' })
    assert.equal(elsewhere.statusCode, 200)
    await small.close()
  })

  it('is not there where API_DOCS is off', async () => {
    const silent = await startService({ environment: { API_DOCS: 'off' } })
    for (const url of ['/docs', '/docs/', '/docs/json', '/docs/yaml', '/docs/static/index.html'])
      assert.equal((await silent.app.inject(url)).statusCode, 404, url)
    assert.equal((await silent.app.inject('/health/live')).statusCode, 200)
    await silent.close()
  })

  it('has a page', async () => {
    const answer = await service.app.inject({ url: '/docs', headers: { accept: 'text/html' } })
    const page = answer.statusCode === 302 ? await service.app.inject(String(answer.headers['location'])) : answer
    assert.equal(page.statusCode, 200)
    assert.match(String(page.headers['content-type']), /^text\/html/)
  })
})
