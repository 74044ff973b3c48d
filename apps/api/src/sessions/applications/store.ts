import { type Store, statement, type Transaction } from '@fobwatch/store'
import { isUsable } from '#authenticators'
import { isEnabled, isSandbox } from '#clients'
import {
  holds,
  isLive,
  type Limits,
  type LiveSession,
  type LookParams,
  liveColumns,
  liveJoins,
  lookParams,
} from '../store.ts'

/** What an application may be told of a person. */
export interface Told {
  title: string | null
  givenName: string
  middleNames: string | null
  familyName: string
  email: string | null
  /** How well their identity was proved, 1 to 3. */
  identityLevel: number
}

/** A live session as one application knows it. */
export interface Grant extends LiveSession, Told {
  grantId: string
  clientId: string
  /** How sure its tokens say that we are, and why: as when it was given its code, though the session was renewed since. */
  toldLevel: number
  toldReasons: string[]
  /** The role that its tokens tell of, as then: when that is over, so is the grant. */
  toldAssignmentId: string | null
  lastUsedAt: Date
}

/** A session as it was when it was found: what an application is given is drawn from that, and not from what came since. */
export type Joined = Pick<
  LiveSession,
  'sessionId' | 'authenticatorId' | 'authenticatedAt' | 'assuranceLevel' | 'reasons' | 'assignmentId' | 'lastActiveAt'
>

/**
 * Whether an application's own limits let it go on, in SQL: how long it may be idle itself, and how long ago the assertion
 * may be that it was given its code by. Most have none.
 */
const isWithinOwn = (row: string, client: string, now: string): string => `(
  coalesce(${row}.last_used_at > ${now} - (${client}.metadata->>'session_idle_minutes')::int * interval '1 minute', true)
    and coalesce(${row}.authenticated_at > ${now} - (${client}.metadata->>'session_max_minutes')::int * interval '1 minute', true))`

/**
 * Whether a row that another names is as it must be, in SQL. A subquery of one value, because PostgreSQL may turn `exists`
 * beside an `or` into a look through the whole table.
 */
const isThere = (from: string): string => `(select true from ${from}) is true`

/**
 * Finds a grant and its session, if both are alive, in SQL: as `found`. `$2` to `$4` are limits of time, and `$1` is left.
 * @param grantId its id
 */
export const findingGrant = (grantId: string): string => `
   found as (select ${liveColumns}, sa.client_id as "clientId", sa.id as "grantId", sa.told_level as "toldLevel",
       sa.told_reasons as "toldReasons", sa.told_assignment_id as "toldAssignmentId", sa.last_used_at as "lastUsedAt", p.title,
       p.given_name as "givenName", p.middle_names as "middleNames", p.family_name as "familyName", p.email,
       p.identity_level as "identityLevel"
     from session_application sa
     join client c on c.id = sa.client_id and ${isEnabled('c')}
     join session s on s.id = sa.session_id
     ${liveJoins}
     where sa.id = ${grantId} and sa.revoked_at is null and ${isLive} and ${isWithinOwn('sa', 'c', '$2')}
       and (not p.sandbox_only or ${isSandbox('c')})
       and (sa.authenticator_id = s.authenticator_id
         or ${isThere(`authenticator own where own.id = sa.authenticator_id and ${isUsable('own', '$2')}`)})
       and (sa.told_assignment_id is null
         or ${isThere(`assignment told where told.id = sa.told_assignment_id and ${holds('told', '$2')}`)}))`

const findByGrant = statement<[string, ...LookParams], Grant>(
  'sessions:find-by-grant',
  `with ${findingGrant('$1')} select * from found`,
)

const noteActive = statement<[string, Date, Date]>(
  'sessions:note-active',
  'update session set last_active_at = $2 where id = $1 and last_active_at < $3 and ended_at is null',
)

const noteUsed = statement<[string, Date, Date]>(
  'sessions:note-used',
  'update session_application set last_used_at = $2 where id = $1 and last_used_at < $3 and revoked_at is null',
)

const findGrantOf = statement<[string, string], { grantId: string; grantedAt: Date }>(
  'sessions:find-grant-of',
  `select id as "grantId", created_at as "grantedAt" from session_application
   where session_id = $1 and client_id = $2 and revoked_at is null`,
)

/** Whether an application that comes again is given the grant that it has, in SQL. */
const isSameGrant = `session_application.revoked_at is null
       and session_application.authenticator_id = excluded.authenticator_id
       and session_application.told_level = excluded.told_level
       and session_application.told_assignment_id is not distinct from excluded.told_assignment_id
       and (select ${isWithinOwn('session_application', 'client', '$4')} from client where id = session_application.client_id)`

export type JoinParams = [
  ...[id: string, session: string, client: string, now: Date, authenticator: string, level: number, reasons: string[]],
  ...[authenticatedAt: Date, assignment: string | null],
]

/**
 * Notes, in SQL, that an application takes part in a session, as that was found: as `joined`, which has the id of its grant.
 * `$1` to `$9` are `JoinParams`. One row per session and application. A row that was revoked or has passed its application's own
 * limits, or whose tokens came from another authenticator or tell of another level or role, comes back under a new id: old
 * tokens stay dead, or die with what they came from, though the session lives on.
 */
export const joiningApplication = `
   joined as (insert into session_application
     (id, session_id, client_id, created_at, last_used_at, authenticator_id, told_level, told_reasons, authenticated_at,
       told_assignment_id)
   values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9)
   on conflict (session_id, client_id) do update set last_used_at = excluded.last_used_at, revoked_at = null,
     authenticator_id = excluded.authenticator_id, told_level = excluded.told_level, told_reasons = excluded.told_reasons,
     authenticated_at = excluded.authenticated_at, told_assignment_id = excluded.told_assignment_id,
     created_at = case when ${isSameGrant} then session_application.created_at else excluded.created_at end,
     id = case when ${isSameGrant} then session_application.id else excluded.id end
   returning id as "grantId")`

const hasJoined = statement<[string, string], { id: string }>(
  'sessions:has-joined',
  'select id from session_application where session_id = $1 and client_id = $2 and revoked_at is null',
)

const revokeGrant = statement<[string, Date], { sessionId: string; personId: string; clientId: string }>(
  'sessions:revoke-grant',
  `update session_application a set revoked_at = $2 from session s
   where a.id = $1 and a.revoked_at is null and s.id = a.session_id
   returning s.id as "sessionId", s.person_id as "personId", a.client_id as "clientId"`,
)

// Of sessions that have not ended: the others are over, and may be many.
const revokeGrantsOf = statement<[string, Date]>(
  'sessions:revoke-grants-of',
  `update session_application a set revoked_at = $2 from session s
   where a.client_id = $1 and a.revoked_at is null and s.id = a.session_id and s.ended_at is null`,
)

/** The room's other table: `session_application`. */
export const applicationStore = (store: Store) => ({
  findByGrant: (grantId: string, limits: Limits) => store.row(findByGrant, [grantId, ...lookParams(limits)]),
  /** Notes that a session's person is at work, unless that was noted since. */
  noteActive: (sessionId: string, { now, notedBefore }: Limits) => store.run(noteActive, [sessionId, now, notedBefore]),
  /** Notes that an application was used, unless that was noted since. */
  noteUsed: (grantId: string, { now, notedBefore }: Limits) => store.run(noteUsed, [grantId, now, notedBefore]),
  findGrantOf: (sessionId: string, clientId: string) => store.row(findGrantOf, [sessionId, clientId]),
  /** Whether an application takes part in a session. */
  hasJoined: async (sessionId: string, clientId: string) =>
    (await store.row(hasJoined, [sessionId, clientId])) !== undefined,
  /** Nothing when it had been revoked before. */
  revokeGrant: (tx: Transaction, grantId: string, at: Date) => store.row(revokeGrant, [grantId, at], tx),
  revokeGrantsOf: (tx: Transaction, clientId: string, at: Date) => store.run(revokeGrantsOf, [clientId, at], tx),
})

export type ApplicationStore = ReturnType<typeof applicationStore>
