import type { ClientMetadata } from '@fobwatch/contracts'
import { type Store, statement, type Transaction } from '@fobwatch/store'

export type { Store } from '@fobwatch/store'

export interface StoredClient {
  id: string
  name: string
  secretHash: Buffer | null
  metadata: ClientMetadata
  /** Resource indicators of the APIs it may call. */
  resources: string[]
}

export interface Api {
  resource: string
  name: string
  scopes: string[]
}

const findClient = statement<[string], StoredClient>(
  'clients:find',
  `select c.id, c.name, c.secret_hash as "secretHash", c.metadata,
     array(select a.resource from client_api a where a.client_id = c.id order by 1) as resources
   from client c where c.id = $1`,
)

const findApi = statement<[string, string], Api>(
  'clients:find-api',
  `select a.resource, a.name, a.scopes from api a join client_api ca using (resource)
   where ca.client_id = $1 and a.resource = $2`,
)

const allScopes = statement<[], { scope: string }>(
  'clients:scopes',
  'select distinct unnest(scopes) as scope from api order by 1',
)

const upsertClient = statement<[string, string, Buffer | null, string, Date]>(
  'clients:upsert',
  `insert into client (id, name, secret_hash, metadata, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)
   on conflict (id) do update set name = excluded.name, secret_hash = excluded.secret_hash,
     metadata = excluded.metadata, updated_at = excluded.updated_at`,
)

const upsertApi = statement<[string, string, string[]]>(
  'clients:upsert-api',
  `insert into api (resource, name, scopes) values ($1, $2, $3)
   on conflict (resource) do update set name = excluded.name, scopes = excluded.scopes`,
)

const clearApis = statement<[string]>('clients:clear-apis', 'delete from client_api where client_id = $1')

const allowApi = statement<[string, string]>(
  'clients:allow-api',
  'insert into client_api (client_id, resource) values ($1, $2) on conflict do nothing',
)

export const clientStore = (store: Store) => ({
  find: (id: string) => store.row(findClient, [id]),
  findApi: (clientId: string, resource: string) => store.row(findApi, [clientId, resource]),
  scopes: async () => (await store.rows(allScopes, [])).map(({ scope }) => scope),
  save: async (tx: Transaction, client: Omit<StoredClient, 'resources'>, apis: Api[], at: Date) => {
    const { id, name, secretHash, metadata } = client
    await store.run(upsertClient, [id, name, secretHash, JSON.stringify(metadata), at], tx)
    await store.run(clearApis, [id], tx)
    for (const api of apis) {
      await store.run(upsertApi, [api.resource, api.name, api.scopes], tx)
      await store.run(allowApi, [id, api.resource], tx)
    }
  },
})
