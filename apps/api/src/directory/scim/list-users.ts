import type { Visit } from '#http'
import { feedOf, originOf } from './deed-of-feed.ts'
import type { ScimDeps } from './deps.ts'
import { type AskedBy, readFilter } from './filter.ts'
import { follow } from './path.ts'
import { project } from './project.ts'
import { refuseValue } from './refuse.ts'
import type { Projection } from './show-user.ts'
import type { SortBy } from './store.ts'
import { type ScimUser, userOf } from './view.ts'

export interface ListUsers extends Projection {
  filter?: string | undefined
  startIndex?: string | undefined
  count?: string | undefined
  sortBy?: string | undefined
  sortOrder?: string | undefined
}

export interface UserList {
  schemas: string[]
  totalResults: number
  startIndex: number
  itemsPerPage: number
  Resources: ScimUser[]
}

export const mostResults = 200
const usualResults = 100

const sortable: readonly AskedBy[] = ['userName', 'externalId', 'familyName', 'givenName', 'email']

/** What a list is sorted by. @throws Refusal `value_invalid` */
const sortByOf = (path: string | undefined): SortBy => {
  if (path === undefined) return 'created'
  const small = path.toLowerCase()
  if (small === 'id') return 'id'
  if (small === 'meta.lastmodified') return 'lastModified'
  if (small === 'meta.created') return 'created'
  const place = follow(path)
  const [field] = place?.kind === 'fields' && place.fields.length === 1 ? place.fields : []
  return sortable.find((each) => each === field) ?? refuseValue('sortBy', 'names nothing that is sorted by here')
}

const numberOf = (name: string, text: string | undefined, otherwise: number): number => {
  if (text === undefined) return otherwise
  return /^-?\d{1,9}$/.test(text) ? Number(text) : refuseValue(name, 'must be a whole number')
}

/**
 * Lists a feed the people of its organisation and those below (RFC 7644 §3.4.2), which is recorded.
 * @throws Refusal `filter_invalid`; `value_invalid`
 */
export const listUsers =
  (deps: ScimDeps) =>
  async ({ filter, sortBy, sortOrder, ...asked }: ListUsers, visit: Visit): Promise<UserList> => {
    if (sortOrder !== undefined && !['ascending', 'descending'].includes(sortOrder.toLowerCase()))
      refuseValue('sortOrder', 'must be ascending or descending')
    // §3.4.2.4: less than 1 is 1, and less than 0 is 0.
    const startIndex = Math.max(1, numberOf('startIndex', asked.startIndex, 1))
    const limit = Math.min(mostResults, Math.max(0, numberOf('count', asked.count, usualResults)))
    const page = {
      filter: filter === undefined ? undefined : readFilter(filter),
      sortBy: sortByOf(sortBy),
      descending: sortOrder?.toLowerCase() === 'descending',
      ...{ offset: startIndex - 1, limit },
    }
    const { rows, total } = await deps.store.list(await feedOf(deps.store, visit), deps.now(), page)
    await deps.recordAlone({ type: 'feed-read', ...originOf(visit), details: { count: rows.length } })
    return {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: total,
      startIndex,
      itemsPerPage: rows.length,
      Resources: rows.map((person) => project(userOf(deps.base, person), asked)),
    }
  }

const names = ['filter', 'sortBy', 'sortOrder', 'startIndex', 'count', 'attributes', 'excludedAttributes'] as const

/** What is asked in an address, from what is posted: numbers are numbers there, and names a list. */
const asQuery = (body: Readonly<Record<string, unknown>>): ListUsers =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = body[name]
      if (value === undefined || value === null) return []
      if (typeof value === 'string' || typeof value === 'number') return [[name, String(value)]]
      const isList =
        Array.isArray(value) && name.endsWith('ttributes') && value.every((each) => typeof each === 'string')
      return isList ? [[name, value.join(',')]] : refuseValue(name, 'is not of the kind that it is')
    }),
  )

/** The same for a question that is too long, or too personal, for an address (RFC 7644 §3.4.3). */
export const searchUsers =
  (deps: ScimDeps) =>
  async (body: Readonly<Record<string, unknown>>, visit: Visit): Promise<UserList> =>
    listUsers(deps)(asQuery(body), visit)
