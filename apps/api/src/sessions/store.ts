import { mustTouch, type Step, type Store, statement, step, type Transaction } from '@fobwatch/store'
import { isUsable } from '#authenticators'

export type { Store } from '@fobwatch/store'

/** A session that is alive: its person is active, its authenticator usable, and neither limit of time has passed. */
export interface LiveSession {
  sessionId: string
  personId: string
  staffId: string
  authenticatorId: string
  authenticatedAt: Date
  /** SHA-256 of the id of the log in that the last assertion was made in; null where it was made in none. */
  assertedIn: Buffer | null
  assuranceLevel: number
  acr: string
  amr: string[]
  reasons: string[]
  /** The chosen role, while it lasts. */
  assignmentId: string | null
  createdAt: Date
  /** As it was before the look that found it, to some seconds. */
  lastActiveAt: Date
  /** Whether other people use the device too. */
  shared: boolean
  /** Whether its person is fictional, and anybody's to be. */
  sandboxOnly: boolean
  signOutState: Record<string, unknown> | null
}

/** A session as a guard saw it: what opened it, and how sure that made us. */
export type Seen = Pick<LiveSession, 'sessionId' | 'authenticatorId' | 'assuranceLevel'>

/** The times that decide whether a session is alive: now, and how far back its last activity and its start may lie. */
export interface Limits {
  now: Date
  activeSince: Date
  startedSince: Date
  /** Activity is written down again only when the last note of it is older than this. */
  notedBefore: Date
}

/** Whether a role is held at a time, in SQL: within its dates, and not ended. @param g the alias of `assignment` */
export const holds = (g: string, now: string): string =>
  `(${g}.ended_at is null and ${g}.starts_at <= ${now} and (${g}.expires_at is null or ${g}.expires_at > ${now}))`

/** What is told of a live session, in SQL. */
export const liveColumns = `
    s.id as "sessionId", s.person_id as "personId", p.staff_id as "staffId",
    s.authenticator_id as "authenticatorId", s.authenticated_at as "authenticatedAt", s.asserted_in as "assertedIn",
    s.assurance_level as "assuranceLevel", s.acr, s.amr, s.reasons, g.id as "assignmentId", s.created_at as "createdAt",
    s.sign_out_state as "signOutState", s.last_active_at as "lastActiveAt", s.shared, p.sandbox_only as "sandboxOnly"`

/** What a session must be joined to, to be alive: `$2` holds the time. */
export const liveJoins = `
  join person p on p.id = s.person_id and p.status = 'active'
  join authenticator a on a.id = s.authenticator_id and ${isUsable('a', '$2')}
  left join assignment g on g.id = s.assignment_id and g.person_id = s.person_id and ${holds('g', '$2')}`

/** What holds for a live session itself: `$3` and `$4` are limits of time. */
export const isLive = 's.ended_at is null and s.last_active_at > $3 and s.created_at > $4'

/** Every live session, in SQL: `$2` to `$4` are limits of time, and `$1` is left for which is meant. */
export const live = `select ${liveColumns} from session s ${liveJoins} where ${isLive}`

/**
 * When a session was opened, if it has not ended, in SQL: what there is an index of. There is none of `ended_at is null`, so that
 * whatever asks that of a few sessions never goes through all that are open, however few PostgreSQL takes them for.
 */
export const openSince = '(case when s.ended_at is null then s.created_at end)'

/** Notes, in SQL, that the `live` one was active, once the last note of it is older than `$5`. */
const noting = `
  noted as (update session set last_active_at = $2
    where id = (select "sessionId" from live where "lastActiveAt" < $5) returning id)`

/** What `live` reads: `$2` to `$4`. */
export type LookParams = [now: Date, activeSince: Date, startedSince: Date]

type LimitParams = [now: Date, activeSince: Date, startedSince: Date, notedBefore: Date]

// A deed waits for whatever else is done about its person, and then looks again: first the person, then their
// authenticators, then the session, in the order in which signing in takes them, so that no two wait for each other.
const lockPersonOf = statement<[string], { personId: string }>(
  'sessions:lock-person-of',
  `select id as "personId" from person
   where id = (select person_id from session where id = $1) and status = 'active' for no key update`,
)

const lockAuthenticatorsOf = statement<[string]>(
  'sessions:lock-authenticators-of',
  `select from authenticator where person_id = $1 and status = 'active' order by id for share`,
)

const lockLive = statement<[string, Date, string, number], { id: string }>(
  'sessions:lock-live',
  `select s.id from session s join authenticator a on a.id = s.authenticator_id and ${isUsable('a', '$2')}
   where s.id = $1 and s.authenticator_id = $3 and s.assurance_level = $4 and s.ended_at is null for share of s`,
)

const findBySecret = statement<[Buffer, ...LimitParams], LiveSession>(
  'sessions:find',
  `with live as (${live} and s.secret_hash = $1), ${noting} select * from live`,
)

/** The live session of a secret, in SQL. */
export const lookingBySecret = `${live} and s.secret_hash = $1`

const lookBySecret = statement<[Buffer, ...LookParams], LiveSession>('sessions:look', lookingBySecret)

const lockBrowser = statement<[Buffer]>(
  'sessions:lock-browser',
  `select pg_advisory_xact_lock(hashtextextended('fobwatch:browser:' || encode($1, 'hex'), 0))`,
)

/** Locks, in SQL, all of a browser that have not ended, before those alive among them are looked for. */
export const lockingOpenIn = `
  select id from session where ended_at is null and (browser_hash = $1 or secret_hash = $2) order by id for update`

const lockIn = statement<[Buffer, Buffer | null]>('sessions:lock-in', lockingOpenIn)

/** The live ones of a browser, in SQL. */
export const lookingIn = `${live} and (s.browser_hash = $1 or s.secret_hash = $5)`

const liveIn = statement<[Buffer, Date, Date, Date, Buffer | null], LiveSession>(
  'sessions:live-in',
  `${lookingIn} order by s.secret_hash is not distinct from $5 desc, s.id`,
)

type SessionParams = [
  ...[id: string, secret: Buffer, person: string, authenticator: string, at: Date, level: number, amr: string[]],
  ...[
    reasons: string[],
    assignment: string | null,
    userAgent: string | null,
    browser: Buffer,
    acr: string,
    shared: boolean,
    assertedIn: Buffer,
  ],
]

const inserting = `insert into session (id, secret_hash, person_id, authenticator_id, authenticated_at, assurance_level, amr,
     reasons, assignment_id, user_agent, browser_hash, acr, shared, asserted_in, created_at, last_active_at)
   select $1, $2, $3, $4, $5::timestamptz, $6, $7, $8, $9, $10, $11::bytea, $12, $13, $14, $5, $5`

const insertSession = statement<SessionParams>('sessions:open', inserting)

/** For whoever holds the browser's lock, in SQL: no other session can come into it meanwhile. */
export const insertingFirst = `${inserting} where not exists (select from session where browser_hash = $11 and ended_at is null)`

const insertFirst = statement<SessionParams>('sessions:open-first', mustTouch(insertingFirst))

const renewSession = statement<
  [string, Buffer, string, Date, number, string[], string[], Buffer | null, string, boolean, Buffer | null]
>(
  'sessions:renew',
  `update session set secret_hash = $2, authenticator_id = $3, authenticated_at = $4, last_active_at = $4,
     assurance_level = $5, amr = $6, reasons = $7, browser_hash = coalesce($8, browser_hash), acr = $9, shared = shared or $10,
     asserted_in = $11
   where id = $1 and ended_at is null`,
)

const markShared = statement<[Buffer, Buffer | null]>(
  'sessions:mark-shared',
  `update session set shared = true
   where id in (select id from session
     where ended_at is null and not shared and (browser_hash = $1 or secret_hash = $2) order by id for update)`,
)

const chooseRole = statement<[string, string]>(
  'sessions:choose-role',
  'update session set assignment_id = $2 where id = $1 and ended_at is null',
)

const keepSignOut = statement<[string, string]>(
  'sessions:keep-sign-out',
  'update session set sign_out_state = $2 where id = $1',
)

const lastUseOf = statement<[string], { assignmentId: string; at: Date }>(
  'sessions:last-use',
  `select assignment_id as "assignmentId", max(at) as at from (
     select assignment_id, last_active_at as at from session where person_id = $1 and assignment_id is not null
     union all select assignment_id, last_used_at from role_use where person_id = $1) used
   group by 1`,
)

/** What an assertion says of a session. */
export interface Assertion {
  authenticatorId: string
  at: Date
  assuranceLevel: number
  /** The most specific class that was true. */
  acr: string
  amr: string[]
  reasons: string[]
}

export interface NewSession extends Assertion {
  id: string
  secretHash: Buffer
  /** Of the browser that it is opened in. */
  browserHash: Buffer
  personId: string
  assignmentId: string | null
  userAgent: string | null
  /** Whether other people use the device too. */
  shared: boolean
  /** SHA-256 of the id of the log in that the assertion was made in. */
  assertedIn: Buffer
}

const paramsOf = (s: NewSession): SessionParams => [
  ...([s.id, s.secretHash, s.personId, s.authenticatorId, s.at, s.assuranceLevel, s.amr, s.reasons] as const),
  ...([s.assignmentId, s.userAgent, s.browserHash, s.acr, s.shared, s.assertedIn] as const),
]

/** What `live` reads. */
export const lookParams = ({ now, activeSince, startedSince }: Limits): LookParams => [now, activeSince, startedSince]

/** What `live` and `noting` read: `$2` to `$5`. */
const limitParams = (limits: Limits): LimitParams => [...lookParams(limits), limits.notedBefore]

/** The room's first table: `session`. */
export const sessionStore = (store: Store) => ({
  find: (secretHash: Buffer, limits: Limits) => store.row(findBySecret, [secretHash, ...limitParams(limits)]),
  look: (secretHash: Buffer, limits: Limits) => store.row(lookBySecret, [secretHash, ...lookParams(limits)]),
  /** Whether a session is alive as it was seen, and stays so until the transaction ends. */
  lockLive: async (tx: Transaction, { sessionId, authenticatorId, assuranceLevel }: Seen, at: Date) => {
    const person = await store.row(lockPersonOf, [sessionId], tx)
    if (!person) return false
    await store.rows(lockAuthenticatorsOf, [person.personId], tx)
    return (await store.row(lockLive, [sessionId, at, authenticatorId, assuranceLevel], tx)) !== undefined
  },
  open: (tx: Transaction, s: NewSession) => store.run(insertSession, paramsOf(s), tx),
  /** The first session of a browser, as steps that undo all that they are sent with where it has one that has not ended. */
  openFirst: (s: NewSession): Step[] => [step(lockBrowser, [s.browserHash]), step(insertFirst, paramsOf(s))],
  /** Zero when the session has ended meanwhile. */
  renew: (
    tx: Transaction,
    id: string,
    secretHash: Buffer,
    a: Assertion,
    { browserHash, shared, assertedIn }: { browserHash: Buffer | null; shared: boolean; assertedIn: Buffer | null },
  ) =>
    store.run(
      renewSession,
      [
        id,
        secretHash,
        a.authenticatorId,
        a.at,
        a.assuranceLevel,
        a.amr,
        a.reasons,
        browserHash,
        a.acr,
        shared,
        assertedIn,
      ],
      tx,
    ),
  /** The live sessions of a browser, the one of its cookie first. Until the transaction ends nobody else changes them. */
  lockIn: async (tx: Transaction, browserHash: Buffer, secretHash: Buffer | null, limits: Limits) => {
    await store.rows(lockBrowser, [browserHash], tx)
    await store.rows(lockIn, [browserHash, secretHash], tx)
    const { now, activeSince, startedSince } = limits
    return store.rows(liveIn, [browserHash, now, activeSince, startedSince, secretHash], tx)
  },
  /** Notes that other people use the device of a browser's sessions; for as long as each lasts. */
  markShared: (browserHash: Buffer, secretHash: Buffer | null) => store.run(markShared, [browserHash, secretHash]),
  chooseRole: (tx: Transaction, id: string, assignmentId: string) => store.run(chooseRole, [id, assignmentId], tx),
  keepSignOut: (id: string, state: object) => store.run(keepSignOut, [id, JSON.stringify(state)]),
  /** When a person last worked in each role, by assignment; however long ago. */
  lastUseOf: async (personId: string): Promise<ReadonlyMap<string, Date>> =>
    new Map((await store.rows(lastUseOf, [personId])).map(({ assignmentId, at }) => [assignmentId, at])),
})

export type SessionStore = ReturnType<typeof sessionStore>
