import { after, before, describe, it } from 'node:test'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { findingGrant } from './applications/store.ts'
import { liveWhere } from './store.ts'

describe('where sessions were counted when nobody was logged in', () => {
  let database: TestDatabase
  before(async () => {
    database = await createTestDatabase()
    await database.run(`
      set session_replication_role = replica;
      insert into session (id, secret_hash, person_id, authenticator_id, authenticated_at, assurance_level, amr, reasons,
        browser_hash, acr, shared, created_at, last_active_at, ended_at, ended_why)
      select gen_random_uuid(), sha256(i::text::bytea), gen_random_uuid(), gen_random_uuid(), now(), 2, '{}', '{}',
        sha256(('b' || i)::bytea), 'AAL2_ANY', false, now(), now(), now(), 'signed-out' from generate_series(1, 20000) i;
      set session_replication_role = origin;
      analyze session`)
  })
  after(() => database.drop())

  for (const [title, sql] of [
    ['a session by its secret', liveWhere('secret_hash = $1')],
    ['the sessions of a browser', liveWhere('browser_hash = $1 or secret_hash = $5')],
    ['the session of a grant', `with ${findingGrant('$1')} select * from found`],
  ] as const)
    it(`PostgreSQL looks up ${title}, and does not go through all that are open`, () =>
      database.run(`
        do $do$ declare line text; looked boolean := false;
        begin
          for line in execute $plan$explain (generic_plan) ${sql}$plan$ loop
            if line like '%session_ended_at%' then raise exception '%', line; end if;
            looked := looked or line ~ 'session_(pkey|secret_hash_key|browser_hash_idx)';
          end loop;
          if not looked then raise exception 'No index of a session is looked into'; end if;
        end $do$`))
})
