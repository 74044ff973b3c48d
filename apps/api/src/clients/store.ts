import type { ClientMetadata } from '@fobwatch/contracts'
import { type Store, statement, type Transaction } from '@fobwatch/store'

export type { Store } from '@fobwatch/store'

/** A client that is enabled, as tokens are given to it. */
export interface StoredClient {
  id: string
  name: string
  /** Of its secrets that have not ended. */
  secretHashes: Buffer[]
  /** When the first of them ends; null where nobody said when any does. */
  secretEndsAt: Date | null
  metadata: ClientMetadata
  /** Resource indicators of the APIs it may call. */
  resources: string[]
}

export interface Api {
  resource: string
  name: string
  scopes: string[]
}

/** A client as it is registered, enabled or not. */
export interface ClientRow {
  id: string
  name: string
  metadata: ClientMetadata
  resources: string[]
  version: number
  disabledAt: Date | null
  createdAt: Date
  updatedAt: Date
}

/** That a client may do what it is registered for, in SQL. */
export const isEnabled = (client: string): string => `${client}.disabled_at is null`

/** That a client is for tries only, in SQL. */
export const isSandbox = (client: string): string => `${client}.metadata->'sandbox' = 'true'`

const resources = 'array(select a.resource from client_api a where a.client_id = c.id order by 1) as resources'
const row = `select c.id, c.name, c.metadata, ${resources}, c.version, c.disabled_at as "disabledAt",
   c.created_at as "createdAt", c.updated_at as "updatedAt" from client c`

const findClient = statement<[string, Date], StoredClient>(
  'clients:find',
  `select c.id, c.name, c.metadata, ${resources},
     array(select s.hash from client_secret s
       where s.client_id = c.id and (s.ends_at is null or s.ends_at > $2) order by s.created_at desc) as "secretHashes",
     (select min(s.ends_at) from client_secret s where s.client_id = c.id and s.ends_at > $2) as "secretEndsAt"
   from client c where c.id = $1 and ${isEnabled('c')}`,
)

const findAny = statement<[string], ClientRow>('clients:find-any', `${row} where c.id = $1`)
const list = statement<[], ClientRow>('clients:list', `${row} order by c.name, c.id`)

/** Which clients are looked for: by a part of their name or id ($1), of one sort ($2). */
export interface Search {
  text: string | null
  only: 'production' | 'sandbox' | 'disabled' | null
}

const matches = `($1::text is null or strpos(lower(c.name), lower($1)) > 0 or strpos(c.id, lower($1)) > 0)
   and case $2::text when 'disabled' then not (${isEnabled('c')}) when 'sandbox' then ${isSandbox('c')}
     when 'production' then ${isSandbox('c')} is not true else true end`

// The page after a client ($3): by name, and of those that are called the same, by id.
const search = statement<[string | null, string | null, string | null, number], ClientRow>(
  'clients:search',
  `${row} where ${matches}
     and ($3::text is null or (lower(c.name), c.id) > (select lower(p.name), p.id from client p where p.id = $3))
   order by lower(c.name), c.id limit $4`,
)

const count = statement<[string | null, string | null], { count: number }>(
  'clients:count',
  `select count(*) from client c where ${matches}`,
)

const insert = statement<[string, string, string, Date]>(
  'clients:insert',
  `insert into client (id, name, metadata, version, created_at, updated_at) values ($1, $2, $3, 1, $4, $4)
   on conflict (id) do nothing`,
)

// Of any number who change one version, one finds it.
const replace = statement<[string, string, string, number, Date]>(
  'clients:replace',
  `update client set name = $2, metadata = $3, version = version + 1, updated_at = $5 where id = $1 and version = $4`,
)

const upsert = statement<[string, string, string, Date]>(
  'clients:upsert',
  `insert into client (id, name, metadata, version, created_at, updated_at) values ($1, $2, $3, 1, $4, $4)
   on conflict (id) do update set name = excluded.name, metadata = excluded.metadata, version = client.version + 1,
     updated_at = excluded.updated_at`,
)

const setDisabled = statement<[string, Date | null, Date]>(
  'clients:set-disabled',
  `update client set disabled_at = $2, version = version + 1, updated_at = $3
   where id = $1 and (disabled_at is null) = ($2::timestamptz is not null)`,
)

const lock = statement<[string], { id: string }>(
  'clients:lock',
  'select id from client where id = $1 for no key update',
)

/** On which instances tell one another that something in this room's tables is different. */
export const channel = 'clients'

/** The same store, which tells every instance of what it changes. */
export const tellingChanges = (store: Store): Store => ({
  ...store,
  run: async (asked, params, tx) => {
    const changed = await store.run(asked, params, tx)
    if (tx && changed > 0) await store.tell(tx, channel)
    return changed
  },
})

/** The room's first table: `client`. */
export const clientStore = (store: Store) => ({
  /** Nothing for one that is disabled. */
  find: (id: string, at: Date) => store.row(findClient, [id, at]),
  findAny: (id: string, tx?: Transaction) => store.row(findAny, [id], tx),
  list: () => store.rows(list, []),
  search: ({ text, only }: Search, after: string | null, limit: number) =>
    store.rows(search, [text, only, after, limit]),
  count: async ({ text, only }: Search) => (await store.row(count, [text, only]))?.count ?? 0,
  /** Zero when the id is taken. */
  insert: (tx: Transaction, { id, name, metadata }: Pick<ClientRow, 'id' | 'name' | 'metadata'>, at: Date) =>
    store.run(insert, [id, name, JSON.stringify(metadata), at], tx),
  /** Zero when it is not there, or at another version. */
  replace: (tx: Transaction, { id, name, metadata, version }: Omit<ClientRow, 'resources' | `${string}At`>, at: Date) =>
    store.run(replace, [id, name, JSON.stringify(metadata), version, at], tx),
  upsert: (tx: Transaction, { id, name, metadata }: Pick<ClientRow, 'id' | 'name' | 'metadata'>, at: Date) =>
    store.run(upsert, [id, name, JSON.stringify(metadata), at], tx),
  /** Zero when it is not there, or is so already. */
  setDisabled: (tx: Transaction, id: string, disabled: boolean, at: Date) =>
    store.run(setDisabled, [id, disabled ? at : null, at], tx),
  /** Deeds about one client come one after another. Nothing when it is not there. */
  lock: (tx: Transaction, id: string) => store.row(lock, [id], tx),
})

export type ClientStore = ReturnType<typeof clientStore>
