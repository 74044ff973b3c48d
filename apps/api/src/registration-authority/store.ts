import type { AuthenticatorKind, PausedBecause } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import { belonged, belongs } from '#access'
import { isUsable } from '#authenticators'
import type { Transaction } from '#kernel'
import type { After, SearchPattern } from './rules.ts'

export type { Store } from '@fobwatch/store'

/** A person as the desk lists them, at one of the organisations where the agent may look. */
export interface PersonRow {
  personId: string
  staffId: string
  givenName: string
  familyName: string
  email: string | null
  status: 'active' | 'suspended' | 'closed'
  identityLevel: number
  organisation: string
  organisationCode: string
  /** Authenticators that may be used now. */
  ways: number
  /** Those that are paused. */
  paused: number
}

/** A person whom a search found, with the role that they hold at the organisation that is named. */
export interface FoundRow extends PersonRow {
  role: string | null
}

// `at` is where the person is within reach ($1) at a time ($3): whoever is nowhere within it is not found. `p` is a person,
// wherever they come from. That the reach is asked for by `is true` keeps it out of the index, which would go through all of
// it for each person: somebody is at a place or two, and an agent may reach thousands.
const within = (people: string, more = '') => `
  select ${more} p.id as "personId", p.staff_id as "staffId", p.given_name as "givenName", p.family_name as "familyName",
    p.email, p.status, p.identity_level as "identityLevel", at.name as organisation, at.code as "organisationCode",
    (select count(*) from authenticator a where a.person_id = p.id and ${isUsable('a', '$3')}) as ways,
    (select count(*) from authenticator a where a.person_id = p.id and a.status = 'suspended') as paused,
    (select r.name from assignment a
     join position held on held.id = a.position_id and held.organisation_id = at.id
     join job_role r on r.code = held.role_code
     where p.status = 'active' and a.person_id = p.id and a.ended_at is null and a.starts_at <= $3
       and (a.expires_at is null or a.expires_at > $3)
     order by r.name, held.name, a.id limit 1) as role
  from ${people}
  join lateral (
    select o.id, o.name, o.code from affiliation f join organisation o on o.id = f.organisation_id
    where f.person_id = p.id and (f.organisation_id = any($1::uuid[])) is true and (${belongs('f', '$3')} or ${belonged('f', 'p')})
    order by f.created_at, o.code limit 1
  ) at on true`

const peopleWithin = within('person p')

/** Where the patterns of a part of a search stand among the parameters; three for each part, after reach, limit and time. */
const places = (part: number) => ({ name: `$${4 + part * 3}`, plain: `$${5 + part * 3}`, word: `$${6 + part * 3}` })

// First whom the search names by whole words, and then whom it begins to name. Of each all are put in order, which is
// quick, and whether somebody is within reach, which is not, is asked of one after the other until there are enough. It has
// no name, and so is planned each time for what is sought and how far the agent reaches: from the index of words, or from
// the place where hardly anybody works there.
const findPeople = (parts: number, place: string) => {
  const all = Array.from({ length: parts }, (_, part) => places(part))
  const begins = all
    .map(({ name, plain }) => `(p.search_text like ${name} or p.search_text like ${plain})`)
    .join(' and ')
  const isNamed = all.map(({ word }) => `p.search_text like ${word}`).join(' and ')
  const sorted = (condition: string) => `(
     select p.id, p.staff_id, p.given_name, p.family_name, p.email, p.status, p.status_at,
       p.identity_level
     from person p
     where ${condition} ${place} order by p.family_name, p.given_name, p.staff_id) p`
  const found = (rank: number, condition: string) => `(${within(sorted(condition), `${rank} as rank,`)}
   order by p.family_name, p.given_name, p.staff_id limit $2)`
  return statement<readonly unknown[], FoundRow>(
    '',
    `${found(0, isNamed)} union all ${found(1, `${begins} and not (${isNamed})`)}
     order by rank, "familyName", "givenName", "staffId" limit $2`,
  )
}

const atPlaces = 'and p.id in (select f.person_id from affiliation f where f.organisation_id = any($1::uuid[]))'

/** An agent who reaches more organisations than these reaches so many people that it is no use to begin with them. */
const fewPlaces = 200

const findPerson = statement<readonly [readonly string[], string, Date], FoundRow>(
  'desk:find-person',
  `${peopleWithin} where p.staff_id = $2`,
)

const findPeopleById = statement<readonly [readonly string[], readonly string[], Date], PersonRow>(
  'desk:find-people-by-id',
  `${peopleWithin} where p.id = any($2::uuid[])`,
)

const findPeopleByStaffId = statement<readonly [readonly string[], readonly string[], Date], FoundRow>(
  'desk:find-people-by-staff-id',
  `${peopleWithin} where p.staff_id = any($2::text[])`,
)

const namesOf = statement<readonly [readonly string[]], { id: string; name: string }>(
  'desk:names-of',
  "select id, given_name || ' ' || family_name as name from person where id = any($1::uuid[])",
)

/** A device that is paused, and whose it is. */
export interface PausedRow extends After {
  staffId: string
  givenName: string
  familyName: string
  name: string
  kind: AuthenticatorKind
  aaguid: string
  because: PausedBecause
  note: string | null
}

const listPaused = statement<
  readonly [readonly string[], string | null, Date, Date | null, string | null, number],
  PausedRow
>(
  'desk:list-paused',
  `select a.id, w."staffId", w."givenName", w."familyName", a.name, a.kind, a.aaguid, a.status_reason as because,
     a.status_at as since, a.status_note as note
   from authenticator a join (${peopleWithin}) w on w."personId" = a.person_id
   where a.status = 'suspended' and (a.expires_at is null or a.expires_at > $3)
     and ($2::text is null or a.status_reason = $2)
     and ($4::timestamptz is null or (a.status_at, a.id) > ($4, $5::uuid))
   order by a.status_at, a.id limit $6`,
)

const findAnyone = statement<readonly [string], { id: string; status: PersonRow['status'] }>(
  'desk:find-anyone',
  'select id, status from person where staff_id = $1',
)

// Links of one person are issued one after another, so that two agents at once do not leave two open. An agent's own row
// is taken in the same go, always in one order, so that no two agents who issue to each other wait for each other.
const lockPeople = statement<readonly [readonly string[]], object>(
  'desk:lock-people',
  'select from person where id = any($1::uuid[]) order by id for no key update',
)

const lockFirst = statement<readonly [string]>(
  'desk:lock-first',
  "select pg_advisory_xact_lock(hashtext('fobwatch:first-' || $1))",
)

const isHeld = statement<readonly [Date, string], { found: boolean }>(
  'desk:is-held',
  `select exists (
     select from assignment a
     join position p on p.id = a.position_id
     join person on person.id = a.person_id
     where p.duty_code = $2 and person.status = 'active' and a.ended_at is null
       and (a.expires_at is null or a.expires_at > $1)) as found`,
)

// Part of no other. Whoever reaches all of these reaches everybody.
const topOrganisations = statement<readonly [], { id: string }>(
  'desk:top-organisations',
  'select id from organisation where parent_id is null order by id',
)

// An organisation ($1) and all that it is part of. `union` ends a tree that was tied into a circle.
const selfAndAbove = statement<readonly [string], { id: string }>(
  'desk:self-and-above',
  `with recursive above(id) as (
     select $1::uuid union select o.parent_id from above join organisation o using (id) where o.parent_id is not null)
   select id from above`,
)

const organisations = statement<readonly [readonly string[]], { id: string; code: string; name: string }>(
  'desk:organisations',
  'select id, code, name from organisation where id::text = any($1::text[])',
)

/** The room owns no table: it reads those downstairs, and writes through their doors. */
export const deskStore = (store: Store) => ({
  findPeople: (reach: readonly string[], patterns: readonly SearchPattern[], limit: number, at: Date) =>
    store.rows(findPeople(patterns.length, reach.length > fewPlaces ? '' : atPlaces), [
      ...[reach, limit, at],
      ...patterns.flatMap(({ name, plain, word }) => [name, plain, word]),
    ]),
  findPerson: (reach: readonly string[], staffId: string, at: Date, tx?: Transaction) =>
    store.row(findPerson, [reach, staffId, at], tx),
  /** Those of the ids that are within reach. */
  findPeopleById: (reach: readonly string[], ids: readonly string[], at: Date, tx?: Transaction) =>
    store.rows(findPeopleById, [reach, ids, at], tx),
  /** Those of the staff ids that are within reach. */
  findPeopleByStaffId: (reach: readonly string[], staffIds: readonly string[], at: Date, tx?: Transaction) =>
    store.rows(findPeopleByStaffId, [reach, staffIds, at], tx),
  /** What people are called, by the ids of their rows. */
  namesOf: async (ids: readonly string[]) =>
    new Map((await store.rows(namesOf, [ids])).map(({ id, name }) => [id, name])),
  listPaused: (
    reach: readonly string[],
    at: Date,
    { because, after }: { because: PausedBecause | null; after: After | null },
    limit: number,
  ) => store.rows(listPaused, [reach, because, at, after?.since ?? null, after?.id ?? null, limit]),
  /** Anyone at all, for what is not an agent's to ask. */
  findAnyone: (staffId: string, tx?: Transaction) => store.row(findAnyone, [staffId], tx),
  topOrganisations: async (tx?: Transaction) => (await store.rows(topOrganisations, [], tx)).map(({ id }) => id),
  /** An organisation and all that it is part of. */
  selfAndAbove: async (id: string) => (await store.rows(selfAndAbove, [id])).map((row) => row.id),
  /** Those of the ids that are of organisations. */
  organisations: (ids: readonly string[]) => store.rows(organisations, [ids]),
  lockPeople: (tx: Transaction, personIds: readonly string[]) => store.rows(lockPeople, [personIds], tx),
  lockFirst: (tx: Transaction, duty: string) => store.row(lockFirst, [duty], tx),
  /** Whether somebody holds a duty now, or will. */
  isHeld: async (duty: string, at: Date, tx?: Transaction) => (await store.row(isHeld, [at, duty], tx))?.found === true,
})

export type DeskStore = ReturnType<typeof deskStore>
