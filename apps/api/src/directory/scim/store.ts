import { isUniqueViolation, type Store, statement } from '@fobwatch/store'
import { belongs } from '#access'
import { isEnabled } from '#clients'
import { Refusal, type Transaction } from '#kernel'
import type { AskedBy, Comparison, Filter } from './filter.ts'

export type { Store } from '@fobwatch/store'

/** A person as the feed of an organisation sees them. */
export interface FedPerson {
  personId: string
  staffId: string
  status: 'active' | 'suspended'
  /** Why it is so, in one word. */
  because: string | null
  title: string | null
  givenName: string
  middleNames: string | null
  familyName: string
  birthDate: string | null
  email: string | null
  phone: string | null
  userName: string
  externalId: string | null
  employeeNumber: string | null
  department: string | null
  /** ODS code. */
  organisation: string
  personVersion: number
  /** 0 while the feed never said anything of its own. */
  feedVersion: number
  createdAt: Date
  updatedAt: Date
}

/** The organisation that a feed is for, and those below it. */
export interface Feed {
  organisationId: string
  /** ODS code. */
  code: string
  reach: readonly string[]
}

const findFeed = statement<readonly [string], Feed>(
  'directory:find-feed',
  `with recursive reach(id) as (
     select id from organisation where code = $1
     union select o.id from reach join organisation o on o.parent_id = reach.id)
   select o.id as "organisationId", o.code, array(select id::text from reach) as reach
   from organisation o where o.code = $1`,
)

// Nobody disables the application, or has it feed elsewhere, until the deed is done.
const holdFeeder = statement<readonly [string, string], { id: string }>(
  'directory:hold-feeder',
  `select c.id from client c
   where c.id = $1 and ${isEnabled('c')} and c.metadata->>'feed_organisation' = $2 for share`,
)

// One feed makes people one after another, so that of two who bring the same person the second finds the first.
const lockFeed = statement<readonly [string]>(
  'directory:lock-feed',
  "select pg_advisory_xact_lock(hashtextextended('fobwatch:feed ' || $1, 0))",
)

// What is not to be had by then is told as `unavailable`, and its application comes again.
const waitBriefly = statement<[]>('directory:wait-briefly', `select set_config('lock_timeout', '2s', true)`)

const elsewhere = (person: string, reach: string, now: string) =>
  `exists (select from affiliation e where e.person_id = ${person} and e.organisation_id <> all(${reach}::uuid[])
     and ${belongs('e', now)})`

// $1 the feed's organisation, $2 the time, $3 the organisations that it reaches, $4 its ODS code. Whoever has left is not
// there; whoever the feed brought is, in a position or between two, unless they work elsewhere alone by now.
const fed = `
  select p.id as "personId", p.staff_id as "staffId", p.status, p.status_because as because, p.title, p.given_name as "givenName",
    p.middle_names as "middleNames", p.family_name as "familyName", to_char(p.birth_date, 'YYYY-MM-DD') as "birthDate",
    p.email, p.phone, coalesce(l.user_name, p.email, p.staff_id) as "userName",
    case when starts_with(p.external_id, $4 || ':') then substr(p.external_id, length($4) + 2) end as "externalId",
    l.employee_number as "employeeNumber", l.department, at.code as organisation, p.version as "personVersion",
    coalesce(l.version, 0) as "feedVersion", p.created_at as "createdAt",
    greatest(p.updated_at, l.updated_at) as "updatedAt"
  from person p
  left join fed_person l on l.person_id = p.id and l.organisation_id = $1
  join lateral (
    select o.code from affiliation f join organisation o on o.id = f.organisation_id
    where f.person_id = p.id and o.id = any($3::uuid[])
      and (l.person_id is not null and not ${elsewhere('p.id', '$3', '$2')} or ${belongs('f', '$2')})
    order by f.created_at, o.code limit 1) at on true
  where p.status <> 'closed' and not p.sandbox_only`

type Who = readonly [string, Date, readonly string[], string]

const findOne = statement<readonly [...Who, string], FedPerson>('directory:find-fed', `${fed} and p.staff_id = $5`)

// The row is held, so that what was looked at is still so when it is changed.
const lockPerson = statement<readonly [string]>(
  'directory:lock-person',
  'select from person where staff_id = $1 for no key update',
)

const isUserNameTaken = statement<readonly [...Who, string, string | null], { found: boolean }>(
  'directory:is-user-name-taken',
  `select exists (select from (${fed}) fed
     where lower(fed."userName") = lower($5) and ($6::uuid is null or fed."personId" <> $6)) as found`,
)

// Whoever has left keeps no user name from somebody who comes.
const freeUserNames = statement<readonly [string, string]>(
  'directory:free-user-names',
  `delete from fed_person l using person p
   where l.organisation_id = $1 and lower(l.user_name) = lower($2) and p.id = l.person_id and p.status = 'closed'`,
)

const keep = statement<readonly [string, string, string | null, string | null, string | null, Date]>(
  'directory:keep-fed',
  `insert into fed_person (organisation_id, person_id, user_name, employee_number, department, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $6)
   on conflict (organisation_id, person_id) do update set user_name = excluded.user_name,
     employee_number = excluded.employee_number, department = excluded.department,
     version = fed_person.version + 1, updated_at = excluded.updated_at`,
)

const forget = statement<readonly [string]>('directory:forget-fed', 'delete from fed_person where person_id = $1')
const said = statement<
  readonly [string],
  { organisation: string; userName: string | null; employeeNumber: string | null; department: string | null }
>(
  'directory:said-of',
  `select o.code as organisation, l.user_name as "userName", l.employee_number as "employeeNumber", l.department
   from fed_person l join organisation o on o.id = l.organisation_id where l.person_id = $1 order by o.code`,
)

/** What keeps a feed's hands off somebody, as it is now. */
export interface HandsOff {
  /** Holds a duty of the registration authority, or will. */
  duty: boolean
  /** Works outside the organisations of the feed too. */
  elsewhere: boolean
}

const handsOff = statement<readonly [string, Date, readonly string[]], HandsOff>(
  'directory:hands-off',
  `select exists (
     select from assignment a join position p on p.id = a.position_id
     where a.person_id = $1 and p.duty_code is not null and a.ended_at is null
       and (a.expires_at is null or a.expires_at > $2)) as duty,
   ${elsewhere('$1', '$3', '$2')} as elsewhere`,
)

/** Where each thing that is asked by stands. Nothing of a request is ever written into SQL: it chooses among these. */
const columns: Readonly<Record<AskedBy | 'created', string>> = {
  userName: 'lower(fed."userName")',
  externalId: 'fed."externalId"',
  email: 'lower(fed.email)',
  familyName: 'lower(fed."familyName")',
  givenName: 'lower(fed."givenName")',
  employeeNumber: 'fed."employeeNumber"',
  id: 'fed."staffId"',
  active: "(fed.status = 'active')",
  lastModified: 'fed."updatedAt"',
  created: 'fed."createdAt"',
}
const withCase: ReadonlySet<AskedBy> = new Set(['externalId', 'employeeNumber', 'id'])

const comparisons: Readonly<Record<Comparison, (column: string, value: string) => string>> = {
  eq: (column, value) => `${column} = ${value}`,
  co: (column, value) => `strpos(${column}, ${value}) > 0`,
  sw: (column, value) => `starts_with(${column}, ${value})`,
  gt: (column, value) => `${column} > ${value}`,
  ge: (column, value) => `${column} >= ${value}`,
  lt: (column, value) => `${column} < ${value}`,
  le: (column, value) => `${column} <= ${value}`,
}

/** A filter as a condition, whose values are parameters from the number after those that are there. */
const conditionOf = (filter: Filter, values: unknown[]): string => {
  if (filter.kind !== 'is') return `(${filter.parts.map((part) => conditionOf(part, values)).join(` ${filter.kind} `)})`
  const { by, comparison, value } = filter
  values.push(value)
  const type = by === 'active' ? 'boolean' : by === 'lastModified' ? 'timestamptz' : 'text'
  const parameter = `$${values.length}::${type}`
  const isText = type === 'text' && !withCase.has(by)
  return comparisons[comparison](columns[by], isText ? `lower(${parameter})` : parameter)
}

/** What a list can be sorted by. */
export type SortBy = keyof typeof columns

export interface Page {
  filter: Filter | undefined
  sortBy: SortBy
  descending: boolean
  /** How many are left out before. */
  offset: number
  limit: number
}

/** Who is left of the feed's people, and the page of them: its text varies, so that it is not kept prepared. */
const listOf = ({ filter, sortBy, descending }: Page, who: Who, more: readonly unknown[]) => {
  const values: unknown[] = [...who, ...more]
  const condition = filter ? `where ${conditionOf(filter, values)}` : ''
  const order = `${columns[sortBy]} ${descending ? 'desc' : 'asc'} nulls last, fed."staffId"`
  return {
    values,
    rows: `select * from (${fed}) fed ${condition} order by ${order} limit $5 offset $6`,
    count: `select count(*) as total from (${fed}) fed ${condition}`,
  }
}

const takenUserName = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw isUniqueViolation(error, 'fed_person_user_name_key') ? new Refusal('identifier_taken', error) : error
  })

/** The room's table `fed_person`, and those downstairs that it is read with. */
export const feedStore = (store: Store) => {
  const who = ({ organisationId, reach, code }: Feed, at: Date): Who => [organisationId, at, reach, code]
  return {
    findFeed: (code: string, tx?: Transaction) => store.row(findFeed, [code], tx),
    /** Whether an application still feeds this organisation, which it does until the transaction ends. */
    holdFeeder: async (tx: Transaction, clientId: string, { code }: Feed) =>
      (await store.row(holdFeeder, [clientId, code], tx)) !== undefined,
    lockFeed: async (tx: Transaction, feed: Feed) => void (await store.rows(lockFeed, [feed.organisationId], tx)),
    /** From now on the transaction waits for no lock for longer than 2 seconds. */
    waitBriefly: async (tx: Transaction) => void (await store.rows(waitBriefly, [], tx)),
    find: (feed: Feed, at: Date, staffId: string, tx?: Transaction) =>
      store.row(findOne, [...who(feed, at), staffId], tx),
    lockPerson: async (tx: Transaction, staffId: string) => void (await store.rows(lockPerson, [staffId], tx)),
    /** Whether somebody else whom the feed sees has the name, in whatever capitals. */
    isUserNameTaken: async (tx: Transaction, feed: Feed, at: Date, name: string, personId: string | null) =>
      (await store.row(isUserNameTaken, [...who(feed, at), name, personId], tx))?.found === true,
    freeUserName: (tx: Transaction, feed: Feed, name: string) =>
      store.run(freeUserNames, [feed.organisationId, name], tx),
    keep: (
      tx: Transaction,
      feed: Feed,
      personId: string,
      said: { userName: string | null; employeeNumber: string | null; department: string | null },
      at: Date,
    ) =>
      takenUserName(
        store.run(keep, [feed.organisationId, personId, said.userName, said.employeeNumber, said.department, at], tx),
      ),
    handsOff: async (tx: Transaction, feed: Feed, personId: string, at: Date): Promise<HandsOff> =>
      (await store.row(handsOff, [personId, at, feed.reach], tx)) ?? { duty: true, elsewhere: true },
    list: async (feed: Feed, at: Date, page: Page): Promise<{ rows: FedPerson[]; total: number }> => {
      const asked = listOf(page, who(feed, at), [page.limit, page.offset])
      const counted = listOf(page, who(feed, at), [])
      const rows = page.limit > 0 ? await store.rows(statement<unknown[], FedPerson>('', asked.rows), asked.values) : []
      const total = await store.row(statement<unknown[], { total: number }>('', counted.count), counted.values)
      return { rows, total: total?.total ?? 0 }
    },
    /** Forgets what feeds said of a person. */
    forgetPerson: (tx: Transaction, personId: string) => store.run(forget, [personId], tx),
    /** What feeds said of a person. */
    saidOf: (personId: string) => store.rows(said, [personId]),
  }
}

export type FeedStore = ReturnType<typeof feedStore>
