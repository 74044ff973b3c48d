import type { AuthenticatorKind, PausedBecause } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import { belonged, belongs } from '#access'
import { isUsable } from '#authenticators'
import type { Transaction } from '#kernel'
import type { After, SearchTerm } from './rules.ts'

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
}

// `at` is where the person is within reach ($1) at a time ($3): whoever is nowhere within it is not found.
const peopleWithin = `
  select p.id as "personId", p.staff_id as "staffId", p.given_name as "givenName", p.family_name as "familyName",
    p.email, p.status, p.identity_level as "identityLevel", at.name as organisation, at.code as "organisationCode",
    (select count(*) from authenticator a where a.person_id = p.id and ${isUsable('a', '$3')}) as ways
  from person p
  join lateral (
    select o.name, o.code from affiliation f join organisation o on o.id = f.organisation_id
    where f.person_id = p.id and o.id = any($1::uuid[]) and (${belongs('f', '$3')} or ${belonged('f', 'p')}) order by f.created_at, o.code limit 1
  ) at on true`

const folded = (text: string) => String.raw`lower(regexp_replace(normalize(${text}, NFKD), '[\u0300-\u036f]', '', 'g'))`
const foldedName = `translate(${folded("concat_ws(' ', p.given_name, p.middle_names, p.family_name)")}, '-''’', ' ')`

const findPeople = statement<
  readonly [readonly string[], readonly string[], Date, readonly string[], number],
  PersonRow
>(
  'desk:find-people',
  `${peopleWithin}
   where not exists (
     select from unnest($2::text[], $4::text[]) as term(name, plain)
     where strpos(' ' || ${foldedName}, ' ' || term.name) = 0
       and not starts_with(p.staff_id, term.plain)
       and not starts_with(coalesce(${folded('p.email')}, ''), term.plain))
   order by p.family_name, p.given_name, p.staff_id limit $5`,
)

const findPerson = statement<readonly [readonly string[], string, Date], PersonRow>(
  'desk:find-person',
  `${peopleWithin} where p.staff_id = $2`,
)

const findPeopleById = statement<readonly [readonly string[], readonly string[], Date], PersonRow>(
  'desk:find-people-by-id',
  `${peopleWithin} where p.id = any($2::uuid[])`,
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
  findPeople: (reach: readonly string[], terms: readonly SearchTerm[], limit: number, at: Date) =>
    store.rows(findPeople, [reach, terms.map(({ name }) => name), at, terms.map(({ plain }) => plain), limit]),
  findPerson: (reach: readonly string[], staffId: string, at: Date, tx?: Transaction) =>
    store.row(findPerson, [reach, staffId, at], tx),
  /** Those of the ids that are within reach. */
  findPeopleById: (reach: readonly string[], ids: readonly string[], at: Date, tx?: Transaction) =>
    store.rows(findPeopleById, [reach, ids, at], tx),
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
