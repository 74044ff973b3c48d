import { both, type Question, question, type Store, statement } from '@fobwatch/store'
import type { Ceremony } from './rules.ts'

export type { Store } from '@fobwatch/store'

const addChallenge = statement<[Buffer, Ceremony, string, Date]>(
  'webauthn:add-challenge',
  'insert into challenge (hash, ceremony, bound_to, expires_at) values ($1, $2, $3, $4)',
)

type Spent = [hash: Buffer, ceremony: Ceremony, boundTo: string, now: Date]

/**
 * Spends a challenge, in SQL, and finds it by its hash alone. Where a table is empty as often as not, PostgreSQL takes the index of
 * times for as good, and would go through every challenge that nobody has answered yet: no index is used for what `is true`.
 */
export const spending = `
  delete from challenge where hash = $1 and ceremony = $2 and bound_to = $3 and (expires_at > $4) is true`

const spendChallenge = statement<Spent>('webauthn:spend-challenge', spending)

const forgetExpired = statement<[Date]>(
  'webauthn:forget-expired',
  'delete from challenge where expires_at <= $1',
  'unhurried',
)

const fixRpId = statement<[string]>(
  'webauthn:fix-rp-id',
  'insert into installation (id, rp_id) values (1, $1) on conflict (id) do nothing',
)

const fixedRpId = statement<[], { rpId: string }>('webauthn:fixed-rp-id', 'select rp_id as "rpId" from installation')

/** The room's tables: `challenge`, which a crash empties, and `installation`. */
export const webauthnStore = (store: Store) => ({
  addChallenge: (hash: Buffer, ceremony: Ceremony, boundTo: string, expiresAt: Date) =>
    store.run(addChallenge, [hash, ceremony, boundTo, expiresAt]),
  /** Whether this call, and no other, spent it; committed by itself, so that no later failure brings it back. */
  spendChallenge: async (...spent: Spent) => (await store.run(spendChallenge, spent)) === 1,
  /** The same, and in the same round trip what is asked about the answer. Committed before either is heard of. */
  spendChallengeAsking: <T>(spent: Spent, asked: Question<T>) =>
    store.ask(
      both(
        question(spendChallenge, spent, ({ count }) => count === 1),
        asked,
      ),
    ),
  forgetExpired: (now: Date) => store.run(forgetExpired, [now]),
  /** Fixes the RP ID if none is fixed yet. @returns the one that is fixed */
  fixRpId: async (rpId: string) => {
    await store.run(fixRpId, [rpId])
    return (await store.row(fixedRpId, []))?.rpId
  },
})

export type WebauthnStore = ReturnType<typeof webauthnStore>
