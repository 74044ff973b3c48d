import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'

/** A position that a row names. */
export interface NamedPosition {
  id: string
  name: string
  code: string
  organisationId: string
  duty: { code: string; name: string } | null
  openedToSponsors: boolean
  retired: boolean
  closed: boolean
}

const positionsNamed = statement<readonly [readonly string[], readonly string[]], NamedPosition>(
  'desk:positions-named',
  `select p.id, p.name, o.code, p.organisation_id as "organisationId",
     case when d.code is null then null else json_build_object('code', d.code, 'name', d.name) end as duty,
     p.opened_to_sponsors as "openedToSponsors", p.retired_at is not null as retired, o.closed_at is not null as closed
   from (select distinct * from unnest($1::text[], $2::text[]) as named(code, name)) named
   join organisation o on o.code = named.code
   join position p on p.organisation_id = o.id and p.name = named.name
   left join duty d on d.code = p.duty_code`,
)

/** What somebody has of what is asked: the places in the list that is asked about. */
const alreadyHeld = statement<
  readonly [readonly string[], readonly string[], readonly Date[], readonly (Date | null)[]],
  { place: number }
>(
  'desk:already-held',
  `select asked.place::int as place
   from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) with ordinality
     as asked(person_id, position_id, starts_at, expires_at, place)
   where exists (select from assignment a where a.person_id = asked.person_id and a.position_id = asked.position_id
     and a.ended_at is null and (a.expires_at is null or a.expires_at > asked.starts_at)
     and (asked.expires_at is null or a.starts_at < asked.expires_at))`,
)

/** An assignment as a file asks for it. */
export interface Wanted {
  personId: string
  positionId: string
  startsAt: Date
  expiresAt: Date | undefined
}

/** What a file of assignments is held against. */
export const bulkStore = (store: Store) => ({
  positionsNamed: (named: readonly { organisation: string; position: string }[], tx?: Transaction) =>
    store.rows(positionsNamed, [named.map((row) => row.organisation), named.map((row) => row.position)], tx),
  /** Which of them are there already, by their place in the list. */
  alreadyHeld: async (wanted: readonly Wanted[], tx?: Transaction) => {
    const columns = [
      wanted.map(({ personId }) => personId),
      wanted.map(({ positionId }) => positionId),
      wanted.map(({ startsAt }) => startsAt),
      wanted.map(({ expiresAt }) => expiresAt ?? null),
    ] as const
    return new Set((await store.rows(alreadyHeld, columns, tx)).map(({ place }) => place - 1))
  },
})

export type BulkStore = ReturnType<typeof bulkStore>
