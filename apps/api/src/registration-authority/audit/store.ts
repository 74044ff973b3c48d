import { type Store, statement } from '@fobwatch/store'
import { belongs } from '#access'
import type { Details } from '#audit'
import type { Condition } from './search-conditions.ts'

/** Somebody in the log, and whether the reader may read about them, and may see who they are. */
export interface SomebodyRow {
  staffId: string
  givenName: string
  familyName: string
  isWithin: boolean
  isSeen: boolean
}

/** An event as it is read at the desk. */
export interface EntryRow {
  seq: number
  id: string
  at: Date
  type: string
  outcome: string
  requestId: string | null
  details: Details
  personal: Buffer | null
  person: string | null
  about: SomebodyRow | null
  actor: string | null
  by: SomebodyRow | null
  client: string | null
  clientName: string | null
}

/** A page that is asked for. */
export interface Asked {
  conditions: readonly Condition[]
  /** Where it begins. */
  after: { at: Date; seq: string } | null
  /** Rows at most. */
  limit: number
  /** Organisations whose people the reader may read about; null for everybody's. */
  reach: readonly string[] | null
  /** Organisations whose people the reader may see. */
  seen: readonly string[]
  at: Date
}

/** Of so few people the events are found person by person, and otherwise event by event. */
const few = 500

// The offset keeps the planner from listing everybody within reach before it looks at the first event.
const within = (person: string, reach: string, at: string) =>
  `exists (select from affiliation f where f.person_id = ${person} and f.organisation_id = any(${reach}::uuid[])
     and ${belongs('f', at)} offset 0)`

const peopleWithin = statement<[readonly string[], Date, number], { id: string }>(
  'desk:people-within',
  `select f.person_id as id from affiliation f
   where f.organisation_id = any($1::uuid[]) and ${belongs('f', '$2')} limit $3`,
)

const somebody = (person: string) =>
  `(select json_build_object('staffId', p.staff_id, 'givenName', p.given_name, 'familyName', p.family_name,
      'isWithin', $1::uuid[] is null or ${within('p.id', '$1', '$3')}, 'isSeen', ${within('p.id', '$2', '$3')})
    from person p where p.id = ${person})`

const newestFirst = 'order by e.at desc, e.seq desc limit $4'

/** A page of events by one way to find them, as a list of their numbers. */
const page = (conditions: readonly string[]) =>
  `select e.seq, e.at from audit_event e where ${conditions.join(' and ') || 'true'} ${newestFirst}`

/** Of few people: what is about one of them, and what one of them did. */
const pageOfFew = (conditions: readonly string[], ids: string) => {
  const by = (column: string) =>
    `(select e.seq, e.at from unnest(${ids}::uuid[]) one(id)
      cross join lateral (${page([...conditions, `e.${column} = one.id`])}) e)`
  return `select e.seq, e.at from (${by('person')} union ${by('actor')}) e ${newestFirst}`
}

const entries = (found: string) => `
  select e.seq, e.id, e.at, e.type, e.outcome, e.request_id as "requestId", e.details, e.personal, e.person,
    ${somebody('e.person')} as about, e.actor, ${somebody('e.actor')} as by, e.client,
    (select c.name from client c where c.id = e.client) as "clientName"
  from (${found}) found join audit_event e on e.seq = found.seq order by e.at desc, e.seq desc`

/** The desk's way to the log, of which it owns nothing. */
export const auditSearchStore = (store: Store) => {
  const find = ({ conditions, after, limit, reach, seen, at }: Asked, fewPeople: readonly string[] | null) => {
    const values: unknown[] = [reach, seen, at, limit]
    const add = (value: unknown) => `$${values.push(value)}`
    const sql = conditions.map(({ sql, value }) => sql(add(value)))
    if (after) sql.push(`(e.at, e.seq) < (${add(after.at)}::timestamptz, ${add(after.seq)}::bigint)`)
    const names = [...conditions.map(({ name }) => name), ...(after ? ['after'] : [])]
    const isNarrow = conditions.some(({ isOfPerson }) => isOfPerson)
    if (reach && !isNarrow && !fewPeople) {
      names.push('within')
      sql.push(`(${within('e.person', '$1', '$3')} or ${within('e.actor', '$1', '$3')})`)
    }
    if (fewPeople) names.push('few')
    const found = fewPeople ? pageOfFew(sql, add(fewPeople)) : page(sql)
    // One statement for each set of filters, each with a plan of its own.
    return store.rows(statement<unknown[], EntryRow>(`desk:log:${names.join(',')}`, entries(found)), values)
  }
  return {
    /** The newest events that answer what was asked, about or by people whom the reader may read about. */
    search: async (asked: Asked): Promise<EntryRow[]> => {
      const { conditions, reach, at } = asked
      if (!reach || conditions.some(({ isOfPerson }) => isOfPerson)) return find(asked, null)
      const people = await store.rows(peopleWithin, [reach, at, few + 1])
      const ids = new Set(people.map(({ id }) => id))
      return find(asked, people.length > few ? null : [...ids])
    },
  }
}

export type AuditSearchStore = ReturnType<typeof auditSearchStore>
