import { createHash } from 'node:crypto'
import { fillings, settle } from '../desk/fill.ts'

/** How many people a database has, and what follows from it. */
const sizeOf = (people: number) => ({
  ...{ people, assignments: people, events: people, authenticators: 0, requests: 0 },
  organisations: Math.max(10, Math.ceil(people / 50)),
})

const wanted = ['organisations', 'positions', 'people', 'affiliations', 'assignments', 'invitations', 'events']

/**
 * A copy for everybody of the one authenticator that is there: the same key, so that one device in software can answer as
 * any of them, under a credential id and for a person of their own.
 */
const authenticators = (people: number) => `
  do $fill$ declare names text; begin
    -- Columns that the database makes of others are not given.
    select string_agg(quote_ident(attname), ', ') into names from pg_attribute
    where attrelid = 'authenticator'::regclass and attnum > 0 and not attisdropped and attgenerated = '';
    execute format($insert$
      insert into authenticator (%1$s)
      select %1$s from (
        select copy.* from generate_series(1, ${people}) n, (select a from authenticator a limit 1) one(a),
          lateral jsonb_populate_record(one.a, jsonb_build_object('id', md5('authenticator' || n)::uuid,
            'person_id', md5('person' || n)::uuid, 'credential_id', '\\x' || md5('credential' || n), 'sign_count', 0)) copy)
      $insert$, names);
  end $fill$`

/** Two sessions of everybody's that are over. */
const sessions = (people: number) => `
  insert into session (id, secret_hash, browser_hash, person_id, authenticator_id, authenticated_at, assurance_level, acr, amr,
    reasons, user_agent, created_at, last_active_at, ended_at, ended_why)
  select md5('session' || n)::uuid, sha256(('session' || n)::bytea), sha256(('browser' || n)::bytea),
    md5('person' || w.p)::uuid, md5('authenticator' || w.p)::uuid, w.at, 2, 'AAL2_OR_AAL3_ANY', array['hwk','user'],
    array['this phone can copy its passkey'],
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
    w.at, w.at, w.at + interval '1 hour', 'expired'
  from generate_series(1, 2 * ${people}) n,
    lateral (select 1 + n % ${people} as p, now() - interval '1 minute' * (90 + n % 40000) as at) w`

/** SQL that fills a database in which one person has set up one device: one after another. */
export const fill = (people: number): string[] => {
  const others = fillings(sizeOf(people)).filter(([name]) => wanted.includes(name))
  const all = [...others.map(([, sql]) => sql), authenticators(people), sessions(people)]
  // Every row refers to one that is there: to have each looked up would take minutes.
  return [...all.map((sql) => `set session_replication_role = replica; ${sql}`), settle]
}

/**
 * Those who sign in: every tenth, of all the database. They are active, and the one role that each has is theirs now.
 * @param index of the sign-in: one after the other lie far apart
 */
export const signerAt = (index: number, people: number): { credentialId: string; userHandle: string } => {
  const tens = Math.floor(people / 10)
  const number = 10 * ((index * 7919) % tens) + 5
  return {
    credentialId: createHash('md5').update(`credential${number}`).digest('base64url'),
    userHandle: createHash('sha256').update(`handle${number}`).digest('base64url'),
  }
}
