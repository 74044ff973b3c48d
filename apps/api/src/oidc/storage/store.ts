import { mustTouch, type Store, statement, step, type Transaction } from '@fobwatch/store'
import { findingGrant, type Grant, type JoinParams, joiningApplication, type LookParams } from '#sessions'

export type { Store } from '@fobwatch/store'

/** What the OIDC library keeps, by the hash of its id. */
export interface Artifact {
  payload: Record<string, unknown>
  grantId: string | null
  consumedAt: Date | null
}

type Key = [kind: string, hash: Buffer]

/** What hangs on a grant, and that grant, if it is alive. */
export interface Granted extends Artifact {
  grant: Grant | undefined
}

type GrantedRow = Omit<Artifact, 'grantId'> & { heldBy: string | null } & (Grant | { grantId: null })

/** A row to be. */
export interface New {
  kind: string
  hash: Buffer
  grantId: string | null
  payload: object
  expiresAt: Date
}

/** A way back from a sign-in, by the hash of its id, and how long it is remembered that it was taken. */
export interface Taken {
  hash: Buffer
  until: Date
}

/** The same four statements over a table; tokens outlive a crash, what is half-way through need not. */
const statementsOver = (table: 'oidc_token' | 'oidc_transient') => ({
  find: statement<Key, Artifact>(
    `oidc:find:${table}`,
    `select payload, grant_id as "grantId", consumed_at as "consumedAt" from ${table} where kind = $1 and hash = $2`,
  ),
  // Both in one question: what hangs on a grant is good while that is alive, which is looked at each time.
  findGranted: statement<[Buffer, ...LookParams, string], GrantedRow>(
    `oidc:find-granted:${table}`,
    `with artifact as (select payload, grant_id, consumed_at from ${table} where kind = $5 and hash = $1),
       ${findingGrant('(select grant_id::uuid from artifact)')}
     select artifact.payload, artifact.consumed_at as "consumedAt", artifact.grant_id as "heldBy", held.*
     from artifact left join found held on true`,
  ),
  // The compare-and-set below, and what is given for it: all of it or nothing.
  exchange: statement<[...Key, Date, string[], Buffer[], (string | null)[], string[], Date[]], { spent: number }>(
    `oidc:exchange:${table}`,
    `with spent as (
       update ${table} set consumed_at = $3 where kind = $1 and hash = $2 and consumed_at is null returning 1),
     given as (
       insert into oidc_token (kind, hash, grant_id, payload, expires_at)
       select given.* from unnest($4::text[], $5::bytea[], $6::text[], $7::jsonb[], $8::timestamptz[]) given
       where exists (select from spent))
     select count(*) as spent from spent`,
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
  // which anybody may send for a public client, is remembered as long as a sign-in that began with it can take. Each half
  // has an index of its own: what stays for a day is not looked at every minute of it.
  forget: statement<[Date, Date]>(
    `oidc:forget:${table}`,
    `delete from ${table}
     where (kind not in ('AuthorizationCode', 'RefreshToken') and expires_at < $1
         and (kind <> 'PushedAuthorizationRequest' or expires_at < $1 - interval '1 hour'))
       or (kind in ('AuthorizationCode', 'RefreshToken') and expires_at < $2)`,
    'unhurried',
  ),
})

// An id that was seen stays until it would be refused for its age anyway.
const remembering = 'insert into oidc_replay (hash, expires_at) values ($1, $2) on conflict do nothing'
const remember = statement<[Buffer, Date]>('oidc:remember', remembering)
const rememberOrStop = statement<[Buffer, Date]>('oidc:remember-or-stop', mustTouch(remembering))

// The application takes part in the session in the statement that keeps its code, which hangs on what it was given.
const joinAndKeep = statement<[...JoinParams, ...[...Key, string, Date]]>(
  'oidc:join-and-keep',
  `with ${joiningApplication}
   insert into oidc_transient (kind, hash, grant_id, payload, expires_at)
   select $10, $11, "grantId", $12::jsonb, $13 from joined`,
)
// By the database's clock too: what an instance forgets whose own has gone ahead, the others would take a second time.
const forgetReplays = statement<[Date]>(
  'oidc:forget-replays',
  'delete from oidc_replay where expires_at < least($1, now())',
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
    /** The same with its grant. */
    findGranted: async (kind: string, hash: Buffer, limits: LookParams): Promise<Granted | undefined> => {
      const row = await store.row(statements.findGranted, [hash, ...limits, kind])
      if (!row) return undefined
      const { payload, heldBy, consumedAt, ...grant } = row
      return { payload, consumedAt, grantId: heldBy, grant: grant.grantId === null ? undefined : grant }
    },
    upsert: ({ kind, hash, grantId, payload, expiresAt }: New) =>
      store.run(statements.upsert, [kind, hash, grantId, JSON.stringify(payload), expiresAt]),
    /** Zero when it was consumed before, or is not there. */
    consume: (kind: string, hash: Buffer, at: Date) => store.run(statements.consume, [kind, hash, at]),
    /** Consumes something, and keeps the tokens that are given for it. False, and nothing kept, where it was consumed before. */
    exchange: async (kind: string, hash: Buffer, at: Date, given: readonly New[]): Promise<boolean> => {
      const columns = [
        given.map((each) => each.kind),
        given.map((each) => each.hash),
        given.map((each) => each.grantId),
        given.map(({ payload }) => JSON.stringify(payload)),
        given.map(({ expiresAt }) => expiresAt),
      ] as const
      return (await store.row(statements.exchange, [kind, hash, at, ...columns]))?.spent === 1
    },
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
  /**
   * Has an application take part in a session and keeps the code that it is given; and takes, where there is one, the way back
   * from the sign-in that this ends. @returns false, and nothing is done, where that was taken before
   */
  keepCode: ({ kind, hash, payload, expiresAt }: New, join: JoinParams, taken?: Taken): Promise<boolean> =>
    store.together([
      ...(taken ? [step(rememberOrStop, [taken.hash, taken.until])] : []),
      step(joinAndKeep, [...join, kind, hash, JSON.stringify(payload), expiresAt]),
    ]),
  /** Forgets every code and token, and all that is half-way through; what was replayed stays known. @returns how many tokens */
  forgetAll: async (tx: Transaction) => {
    await store.run(forgetAll.transient, [], tx)
    return store.run(forgetAll.tokens, [], tx)
  },
  forgetReplays: (before: Date) => store.run(forgetReplays, [before]),
})

export type OidcStore = ReturnType<typeof oidcStore>
