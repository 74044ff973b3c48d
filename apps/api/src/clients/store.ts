import type { ClientMetadata } from '@fobwatch/contracts'
import { type Store, statement, type Transaction } from '@fobwatch/store'

export type { Store } from '@fobwatch/store'

/** A client that is enabled, as tokens are given to it. */
export interface StoredClient {
  id: string
  name: string
  /** Of its secrets that have not ended. */
  secretHashes: Buffer[]
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

const resources = 'array(select a.resource from client_api a where a.client_id = c.id order by 1) as resources'
const row = `select c.id, c.name, c.metadata, ${resources}, c.version, c.disabled_at as "disabledAt",
   c.created_at as "createdAt", c.updated_at as "updatedAt" from client c`

/** That a client may do what it is registered for, in SQL. */
export const isEnabled = (client: string): string => `${client}.disabled_at is null`

/** That a client is for tries only, in SQL. */
export const isSandbox = (client: string): string => `${client}.metadata->'sandbox' = 'true'`

const findClient = statement<[string, Date], StoredClient>(
  'clients:find',
  `select c.id, c.name, c.metadata, ${resources},
     array(select s.hash from client_secret s
       where s.client_id = c.id and (s.ends_at is null or s.ends_at > $2) order by s.created_at desc) as "secretHashes"
   from client c where c.id = $1 and ${isEnabled('c')}`,
)

const findAny = statement<[string], ClientRow>('clients:find-any', `${row} where c.id = $1`)
const list = statement<[], ClientRow>('clients:list', `${row} order by c.name, c.id`)

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

/** The room's first table: `client`. */
export const clientStore = (store: Store) => ({
  /** Nothing for one that is disabled. */
  find: (id: string, at: Date) => store.row(findClient, [id, at]),
  findAny: (id: string, tx?: Transaction) => store.row(findAny, [id], tx),
  list: () => store.rows(list, []),
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
