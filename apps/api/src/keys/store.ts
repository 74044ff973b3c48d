import { type Store, statement } from '@fobwatch/store'

export type { Store } from '@fobwatch/store'

export interface StoredKey {
  kid: string
  algorithm: string
  sealedPrivate: Buffer
  createdAt: Date
}

const allKeys = statement<[], StoredKey>(
  'keys:all',
  `select kid, algorithm, sealed_private as "sealedPrivate", created_at as "createdAt"
   from signing_key where retired_at is null order by created_at desc, kid`,
)

// Two instances at their first start: the lock lets one make the keys, and the other find them.
const lockKeys = statement<[], unknown>('keys:lock', `select pg_advisory_xact_lock(hashtext('fobwatch signing keys'))`)

const insertKey = statement<[string, string, string, Buffer, Date]>(
  'keys:insert',
  `insert into signing_key (kid, algorithm, public_jwk, sealed_private, created_at) values ($1, $2, $3, $4, $5)`,
)

export const keyStore = (store: Store) => ({
  all: () => store.rows(allKeys, []),
  /** Stores what `make` returns for the algorithms that have no key yet, under a lock. */
  addMissing: (make: (present: string[]) => Promise<(StoredKey & { publicJwk: object })[]>) =>
    store.inTransaction(async (tx) => {
      await store.row(lockKeys, [], tx)
      const present = (await store.rows(allKeys, [], tx)).map(({ algorithm }) => algorithm)
      for (const key of await make(present))
        await store.run(
          insertKey,
          [key.kid, key.algorithm, JSON.stringify(key.publicJwk), key.sealedPrivate, key.createdAt],
          tx,
        )
    }),
})
