import { after, before, describe, it } from 'node:test'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { findingGrant } from './applications/store.ts'
import { ofInactive, oldest } from './ending/store.ts'
import { insertingFirst, lockingOpenIn, lookingBySecret, lookingIn } from './store.ts'

describe('where sessions were counted when nobody was logged in', () => {
  let database: TestDatabase
  before(async () => {
    database = await createTestDatabase()
    await database.run(`
      set session_replication_role = replica;
      insert into person (id, staff_id, user_handle, given_name, family_name, identity_level, created_at)
      select gen_random_uuid(), to_char(i, 'FM000000000000'), sha256(i::text::bytea), 'A', 'B', 3, now()
      from generate_series(1, 20000) i;
      insert into authenticator (id, person_id, credential_id, public_key, algorithm, sign_count, aaguid, transports,
        backup_eligible, backup_state, attestation_format, attestation_object, name, kind, assurance_level, reasons,
        attestation_trust, bound_by, bound_level, created_at)
      select gen_random_uuid(), id, user_handle, '', -7, 0, gen_random_uuid(), '{}', false, false, 'none', '', 'A', 'tablet',
        2, '{}', 'none', 'link', 2, now() from person;
      insert into session (id, secret_hash, person_id, authenticator_id, authenticated_at, assurance_level, amr, reasons,
        browser_hash, acr, shared, created_at, last_active_at, ended_at, ended_why)
      select gen_random_uuid(), sha256(id::text::bytea), person_id, id, now(), 2, '{}', '{}', sha256(credential_id),
        'AAL2_ANY', false, now(), now(), now(), 'signed-out' from authenticator;
      set session_replication_role = origin;
      analyze person, authenticator, session`)
  })
  after(() => database.drop())

  /** Fails unless the plan of a question looks into some index of sessions, or where it goes through many. */
  const check = (sql: string, looks: string, never: string) =>
    database.run(`
      do $do$ declare line text; plan text := ''; looked boolean := false;
      begin
        for line in execute $plan$explain (generic_plan) ${sql}$plan$ loop
          if line ~ '${never}' then raise exception '%', line; end if;
          plan := plan || chr(10) || line;
          looked := looked or line ~ '${looks}';
        end loop;
        if not looked then raise exception 'No such index of a session is looked into: %', plan; end if;
      end $do$`)

  for (const [title, sql] of [
    ['a session by its secret', lookingBySecret],
    ['the sessions of a browser', lookingIn],
    ['the open sessions of a browser, to lock them', lockingOpenIn],
    ['whether a browser has an open session', insertingFirst],
    ['the session of a grant', `with ${findingGrant('$1')} select * from found`],
  ] as const)
    it(`PostgreSQL looks up ${title}, and does not go through all that are open`, () =>
      check(sql, 'session_(pkey|secret_hash_key|browser_hash_idx)', 'session_(open|ended)|Seq Scan on session '))

  for (const [title, sql] of [
    ['the oldest', oldest],
    ['those of people who may not log in', ofInactive],
  ] as const)
    it(`PostgreSQL looks for ${title} among those that are open, and not among all that ended`, () =>
      check(sql, 'session_open_since_idx', 'Seq Scan on session '))
})
