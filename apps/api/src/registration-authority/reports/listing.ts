import type { KeyType } from './cursor.ts'

/** The parameters that every list may name. */
export interface Given {
  /** Ids of organisations. */
  reach: string
  now: string
}

/** An order: columns that together tell any two rows apart, and for each what it holds. */
export interface Order {
  by: readonly string[]
  types: readonly KeyType[]
  /** Whether the last comes first. */
  down?: boolean
}

/**
 * A list that agents look at a page at a time, as SQL. Every word of it is ours: what an agent sends chooses among orders
 * and filters by name, and its values are parameters.
 */
export interface Listing<Sort extends string = string> {
  columns: (given: Given) => string
  from: string
  /** The id that each row has. */
  id: string
  where: (given: Given) => string
  /** Whom it is about, where people have to be within reach and it does not follow from `where`. */
  person?: { within: (given: Given) => string }
  /** What an agent did themselves, for those whose duty shows them no more. */
  own: (actor: string) => string
  filters: Readonly<Record<string, (value: string, given: Given) => string>>
  orders: Readonly<Record<Sort, Order>>
}

/** What is asked of a list. */
export interface AskedOf {
  reach: readonly string[]
  now: Date
  /** Who asks, where they see only what they did themselves. */
  own: string | null
  filters: Readonly<Record<string, string>>
  /** Whether hardly anybody is at these organisations. */
  few: boolean
}

/** Where in which order. */
export interface PageOf {
  order: Order
  after: readonly string[] | null
  limit: number
}

const sqlTypes: Record<KeyType, string> = { text: 'text', moment: 'timestamptz', uuid: 'uuid' }

/** Gathers the parameters of a statement. */
const parameters = () => {
  const values: unknown[] = []
  return { values, add: (value: unknown) => `$${values.push(value)}` }
}

const conditionsOf = (list: Listing, asked: AskedOf, given: Given, add: (value: unknown) => string): string[] => [
  list.where(given),
  ...(asked.own === null ? [] : [list.own(add(asked.own))]),
  ...Object.entries(asked.filters).map(([name, value]) => filterOf(list, name)(add(value), given)),
]

const filterOf = (list: Listing, name: string) => {
  const filter = Object.hasOwn(list.filters, name) ? list.filters[name] : undefined
  if (!filter) throw new Error(`The list has no filter ${name}`)
  return filter
}

const given = (asked: AskedOf, add: (value: unknown) => string): Given => ({
  reach: `${add(asked.reach)}::uuid[]`,
  now: `${add(asked.now)}::timestamptz`,
})

const pageAfter = (order: Order, after: readonly string[], add: (value: unknown) => string) => {
  const row = after.map((key, index) => `${add(key)}::${sqlTypes[order.types[index] ?? 'text']}`)
  return `(${order.by.join(', ')}) ${order.down ? '<' : '>'} (${row.join(', ')})`
}

/** Those at a few places, found once. */
const there = ({ reach }: Given) =>
  `with there as materialized (select distinct f.person_id from affiliation f where f.organisation_id = any(${reach}))`
const isThere = 'p.id in (select person_id from there)'

/**
 * The statement that gives a page, each row with its keys as text in `keys`. Whether a person is within reach is dear to
 * ask, and is asked of one row after the other until the page is full. Where hardly anybody is, theirs are put in order
 * first, and no index of the whole is gone through for them (hence `is true`); otherwise the index has them in this order.
 */
export const pageQuery = (list: Listing, asked: AskedOf, { order, after, limit }: PageOf) => {
  const { values, add } = parameters()
  const at = given(asked, add)
  const conditions = conditionsOf(list, asked, at, add)
  const further = after && pageAfter(order, after, add)
  const inOrder = (keys: readonly string[]) => keys.map((key) => `${key}${order.down ? ' desc' : ''}`).join(', ')
  const columns = `${list.columns(at)}, array[${order.by.map((key) => `(${key})::text`).join(', ')}] as keys`
  const most = add(limit)
  const { person } = list
  if (!person || !asked.few) {
    const text = `select ${columns} from ${list.from} ${person?.within(at) ?? ''}
      where ${[...conditions, ...(further ? [further] : [])].join(' and ')} order by ${inOrder(order.by)} limit ${most}`
    return { text, values }
  }
  const keys = order.by.map((_, index) => `s.key${index}`)
  const named = order.by.map((key, index) => `${key} as key${index}`).join(', ')
  const text = `${there(at)} select ${columns} from (
      select ${list.id} as id, ${named} from ${list.from}
      where ${[...conditions, isThere, ...(further ? [`(${further}) is true`] : [])].join(' and ')}
      order by ${inOrder(order.by.map((_, index) => `${index + 2}`))}) s,
    ${list.from} ${person.within(at)}
    where ${list.id} = s.id order by ${inOrder(keys)} limit ${most}`
  return { text, values }
}

/** The statement that counts, up to a number. */
export const countQuery = (list: Listing, asked: AskedOf, most: number) => {
  const { values, add } = parameters()
  const at = given(asked, add)
  const conditions = conditionsOf(list, asked, at, add)
  const isFew = list.person !== undefined && asked.few
  const text = `${isFew ? there(at) : ''} select count(*) from (
    select from ${list.from} ${list.person?.within(at) ?? ''}
    where ${[...conditions, ...(isFew ? [isThere] : [])].join(' and ')} limit ${add(most)}) counted`
  return { text, values }
}
