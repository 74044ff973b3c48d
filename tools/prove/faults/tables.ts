import type { Database } from './database.ts'

/** What the tables hold of one person. */
export interface Kept {
  personId: string
  isSuspended: boolean
  /** Events of each type that were done, not refused. */
  events: Record<string, number>
  sessions: number
  openSessions: number
  signedOut: number
  withRole: number
  authenticators: number
  suspended: number
  revoked: number
  spentLinks: number
}

const kept = `select p.id as "personId", p.status = 'suspended' as "isSuspended",
     (select coalesce(jsonb_object_agg(type, times), '{}') from
       (select type, count(*)::int as times from audit_event
        where person = p.id and outcome = 'done' group by type) by_type) as events,
     s.*, a.*,
     (select count(*)::int from invitation where person_id = p.id and spent_at is not null) as "spentLinks"
   from person p,
     lateral (select count(*)::int as sessions,
         count(*) filter (where ended_at is null)::int as "openSessions",
         count(*) filter (where ended_why = 'signed-out')::int as "signedOut",
         count(assignment_id)::int as "withRole"
       from session where person_id = p.id) s,
     lateral (select count(*)::int as authenticators,
         count(*) filter (where status = 'suspended')::int as suspended,
         count(*) filter (where status = 'revoked')::int as revoked
       from authenticator where person_id = p.id) a
   where p.id = any($1::uuid[])`

/** What the tables hold of some people. */
export const lookAt = async ({ rows }: Database, people: readonly string[]): Promise<Map<string, Kept>> =>
  new Map((await rows<Kept>(kept, [people])).map((each) => [each.personId, each]))
