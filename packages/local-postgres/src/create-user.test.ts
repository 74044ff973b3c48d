import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { type LocalPostgres, startPostgres } from './index.ts'

describe('a user of the embedded database', () => {
  const started: { folder: string; database: LocalPostgres }[] = []
  const start = async (name: string) => {
    const folder = await mkdtemp(join(tmpdir(), name))
    const database = await startPostgres({ dataDir: folder, durable: false })
    started.push({ folder, database })
    return database
  }
  after(async () => {
    for (const { folder, database } of started) {
      await database.stop()
      await rm(folder, { recursive: true, force: true })
    }
  })

  const ask = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    return client.query(sql).finally(() => client.end())
  }

  // On a socket, and on loopback, where the path of a socket would be too long and a password is asked for.
  for (const [where, name] of [
    ['a socket', 'fobwatch-user-'],
    ['loopback', `fobwatch-user-${'x'.repeat(100)}-`],
  ] as const)
    describe(`on ${where}`, () => {
      let database: LocalPostgres
      before(async () => {
        database = await start(name)
        await database.createUser('service', 'runtime')
      })

      it('logs in as a member of its role, and as nothing more', async () => {
        const { rows } = await ask(
          database.url('postgres', 'service'),
          `select session_user as "user", pg_has_role('runtime', 'SET') as member, rolsuper, rolcreaterole, rolcreatedb
           from pg_roles where rolname = session_user`,
        )
        assert.deepEqual(rows, [
          { user: 'service', member: true, rolsuper: false, rolcreaterole: false, rolcreatedb: false },
        ])
        await assert.rejects(ask(database.url('postgres', 'service'), 'set role fobwatch'), /permission denied/)
      })

      it('is made once', async () => {
        await database.createUser('service', 'runtime')
        await ask(database.url('postgres', 'service'), 'select 1')
      })
    })
})
