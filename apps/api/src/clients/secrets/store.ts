import { type Store, statement, type Transaction } from '@fobwatch/store'

/** A secret that has not ended, without itself. */
export interface SecretRow {
  id: string
  createdAt: Date
  /** Null while nobody said when it ends. */
  endsAt: Date | null
}

const live = statement<[string, Date], SecretRow>(
  'clients:live-secrets',
  `select id, created_at as "createdAt", ends_at as "endsAt" from client_secret
   where client_id = $1 and (ends_at is null or ends_at > $2) order by created_at, id`,
)

const add = statement<[string, string, Buffer, Date]>(
  'clients:add-secret',
  'insert into client_secret (id, client_id, hash, created_at) values ($1, $2, $3, $4)',
)

// None lives longer by this.
const endOthers = statement<[string, string | null, Date]>(
  'clients:end-secrets',
  `update client_secret set ends_at = $3
   where client_id = $1 and id is distinct from $2::uuid and (ends_at is null or ends_at > $3)`,
)

const end = statement<[string, string, Date]>(
  'clients:end-secret',
  `update client_secret set ends_at = $3 where client_id = $1 and id = $2 and (ends_at is null or ends_at > $3)`,
)

/** The room's table `client_secret`. */
export const secretStore = (store: Store) => ({
  liveSecrets: (clientId: string, at: Date, tx?: Transaction) => store.rows(live, [clientId, at], tx),
  addSecret: (tx: Transaction, { id, clientId, hash, at }: { id: string; clientId: string; hash: Buffer; at: Date }) =>
    store.run(add, [id, clientId, hash, at], tx),
  /** All of a client's but one end then, or at the time that they would end anyway. */
  endOthers: (tx: Transaction, clientId: string, kept: string | null, then: Date) =>
    store.run(endOthers, [clientId, kept, then], tx),
  /** Zero when the client has no such secret, or it has ended. */
  endSecret: (tx: Transaction, clientId: string, id: string, at: Date) => store.run(end, [clientId, id, at], tx),
})

export type SecretStore = ReturnType<typeof secretStore>
