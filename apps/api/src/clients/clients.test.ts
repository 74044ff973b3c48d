import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { openStore, type Store } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { createClients, type NewClient } from '#clients'
import { createOutbound } from '#outbound'

const ward: NewClient = {
  id: 'ward',
  name: 'Ward list',
  secret: 'a-secret',
  metadata: { redirect_uris: ['https://ward.example/callback'] },
  apis: [{ resource: 'https://ward.example/api', name: 'Ward API', scopes: ['patients.read'] }],
}

describe('clients', () => {
  let database: TestDatabase
  let store: Store
  let clients: ReturnType<typeof createClients>
  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
    clients = createClients({
      store,
      now: () => new Date(),
      whyNotCalled: createOutbound({ allowed: [] }).whyNotCalled,
      acrValues: ['AAL3_ANY', 'AAL2_ANY'],
      scopes: ['openid'],
      limits: { idleMinutes: 15, maxMinutes: 720 },
      revokeGrantsOf: async () => {},
      ...{ feedApi: 'https://id.example/scim', ownApis: [], findOrganisation: async () => undefined },
    })
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const register = (client: Partial<NewClient> = {}) =>
    store.inTransaction((tx) => clients.registerClient(tx, { ...ward, ...client }))

  it('are found by their id, with a hash where their secret was', async () => {
    await register()
    assert.deepEqual(await clients.findClient('ward'), {
      id: 'ward',
      name: 'Ward list',
      secretHashes: [createHash('sha256').update('a-secret').digest()],
      secretEndsAt: null,
      metadata: ward.metadata,
      resources: ['https://ward.example/api'],
    })
    assert.equal(await clients.findClient('nobody'), undefined)
  })

  it('have no hash without a secret', async () => {
    const { secret: _, ...open } = ward
    await store.inTransaction((tx) => clients.registerClient(tx, { ...open, id: 'public' }))
    assert.deepEqual((await clients.findClient('public'))?.secretHashes, [])
  })

  it('may call the APIs that they are registered for, and no others', async () => {
    await register()
    await register({ id: 'bare', apis: [] })
    const api = { resource: 'https://ward.example/api', name: 'Ward API', scopes: ['patients.read'] }
    assert.deepEqual(await clients.findApi('ward', api.resource), api)
    assert.equal(await clients.findApi('bare', api.resource), undefined)
    assert.equal(await clients.findApi('ward', `${api.resource}/`), undefined)
  })

  it('are replaced whole when they are registered again, APIs included', async () => {
    await register()
    await register({
      name: 'Ward list 2',
      apis: [{ resource: 'https://lab.example/api', name: 'Lab', scopes: ['lab.read'] }],
    })
    assert.equal((await clients.findClient('ward'))?.name, 'Ward list 2')
    assert.equal(await clients.findApi('ward', 'https://ward.example/api'), undefined)
    assert.ok(await clients.findApi('ward', 'https://lab.example/api'))
    assert.deepEqual(await clients.apiScopes(), ['lab.read', 'patients.read'])
  })

  it('stay as they were when their registration fails', async () => {
    await register()
    await assert.rejects(
      store.inTransaction(async (tx) => {
        await clients.registerClient(tx, { ...ward, name: 'Half', apis: [] })
        throw new Error('something else of the deed failed')
      }),
      /something else/,
    )
    assert.equal((await clients.findClient('ward'))?.name, 'Ward list')
    assert.ok(await clients.findApi('ward', 'https://ward.example/api'))
  })
})
