import { type Store, statement, type Transaction } from '@fobwatch/store'
import type { Times } from './rules.ts'
import type { KeptKey } from './signer.ts'

export type { Store } from '@fobwatch/store'

export type StoredKey = KeptKey & Times

const columns = `kid, algorithm, public_jwk as "publicJwk", sealed_private as kept, signs_from as "signsFrom",
  signs_until as "signsUntil", published_until as "publishedUntil", revoked_at as "revokedAt"`
// One whose private half is gone is published no more by somebody's clock, if not by this one.
const isPublished = `(published_until is null or published_until > $1) and sealed_private <> ''`

const publishedKeys = statement<[Date], StoredKey>(
  'keys:published',
  `select ${columns} from signing_key where ${isPublished} order by algorithm, signs_from`,
)

const lockPublished = statement<[Date, string], Pick<StoredKey, 'kid'>>(
  'keys:lock-published',
  `select kid from signing_key where ${isPublished} and algorithm = $2 order by kid for update`,
)

// The index allows one key without an end for each algorithm: of two instances that make one at once, one does.
const addLast = statement<[string, string, string, Buffer, Date, Date]>(
  'keys:add-last',
  `insert into signing_key (kid, algorithm, public_jwk, sealed_private, created_at, signs_from)
   values ($1, $2, $3, $4, $5, $6) on conflict (algorithm) where signs_until is null do nothing`,
)

// The compare-and-set of a rotation: whoever gives the last key its end makes the next one.
const giveEnd = statement<[string, Date, Date]>(
  'keys:give-end',
  'update signing_key set signs_until = $2, published_until = $3 where kid = $1 and signs_until is null',
)

const takeEnd = statement<[string]>(
  'keys:take-end',
  'update signing_key set signs_until = null, published_until = null where kid = $1 and revoked_at is null',
)

const bringForward = statement<[string, Date]>(
  'keys:bring-forward',
  'update signing_key set signs_from = $2 where kid = $1',
)

const revoke = statement<[string, Date]>(
  'keys:revoke',
  `update signing_key set signs_until = least(signs_until, $2), published_until = $2, revoked_at = $2, sealed_private = ''
   where kid = $1 and revoked_at is null`,
)

// Nothing of it is valid any more that anybody could show, so that its private half is of use to thieves alone.
const forgetPrivate = statement<[Date]>(
  'keys:forget-private',
  `update signing_key set sealed_private = '' where published_until <= $1 and sealed_private <> ''`,
)

const findAlgorithm = statement<[string], Pick<StoredKey, 'algorithm'>>(
  'keys:algorithm-of',
  'select algorithm from signing_key where kid = $1',
)

// Revoked or long out of use: what a key once signed has to be held against it.
const everyPublic = statement<[string], Pick<StoredKey, 'kid' | 'publicJwk' | 'revokedAt'>>(
  'keys:every-public',
  `select kid, public_jwk as "publicJwk", revoked_at as "revokedAt" from signing_key where algorithm = $1 order by signs_from, kid`,
)

/** The room's table, `signing_key`. */
export const keyStore = (store: Store) => ({
  published: (now: Date) => store.rows(publishedKeys, [now]),
  /** The published keys of an algorithm, held until the transaction ends. */
  lockPublished: async (tx: Transaction, now: Date, algorithm: string): Promise<StoredKey[]> => {
    await store.rows(lockPublished, [now, algorithm], tx)
    // Read after the wait: a rotation that was waited for has added a row, which the lock did not see.
    return (await store.rows(publishedKeys, [now], tx)).filter((key) => key.algorithm === algorithm)
  },
  /** Whether it was added: not where there is a key without an end. */
  addLast: async (tx: Transaction, key: KeptKey, signsFrom: Date, now: Date): Promise<boolean> => {
    const row = [key.kid, key.algorithm, JSON.stringify(key.publicJwk), key.kept, now, signsFrom] as const
    return (await store.run(addLast, [...row], tx)) > 0
  },
  /** Whether it had none. */
  giveEnd: async (tx: Transaction, kid: string, signsUntil: Date, publishedUntil: Date): Promise<boolean> =>
    (await store.run(giveEnd, [kid, signsUntil, publishedUntil], tx)) > 0,
  takeEnd: (tx: Transaction, kid: string) => store.run(takeEnd, [kid], tx),
  bringForward: (tx: Transaction, kid: string, signsFrom: Date) => store.run(bringForward, [kid, signsFrom], tx),
  revoke: (tx: Transaction, kid: string, now: Date) => store.run(revoke, [kid, now], tx),
  forgetPrivate: (now: Date) => store.run(forgetPrivate, [now]),
  everyPublic: (algorithm: string) => store.rows(everyPublic, [algorithm]),
  algorithmOf: async (kid: string) => (await store.row(findAlgorithm, [kid]))?.algorithm,
})

export type KeyStore = ReturnType<typeof keyStore>
