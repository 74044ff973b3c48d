import { type Store, statement, type Transaction } from '@fobwatch/store'
import type { Api } from '../store.ts'

const findApi = statement<[string, string], Api>(
  'clients:find-api',
  `select a.resource, a.name, a.scopes from api a join client_api ca using (resource)
   where ca.client_id = $1 and a.resource = $2`,
)

const allScopes = statement<[], { scope: string }>(
  'clients:scopes',
  'select distinct unnest(scopes) as scope from api order by 1',
)

const list = statement<[], Api>('clients:list-apis', 'select resource, name, scopes from api order by name, resource')

const named = statement<[readonly string[]], Pick<Api, 'resource' | 'scopes'>>(
  'clients:named-apis',
  'select resource, scopes from api where resource = any($1::text[])',
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

/** The room's tables `api` and `client_api`. */
export const apiStore = (store: Store) => ({
  findApi: (clientId: string, resource: string) => store.row(findApi, [clientId, resource]),
  scopes: async () => (await store.rows(allScopes, [])).map(({ scope }) => scope),
  listApis: () => store.rows(list, []),
  /** Of these resources those that are APIs, each with its scopes. */
  scopesOf: async (resources: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> =>
    new Map((await store.rows(named, [resources])).map(({ resource, scopes }) => [resource, scopes])),
  saveApi: (tx: Transaction, { resource, name, scopes }: Api) => store.run(upsertApi, [resource, name, scopes], tx),
  /** The APIs that a client may call from now on, and no others. */
  allowApis: async (tx: Transaction, clientId: string, resources: readonly string[]) => {
    await store.run(clearApis, [clientId], tx)
    for (const resource of resources) await store.run(allowApi, [clientId, resource], tx)
  },
})

export type ApiStore = ReturnType<typeof apiStore>
