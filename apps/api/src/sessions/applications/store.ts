import { type Store, statement, type Transaction } from '@fobwatch/store'
import { isUsable } from '#authenticators'
import { type LimitParams, type Limits, type LiveSession, limitParams, live, noting } from '../store.ts'

/** A live session as one application knows it. */
export interface Grant extends LiveSession {
  grantId: string
  clientId: string
  /** How sure its tokens say that we are, and why: as when it was given its code, though the session was renewed since. */
  toldLevel: number
  toldReasons: string[]
  /** The APIs that the application may call, and the scopes of each, divided by spaces. */
  resources: Record<string, string>
}

/** A session as it was when it was found: what an application is given is drawn from that, and not from what came since. */
export type Joined = Pick<LiveSession, 'sessionId' | 'authenticatorId' | 'assuranceLevel' | 'reasons'>

const findByGrant = statement<[string, ...LimitParams], Grant>(
  'sessions:find-by-grant',
  `with live as (${live} and s.id = (select session_id from session_application where id = $1 and revoked_at is null)),
   ${noting} select live.*, sa.client_id as "clientId", sa.id as "grantId", sa.told_level as "toldLevel",
     sa.told_reasons as "toldReasons", coalesce((
       select jsonb_object_agg(a.resource, array_to_string(a.scopes, ' '))
       from client_api ca join api a using (resource) where ca.client_id = sa.client_id), '{}') as resources
   from live join session_application sa on sa.id = $1
   join authenticator own on own.id = sa.authenticator_id and ${isUsable('own', '$2')}`,
)

// One row per session and application. A row that was revoked, or whose tokens came from another authenticator or tell of
// another level, comes back under a new id: old tokens stay dead, or die with what they came from, though the session lives
// on.
const joinApplication = statement<[string, string, string, Date, string, number, string[]], { grantId: string }>(
  'sessions:join-application',
  `insert into session_application
     (id, session_id, client_id, created_at, last_used_at, authenticator_id, told_level, told_reasons)
   values ($1, $2, $3, $4, $4, $5, $6, $7)
   on conflict (session_id, client_id) do update set last_used_at = excluded.last_used_at, revoked_at = null,
     authenticator_id = excluded.authenticator_id, told_level = excluded.told_level, told_reasons = excluded.told_reasons,
     id = case when session_application.revoked_at is null
       and session_application.authenticator_id = excluded.authenticator_id
       and session_application.told_level = excluded.told_level
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
  joinApplication: async (id: string, session: Joined, clientId: string, at: Date) => {
    const { sessionId, authenticatorId, assuranceLevel, reasons } = session
    const row = [id, sessionId, clientId, at, authenticatorId, assuranceLevel, reasons] as const
    return (await store.row(joinApplication, [...row]))?.grantId
  },
  /** Nothing when it had been revoked before. */
  revokeGrant: (tx: Transaction, grantId: string, at: Date) => store.row(revokeGrant, [grantId, at], tx),
})

export type ApplicationStore = ReturnType<typeof applicationStore>
