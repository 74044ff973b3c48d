import { type Store, statement } from '@fobwatch/store'
import { belongs } from '#access'
import type { Transaction } from '#kernel'
import type { Row } from './columns.ts'

const organisations = statement<readonly [readonly string[]], { id: string; code: string }>(
  'imports:organisations',
  'select id, code from organisation where code = any($1::text[])',
)

// By the HR system's number; or by name and birth date, with the same email address or none said, at the same place.
const known = statement<
  readonly [
    ...[line: readonly number[], externalId: readonly (string | null)[], given: readonly string[]],
    ...[family: readonly string[], birthDate: readonly string[], email: readonly (string | null)[]],
    ...[organisation: readonly string[], Date],
  ],
  { line: number }
>(
  'imports:known',
  `with r as (
     select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::date[], $6::text[], $7::text[])
       as r(line, external_id, given_name, family_name, birth_date, email, organisation)),
   found as (
     select r.line, r.organisation, p.id from r join person p on p.external_id = r.external_id
     where p.status <> 'closed' and not p.sandbox_only
     union
     select r.line, r.organisation, p.id from r join person p on p.birth_date = r.birth_date
     where p.status <> 'closed' and not p.sandbox_only
       and lower(p.given_name) = lower(r.given_name) and lower(p.family_name) = lower(r.family_name)
       and (r.email is null or p.email is null or lower(p.email) = lower(r.email))
       and (r.external_id is null or p.external_id is null))
   select distinct found.line from found join organisation o on o.code = found.organisation
   join affiliation f on f.person_id = found.id and f.organisation_id = o.id and ${belongs('f', '$8')}`,
)

/** The part owns no table. */
export const importStore = (store: Store) => ({
  organisations: (tx: Transaction, codes: readonly string[]) => store.rows(organisations, [codes], tx),
  /** The lines of those rows whose person is there already, where the row says. */
  known: async (tx: Transaction, rows: readonly Row[], at: Date): Promise<number[]> => {
    const all = <K extends keyof Row>(name: K) => rows.map((row) => row[name])
    const names = [all('givenName'), all('familyName'), all('birthDate')] as const
    const who = [all('line'), all('externalId'), ...names, all('email'), all('organisation')] as const
    return (await store.rows(known, [...who, at], tx)).map(({ line }) => line)
  },
})

export type ImportStore = ReturnType<typeof importStore>
