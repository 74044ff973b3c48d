import { type Store, statement, type Transaction } from '@fobwatch/store'

export type { Store } from '@fobwatch/store'

/** What the OIDC library keeps, by the hash of its id. */
export interface Artifact {
  payload: Record<string, unknown>
  grantId: string | null
  consumedAt: Date | null
}

type Key = [kind: string, hash: Buffer]

/** The same four statements over a table; tokens outlive a crash, what is half-way through need not. */
const statementsOver = (table: 'oidc_token' | 'oidc_transient') => ({
  find: statement<Key, Artifact>(
    `oidc:find:${table}`,
    `select payload, grant_id as "grantId", consumed_at as "consumedAt" from ${table} where kind = $1 and hash = $2`,
  ),
  upsert: statement<[...Key, string | null, string, Date]>(
    `oidc:upsert:${table}`,
    `insert into ${table} (kind, hash, grant_id, payload, expires_at) values ($1, $2, $3, $4, $5)
     on conflict (kind, hash) do update set payload = excluded.payload, expires_at = excluded.expires_at`,
  ),
  // The compare-and-set that makes a code or a refresh token single-use: of any number at once, one finds it unconsumed.
  consume: statement<[...Key, Date]>(
    `oidc:consume:${table}`,
    `update ${table} set consumed_at = $3 where kind = $1 and hash = $2 and consumed_at is null`,
  ),
  destroy: statement<Key>(`oidc:destroy:${table}`, `delete from ${table} where kind = $1 and hash = $2`),
  // What may be used once is remembered for longer, so that its second use is still recognised as one. A pushed request,
  // which anybody may send for a public client, is remembered as long as a sign-in that began with it can take.
  forget: statement<[Date, Date]>(
    `oidc:forget:${table}`,
    `delete from ${table}
     where expires_at < $1 and (kind not in ('AuthorizationCode', 'RefreshToken', 'PushedAuthorizationRequest')
       or expires_at < $2 or (kind = 'PushedAuthorizationRequest' and expires_at < $1 - interval '1 hour'))`,
    'unhurried',
  ),
})

// An id that was seen stays until it would be refused for its age anyway.
const remember = statement<[Buffer, Date]>(
  'oidc:remember',
  'insert into oidc_replay (hash, expires_at) values ($1, $2) on conflict do nothing',
)
const forgetReplays = statement<[Date]>(
  'oidc:forget-replays',
  'delete from oidc_replay where expires_at < $1',
  'unhurried',
)

const forgetAll = {
  tokens: statement<[]>('oidc:forget-all-tokens', 'delete from oidc_token'),
  transient: statement<[]>('oidc:forget-all-transient', 'delete from oidc_transient'),
}

const artifactsIn = (store: Store, table: 'oidc_token' | 'oidc_transient') => {
  const statements = statementsOver(table)
  return {
    find: (kind: string, hash: Buffer) => store.row(statements.find, [kind, hash]),
    upsert: (kind: string, hash: Buffer, grantId: string | null, payload: object, expiresAt: Date) =>
      store.run(statements.upsert, [kind, hash, grantId, JSON.stringify(payload), expiresAt]),
    /** Zero when it was consumed before, or is not there. */
    consume: (kind: string, hash: Buffer, at: Date) => store.run(statements.consume, [kind, hash, at]),
    destroy: (kind: string, hash: Buffer) => store.run(statements.destroy, [kind, hash]),
    /** Forgets what ended before now; and what may be used once, when it ended before then. */
    forget: (now: Date, then: Date) => store.run(statements.forget, [now, then]),
  }
}

export type Artifacts = ReturnType<typeof artifactsIn>

export const oidcStore = (store: Store) => ({
  tokens: artifactsIn(store, 'oidc_token'),
  transient: artifactsIn(store, 'oidc_transient'),
  /** Whether this was never seen before; from now on it was. */
  isNew: async (hash: Buffer, expiresAt: Date) => (await store.run(remember, [hash, expiresAt])) === 1,
  /** Forgets every code and token, and all that is half-way through; what was replayed stays known. @returns how many tokens */
  forgetAll: async (tx: Transaction) => {
    await store.run(forgetAll.transient, [], tx)
    return store.run(forgetAll.tokens, [], tx)
  },
  forgetReplays: (before: Date) => store.run(forgetReplays, [before]),
})

export type OidcStore = ReturnType<typeof oidcStore>
