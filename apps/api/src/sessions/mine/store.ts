import { type Store, statement } from '@fobwatch/store'
import { isUsable } from '#authenticators'
import type { EndedWhy } from '#kernel'
import type { Limits } from '../store.ts'

/** A session that has not ended, as its person is told of it. */
export interface OpenSession {
  sessionId: string
  userAgent: string | null
  createdAt: Date
  lastActiveAt: Date
  assignmentId: string | null
  shared: boolean
  /** What they logged in with. */
  way: string
  /** Whether it opens anything still. */
  alive: boolean
  applications: { name: string; lastUsedAt: string }[]
}

// One that was idle for too long is over for us, but not for its applications, which count for themselves and were not
// told: it is still worth ending.
const openOf = statement<[string, Date, Date, Date], OpenSession>(
  'sessions:open-of',
  `select s.id as "sessionId", s.user_agent as "userAgent", s.created_at as "createdAt",
     s.last_active_at as "lastActiveAt", s.assignment_id as "assignmentId", s.shared, a.name as way,
     s.last_active_at > $3 and p.status = 'active' and ${isUsable('a', '$2')} as alive,
     coalesce(jsonb_agg(jsonb_build_object('name', c.name, 'lastUsedAt', sa.last_used_at)
       order by sa.last_used_at desc) filter (where c.id is not null), '[]') as applications
   from session s join person p on p.id = s.person_id join authenticator a on a.id = s.authenticator_id
   left join session_application sa on sa.session_id = s.id and sa.revoked_at is null
   left join client c on c.id = sa.client_id
   where s.person_id = $1 and s.ended_at is null and s.created_at > $4
   group by s.id, p.id, a.id
   order by s.last_active_at desc, s.id`,
)

/** How a session stands or ended, alive or not. */
export interface Standing {
  createdAt: Date
  lastActiveAt: Date
  endedAt: Date | null
  endedWhy: EndedWhy | null
  /** Whether its person may log in, and what they logged in with still works. */
  isActive: boolean
  isUsable: boolean
  shared: boolean
}

const standingOf = statement<[Buffer, Date], Standing>(
  'sessions:standing-of',
  `select s.created_at as "createdAt", s.last_active_at as "lastActiveAt", s.ended_at as "endedAt",
     s.ended_why as "endedWhy", p.status = 'active' as "isActive", ${isUsable('a', '$2')} as "isUsable", s.shared
   from session s join person p on p.id = s.person_id join authenticator a on a.id = s.authenticator_id
   where s.secret_hash = $1`,
)

/** What a person, and the desk, is told of their sessions. */
export const mineStore = (store: Store) => ({
  openOf: (personId: string, { now, activeSince, startedSince }: Limits) =>
    store.rows(openOf, [personId, now, activeSince, startedSince]),
  standingOf: (secretHash: Buffer, at: Date) => store.row(standingOf, [secretHash, at]),
})

export type MineStore = ReturnType<typeof mineStore>
