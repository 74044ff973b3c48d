import { type Store, statement, type Transaction } from '@fobwatch/store'
import type { EndedWhy } from '#kernel'

/** The end of a session: when, why, and how far back the start of one may lie that an application can still go on with. */
export interface End {
  at: Date
  why: EndedWhy
  startedSince: Date
}

/** A session that has just ended and an application that took part in it, if one did. */
export interface Ended {
  sessionId: string
  personId: string
  /** Null where there was none, or where the session was over long ago. */
  clientId: string | null
}

// An application may go on after our idle limit, but not after the longest that a session lasts, which is $3.
const ending = (name: string, which: string) =>
  statement<[Date, string, Date, ...(string | Buffer | null)[]], Ended>(
    name,
    `with ended as (
       update session set ended_at = $1, ended_why = $2, sign_out_state = null
       where ended_at is null and ${which} returning id, person_id, created_at)
     select e.id as "sessionId", e.person_id as "personId", a.client_id as "clientId"
     from ended e left join session_application a on a.session_id = e.id and e.created_at > $3
     order by 1, 3`,
  )

const endSession = ending('sessions:end', 'id = $4')
const endOthersIn = ending(
  'sessions:end-others-in',
  '(browser_hash = $4 or secret_hash = $5) and id is distinct from $6',
)
const endOpenedWith = ending('sessions:end-opened-with', 'authenticator_id = $4')

// A session that goes on with another authenticator: what its applications were given came from this one.
const revokeDrawnFrom = statement<[Date, string], Ended>(
  'sessions:revoke-drawn-from',
  `update session_application a set revoked_at = $1 from session s
   where a.authenticator_id = $2 and a.revoked_at is null and s.id = a.session_id and s.ended_at is null
   returning s.id as "sessionId", s.person_id as "personId", a.client_id as "clientId"`,
)

/** How sessions end, and what hangs on them with them. */
export const endingStore = (store: Store) => ({
  /** Ends what a browser has, but for one session. Those that are not alive end too, so that nothing brings them back. */
  endOthersIn: (tx: Transaction, browser: Buffer, secret: Buffer | null, kept: string | null, end: End) =>
    store.rows(endOthersIn, [end.at, end.why, end.startedSince, browser, secret, kept], tx),
  /** Nothing when it had ended before. */
  end: (tx: Transaction, id: string, { at, why, startedSince }: End) =>
    store.rows(endSession, [at, why, startedSince, id], tx),
  /** Ends what an authenticator opened, and what applications were given with it in a session that goes on. */
  endOpenedWith: async (tx: Transaction, authenticatorId: string, { at, why, startedSince }: End) => ({
    ended: await store.rows(endOpenedWith, [at, why, startedSince, authenticatorId], tx),
    revoked: await store.rows(revokeDrawnFrom, [at, authenticatorId], tx),
  }),
})

export type EndingStore = ReturnType<typeof endingStore>
