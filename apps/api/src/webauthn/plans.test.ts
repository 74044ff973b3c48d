import { after, before, describe, it } from 'node:test'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { spending } from './store.ts'

const issue = `insert into challenge (hash, ceremony, bound_to, expires_at)
  select sha256(i::text::bytea), 'authentication', '', now() + interval '5 minutes' from generate_series(1, 2000) i`

describe('where challenges were counted when all were spent', () => {
  let database: TestDatabase
  before(async () => {
    database = await createTestDatabase()
    for (const sql of [issue, 'delete from challenge', 'vacuum (analyze, truncate false) challenge', issue])
      await database.run(sql)
  })
  after(() => database.drop())

  it('PostgreSQL finds the one to be spent by its hash, and does not go through all that are open', () =>
    database.run(`
      do $do$ declare line text; plan text := '';
      begin
        for line in execute $plan$explain (generic_plan) ${spending}$plan$ loop plan := plan || chr(10) || line; end loop;
        if plan !~ 'challenge_pkey' then raise exception 'Not by its hash: %', plan; end if;
      end $do$`))
})
