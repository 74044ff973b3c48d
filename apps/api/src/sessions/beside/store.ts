import { type Store, statement, type Transaction } from '@fobwatch/store'
import { type Limits, type LiveSession, live } from '../store.ts'

/** Whether a live session is one of those that may stand beside others in a browser, in SQL. @param browser its hash */
const standsIn = (browser: string): string => `s.browser_hash = ${browser} and p.sandbox_only and not s.shared`

const besideIn = statement<[Buffer, Date, Date, Date], LiveSession>(
  'sessions:beside-in',
  `${live} and ${standsIn('$1')} order by s.created_at, s.id`,
)

// Whoever has the old secret has nothing: it is as if the session had just been opened. Nor is it activity yet: how long it
// was idle is for the application to hold against it.
const takeUp = statement<[string, Date, Date, Date, Buffer, Buffer], LiveSession>(
  'sessions:take-up',
  `with live as (${live} and s.id = $1 and ${standsIn('$5')}),
   taken as (update session set secret_hash = $6
     where id = (select "sessionId" from live) and ended_at is null returning id)
   select live.* from live join taken on taken.id = live."sessionId"`,
)

// A hash that nobody knows a secret for: until it is taken up again, no cookie opens it.
const setAside = statement<[Buffer, string]>(
  'sessions:set-aside',
  `update session set secret_hash = sha256(uuid_send(gen_random_uuid()))
   where browser_hash = $1 and id <> $2 and ended_at is null`,
)

/** The sessions of a browser that may stand beside one another: those of people of the sandbox. */
export const besideStore = (store: Store) => ({
  besideIn: (browserHash: Buffer, { now, activeSince, startedSince }: Limits) =>
    store.rows(besideIn, [browserHash, now, activeSince, startedSince]),
  /** Gives a live one of this browser a new secret; nothing where there is no such one. */
  takeUp: (tx: Transaction, id: string, browserHash: Buffer, secretHash: Buffer, limits: Limits) =>
    store.row(takeUp, [id, limits.now, limits.activeSince, limits.startedSince, browserHash, secretHash], tx),
  /** Lets no cookie open what a browser has, but for one session. */
  setAside: (tx: Transaction, browserHash: Buffer, kept: string) => store.run(setAside, [browserHash, kept], tx),
})

export type BesideStore = ReturnType<typeof besideStore>
