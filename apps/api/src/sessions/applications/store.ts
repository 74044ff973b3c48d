import { type Store, statement, type Transaction } from '@fobwatch/store'
import { isUsable } from '#authenticators'
import { type LimitParams, type Limits, type LiveSession, limitParams, live, noting } from '../store.ts'

/** A live session as one application knows it. */
export interface Grant extends LiveSession {
  grantId: string
  clientId: string
  /** The APIs that the application may call, and the scopes of each, divided by spaces. */
  resources: Record<string, string>
}

const findByGrant = statement<[string, ...LimitParams], Grant>(
  'sessions:find-by-grant',
  `with live as (${live} and s.id = (select session_id from session_application where id = $1 and revoked_at is null)),
   ${noting} select live.*, sa.client_id as "clientId", sa.id as "grantId", coalesce((
       select jsonb_object_agg(a.resource, array_to_string(a.scopes, ' '))
       from client_api ca join api a using (resource) where ca.client_id = sa.client_id), '{}') as resources
   from live join session_application sa on sa.id = $1
   join authenticator own on own.id = sa.authenticator_id and ${isUsable('own', '$2')}`,
)

// One row per session and application. A row that was revoked, or whose tokens came from another authenticator, comes
// back under a new id: old tokens stay dead, or die with what they came from, though the session lives on.
const joinApplication = statement<[string, string, string, Date], { grantId: string }>(
  'sessions:join-application',
  `insert into session_application (id, session_id, client_id, authenticator_id, created_at, last_used_at)
   select $1::uuid, id, $3::text, authenticator_id, $4::timestamptz, $4 from session where id = $2
   on conflict (session_id, client_id) do update set last_used_at = excluded.last_used_at, revoked_at = null,
     authenticator_id = excluded.authenticator_id,
     id = case when session_application.revoked_at is null
       and session_application.authenticator_id = excluded.authenticator_id
       then session_application.id else excluded.id end
   returning id as "grantId"`,
)

const revokeGrant = statement<[string, Date], { sessionId: string; personId: string; clientId: string }>(
  'sessions:revoke-grant',
  `update session_application a set revoked_at = $2 from session s
   where a.id = $1 and a.revoked_at is null and s.id = a.session_id
   returning s.id as "sessionId", s.person_id as "personId", a.client_id as "clientId"`,
)

/** The room's other table: `session_application`. */
export const applicationStore = (store: Store) => ({
  findByGrant: (grantId: string, limits: Limits) => store.row(findByGrant, [grantId, ...limitParams(limits)]),
  joinApplication: async (id: string, sessionId: string, clientId: string, at: Date) =>
    (await store.row(joinApplication, [id, sessionId, clientId, at]))?.grantId,
  /** Nothing when it had been revoked before. */
  revokeGrant: (tx: Transaction, grantId: string, at: Date) => store.row(revokeGrant, [grantId, at], tx),
})

export type ApplicationStore = ReturnType<typeof applicationStore>
