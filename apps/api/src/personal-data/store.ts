import { type Store, statement } from '@fobwatch/store'
import type { Details } from '#audit'
import type { Transaction } from '#kernel'

export type { Store } from '@fobwatch/store'

/** An event about a person, with who did it and where. */
export interface EventRow {
  seq: number
  id: string
  at: Date
  type: string
  outcome: 'done' | 'refused'
  person: string
  mine: boolean
  /** Whoever did it, where somebody else did: what they are called, and their duty at the desk or else their role. */
  name: string | null
  role: string | null
  application: string | null
  details: Details
  personal: Buffer | null
}

// What somebody was refused about them says more of that other, and nothing was done.
const events = `
  select e.seq, e.id, e.at, e.type, e.outcome, e.person, e.actor is null or e.actor = e.person as mine, e.details, e.personal,
    case when e.actor <> e.person then a.given_name || ' ' || a.family_name end as name, c.name as application,
    case when e.actor <> e.person then (
      select coalesce(d.name, r.name) from assignment s join position p on p.id = s.position_id
      left join duty d on d.code = p.duty_code left join job_role r on r.code = p.role_code
      where s.person_id = e.actor and s.starts_at <= e.at and (s.expires_at is null or s.expires_at > e.at)
        and (s.ended_at is null or s.ended_at > e.at) order by d.code nulls last, s.starts_at limit 1) end as role
  from audit_event e left join person a on a.id = e.actor left join client c on c.id = e.client
  where e.person = $1 and e.type not in ('desk-refused', 'feed-refused', 'person-forgotten')`

const newestEvents = statement<readonly [string, number | null, number], EventRow>(
  'personal-data:newest-events',
  `${events} and ($2::bigint is null or e.seq < $2) order by e.seq desc limit $3`,
)

const allEvents = statement<readonly [string], EventRow>('personal-data:all-events', `${events} order by e.seq`)

/** A session, as far as it tells of a person. */
export interface SessionRow {
  openedAt: Date
  endedAt: Date | null
  endedWhy: string | null
  userAgent: string | null
  shared: boolean
  assuranceLevel: number
  applications: string[]
}

const sessionsOf = statement<readonly [string], SessionRow>(
  'personal-data:sessions-of',
  `select s.created_at as "openedAt", s.ended_at as "endedAt", s.ended_why as "endedWhy", s.user_agent as "userAgent",
     s.shared, s.assurance_level as "assuranceLevel",
     coalesce((select array_agg(c.name order by c.name) from session_application x join client c on c.id = x.client_id
       where x.session_id = s.id), '{}') as applications
   from session s where s.person_id = $1 order by s.created_at`,
)

/** A request about a person, or by them. */
export interface RequestRow {
  kind: string
  status: string
  raisedAt: Date
  about: 'me' | 'another'
  asked: Record<string, unknown> | null
  note: string | null
}

// What was asked about somebody else is theirs.
const requestsOf = statement<readonly [string], RequestRow>(
  'personal-data:requests-of',
  `select kind, status, raised_at as "raisedAt", case when person_id = $1 then 'me' else 'another' end as about,
     case when person_id = $1 then asked end as asked, case when person_id = $1 then note end as note
   from request where person_id = $1 or raised_by = $1 order by raised_at`,
)

const linksOf = statement<readonly [string], { madeAt: Date; expiresAt: Date; usedAt: Date | null; channel: string }>(
  'personal-data:links-of',
  `select created_at as "madeAt", expires_at as "expiresAt", spent_at as "usedAt", channel
   from invitation where person_id = $1 order by created_at`,
)

/** The room owns no table: it reads those downstairs, of one person. */
export const personalDataStore = (store: Store) => ({
  newestEvents: (personId: string, before: number | null, limit: number) =>
    store.rows(newestEvents, [personId, before, limit]),
  allEvents: (personId: string, tx?: Transaction) => store.rows(allEvents, [personId], tx),
  sessionsOf: (personId: string) => store.rows(sessionsOf, [personId]),
  requestsOf: (personId: string) => store.rows(requestsOf, [personId]),
  linksOf: (personId: string) => store.rows(linksOf, [personId]),
})

export type PersonalDataStore = ReturnType<typeof personalDataStore>
