import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import { type AskedOf, countQuery, type Listing, type PageOf, pageQuery } from './listing.ts'

/** How often people logged in, with what and how surely. */
export interface SignInCount {
  level: number
  kind: string
  count: number
}

/** The organisation under which everybody is counted together. */
const everybody = '00000000-0000-0000-0000-000000000000'

// A sign-in counts at the organisation that its person came to first.
const signInsFrom = `
  select (e.details->>'level')::smallint as level, coalesce(a.kind, 'unknown') as kind, home.organisation_id as organisation
  from audit_event e
  left join authenticator a on a.id = (e.details->>'authenticator')::uuid
  left join lateral (select f.organisation_id from affiliation f where f.person_id = e.person
    order by f.created_at, f.id limit 1) home on true
  where e.type = 'signed-in' and e.outcome = 'done'`

const claimDay = statement<readonly [string]>(
  'desk:claim-sign-in-day',
  'insert into sign_in_counted (day) values ($1::date) on conflict do nothing',
)

const countDay = statement<readonly [string]>(
  'desk:count-sign-in-day',
  `insert into sign_in_day (day, organisation_id, level, kind, count)
   select $1::date, case grouping(organisation) when 1 then '${everybody}'::uuid else organisation end, level, kind, count(*)
   from (${signInsFrom} and e.at >= $1::date and e.at < $1::date + 1) s
   group by grouping sets ((organisation, level, kind), (level, kind))
   having grouping(organisation) = 1 or organisation is not null`,
  'unhurried',
)

// The day after the last that was counted, or that of the first sign-in; nothing while that day is not over.
const nextDay = statement<readonly [Date], { day: string }>(
  'desk:next-sign-in-day',
  `select day::text from (select coalesce(
     (select max(day) + 1 from sign_in_counted),
     (select e.at::date from audit_event e where e.type = 'signed-in' order by e.at limit 1)) as day) next
   where day + 1 <= $1::timestamptz - interval '15 minutes'`,
  'unhurried',
)

const countedUntil = statement<readonly [], { day: string | null }>(
  'desk:sign-ins-counted-until',
  'select max(day)::text as day from sign_in_counted',
)

const countedSignIns = statement<readonly [readonly string[], string, string], SignInCount>(
  'desk:counted-sign-ins',
  `select level, kind, sum(count)::int as count from sign_in_day
   where organisation_id = any($1::uuid[]) and day between $2::date and $3::date group by level, kind`,
)

const lateSignIns = statement<readonly [readonly string[] | null, string, string], SignInCount>(
  'desk:late-sign-ins',
  `select level, kind, count(*)::int as count from (${signInsFrom}
     and e.at >= $2::date and e.at < $3::date + 1) s
   where $1::uuid[] is null or organisation = any($1::uuid[]) group by level, kind`,
)

const ownSignIns = statement<readonly [string, string, string], SignInCount>(
  'desk:own-sign-ins',
  `select level, kind, count(*)::int as count from (${signInsFrom} and e.at >= $2::date and e.at < $3::date + 1
     and e.person in (select id from person where identity_proved_by = $1)) s group by level, kind`,
)

const countThere = statement<readonly [readonly string[], number], { count: number }>(
  '',
  `select count(*) from (
     select from affiliation where organisation_id = any($1::uuid[]) limit $2) there`,
)

/** Up to so many people are put in order by themselves; the more an agent reaches, the sooner an index finds a page of them. */
const fewPeople = 2000

/**
 * Lists whose shape varies. They have no names, and so are planned each time for how far the agent reaches and for what is
 * asked, which is the better part of their speed.
 */
export const reportStore = (store: Store) => ({
  page: <Row extends object>(list: Listing, asked: AskedOf, page: PageOf) => {
    const { text, values } = pageQuery(list, asked, page)
    return store.rows(statement<readonly unknown[], Row & { keys: string[] }>('', text), values)
  },
  count: async (list: Listing, asked: AskedOf, most: number) => {
    const { text, values } = countQuery(list, asked, most)
    return (await store.row(statement<readonly unknown[], { count: number }>('', text), values))?.count ?? 0
  },
  /** Whether hardly anybody is at these organisations. */
  isFew: async (reach: readonly string[]) =>
    ((await store.row(countThere, [reach, fewPeople + 1]))?.count ?? 0) <= fewPeople,
  /** Whether the day was not counted before; from then on it is. */
  claimDay: async (tx: Transaction, day: string) => (await store.run(claimDay, [day], tx)) === 1,
  countDay: (tx: Transaction, day: string) => store.run(countDay, [day], tx),
  nextDay: async (at: Date) => (await store.row(nextDay, [at]))?.day,
  countedUntil: async () => (await store.row(countedUntil, []))?.day ?? null,
  /** @param organisations null for everybody */
  countedSignIns: (organisations: readonly string[] | null, from: string, to: string) =>
    store.rows(countedSignIns, [organisations ?? [everybody], from, to]),
  /** Of days that were not counted yet. */
  lateSignIns: (organisations: readonly string[] | null, from: string, to: string) =>
    store.rows(lateSignIns, [organisations, from, to]),
  /** Of those whose identity somebody proved. */
  ownSignIns: (actor: string, from: string, to: string) => store.rows(ownSignIns, [actor, from, to]),
})

export type ReportStore = ReturnType<typeof reportStore>
