import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readMigrations } from '@fobwatch/store'
import { administer, exists } from './administer.ts'
import { createTestDatabase } from './create-test-database.ts'
import { withDatabase } from './server.ts'

describe('a test database', () => {
  it('has every migration and no rows, and is nobody else’s', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()])
    assert.notEqual(one.url, other.url)
    await administer(one.url, async (client) => {
      const { rows } = await client.query<{ name: string }>('select migration_name as name from _prisma_migrations')
      const applied = rows.map(({ name }) => name)
      assert.deepEqual(
        applied.toSorted(),
        (await readMigrations()).map(({ name }) => name),
      )
      await client.query("insert into organisation (id, code, name) values (gen_random_uuid(), 'A', 'A')")
    })
    await administer(other.url, async (client) => {
      assert.equal((await client.query('select from organisation')).rowCount, 0)
    })
    await Promise.all([one.drop(), other.drop()])
  })

  it('can be a copy of another, with its rows', async () => {
    const original = await createTestDatabase()
    await original.run("insert into organisation (id, code, name) values (gen_random_uuid(), 'A', 'A')")
    const copy = await createTestDatabase(original)
    await copy.run("insert into organisation (id, code, name) values (gen_random_uuid(), 'B', 'B')")
    const codesIn = (url: string) =>
      administer(url, async (client) => (await client.query('select code from organisation order by code')).rows)
    assert.deepEqual(await codesIn(copy.url), [{ code: 'A' }, { code: 'B' }])
    assert.deepEqual(await codesIn(original.url), [{ code: 'A' }])
    await Promise.all([original.drop(), copy.drop()])
  })

  it('is dropped under those who still use it, and only once', async () => {
    const [database, kept] = await Promise.all([createTestDatabase(), createTestDatabase()])
    const name = new URL(database.url).pathname.slice(1)
    await administer(database.url, async (client) => {
      await Promise.all([database.drop(), database.drop()])
      await assert.rejects(client.query('select 1'))
    })
    await administer(kept.url, async (client) => assert.equal(await exists(client, name), false))
    await kept.drop()
  })

  it('lives on the server that it is told of', () => {
    assert.equal(withDatabase('postgresql://a:b@db:5433/x?ssl=1', 'y'), 'postgresql://a:b@db:5433/y?ssl=1')
    assert.equal(withDatabase('postgresql://postgres@127.0.0.1:5432', 'y'), 'postgresql://postgres@127.0.0.1:5432/y')
  })
})
