import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { Facts } from './rules.ts'

/** What is looked for. */
export interface Sought {
  givenName: string
  familyName: string
  birthDate: string | null
  email: string | null
  externalId: string | null
  bodies: readonly string[]
  numbers: readonly string[]
  documents: readonly Buffer[]
}

export interface FoundAlike extends Facts {
  personId: string
}

const soundsLike = (column: string, parameter: string) =>
  `daitch_mokotoff(folded_name(${column})) && daitch_mokotoff(folded_name(${parameter}))`

// Each branch has an index; what they find together is looked at once. `%` is as strict as the transaction says.
const findAlike = statement<
  readonly [
    ...[externalId: string | null, email: string | null, bodies: readonly string[], numbers: readonly string[]],
    ...[documents: readonly Buffer[], birthDate: string | null, given: string, family: string],
  ],
  FoundAlike
>(
  'people:find-alike',
  `with by_profession as (
     select person_id as id from professional_membership m
     join unnest($3::text[], $4::text[]) as sought(body, number) on m.body = sought.body and m.number = sought.number),
   by_document as (select person_id as id from identity_evidence where number_hash = any($5::bytea[])),
   found as (
     select id from person where external_id = $1
     union select id from person where lower(email) = lower($2)
     union select id from by_profession
     union select id from by_document
     union select id from person where birth_date = $6::date
     union select id from person
       where folded_name(given_name || ' ' || family_name) % folded_name($7 || ' ' || $8)
     union select id from person
       where ${soundsLike('family_name', '$8')} and ${soundsLike('given_name', '$7')})
   select p.id as "personId", coalesce(p.external_id = $1, false) as "sameExternalId",
     coalesce(lower(p.email) = lower($2), false) as "sameEmail", p.id in (select id from by_profession) as "sameProfession",
     p.id in (select id from by_document) as "sameDocument", to_char(p.birth_date, 'YYYY-MM-DD') as "birthDate",
     similarity(folded_name(p.given_name || ' ' || p.family_name), folded_name($7 || ' ' || $8)) as similarity,
     coalesce(${soundsLike('p.given_name', '$7')}, false) as "givenSounds",
     coalesce(${soundsLike('p.family_name', '$8')}, false) as "familySounds"
   from found join person p using (id) where p.erased_at is null and not p.sandbox_only
   limit 1000`,
)

const setStrictness = statement<readonly [string]>(
  'people:set-strictness',
  "select set_config('pg_trgm.similarity_threshold', $1, true)",
)

const lockNewPeople = statement<readonly []>(
  'people:lock-new-people',
  "select pg_advisory_xact_lock(hashtext('fobwatch:new-people'))",
)

/** Who is like somebody, by all that is known of both. */
export const alikeStore = (store: Store) => ({
  find: async (tx: Transaction, s: Sought, strictness: number): Promise<FoundAlike[]> => {
    await store.row(setStrictness, [String(strictness)], tx)
    const identifiers = [s.externalId, s.email, s.bodies, s.numbers, s.documents] as const
    return store.rows(findAlike, [...identifiers, s.birthDate, s.givenName, s.familyName], tx)
  },
  /** Lets one new person after the other in. */
  lockNewPeople: async (tx: Transaction) => void (await store.row(lockNewPeople, [], tx)),
})

export type AlikeStore = ReturnType<typeof alikeStore>
