import { type Store, statement, type Transaction } from '@fobwatch/store'
import type { EndedWhy } from '#kernel'
import { openSince } from '../store.ts'

/** The end of a session: when, and why. */
export interface End {
  at: Date
  why: EndedWhy
}

/** A session that has just ended and an application that took part in it, if one did. */
export interface Ended {
  sessionId: string
  personId: string
  /** Null where there was none. */
  clientId: string | null
}

/** A browser, by the hash of its own secret and that of the session cookie which it sent, if it sent one. */
export interface BrowserHashes {
  browserHash: Buffer
  cookieHash: Buffer | null
}

/** Whoever signs in: their session that goes on, if one does, and whether other people use the browser too. */
export interface Newcomer {
  personId: string
  sessionId: string | null
  shared: boolean
}

const ending = (name: string, which: string) =>
  statement<[Date, string, ...(string | readonly string[] | Buffer | Date | number | boolean | null)[]], Ended>(
    name,
    `with ended as (
       update session set ended_at = $1, ended_why = $2, sign_out_state = null
       where ended_at is null and ${which} returning id, person_id)
     select e.id as "sessionId", e.person_id as "personId", a.client_id as "clientId"
     from ended e left join session_application a on a.session_id = e.id
     order by 1, 3`,
  )

// Of sessions that its caller has locked, as are those below.
const endOthersIn = ending(
  'sessions:end-others-in',
  `(browser_hash = $3 or secret_hash = $4) and id is distinct from $5
     and (session.shared or $7 or session.person_id = $6 or browser_hash is distinct from $3
       or exists (select from person p where p.id in (session.person_id, $6) and not p.sandbox_only))`,
)

/** Locks sessions in an order that whoever ends several keeps to, so that no two wait for each other. */
const locking = (name: string, which: string) =>
  statement<(string | null)[], { id: string }>(
    name,
    `select s.id from session s where s.ended_at is null and ${which} order by s.id for update`,
  )

const lockOne = locking('sessions:lock-one', 's.id = $1')
const lockOneOf = locking('sessions:lock-one-of', 's.person_id = $1 and s.id = $2')
const lockOpenedWith = locking('sessions:lock-opened-with', 's.authenticator_id = $1')
const lockOfPerson = locking('sessions:lock-of-person', 's.person_id = $1 and s.id is distinct from $2')
const endLocked = ending('sessions:end', 'id = any($3::uuid[])')

/**
 * Ends sessions, once they are locked: an application that was coming in has come in by then, and no other does. A statement
 * sees nothing that was committed after it began, so that this takes a second one.
 */
const lockAndEnd = async (
  store: Store,
  tx: Transaction,
  lock: ReturnType<typeof locking>,
  { which, at, why }: End & { which: (string | null)[] },
): Promise<Ended[]> => {
  const ids = (await store.rows(lock, which, tx)).map(({ id }) => id)
  return ids.length === 0 ? [] : store.rows(endLocked, [at, why, ids], tx)
}

/** The oldest that have not ended, in SQL. What another instance is ending is passed over; the rest waits for the next batch. */
export const oldest = `
  select s.id from session s where ${openSince} <= $3 order by ${openSince} limit $4 for update skip locked`
const endOld = ending('sessions:end-old', `id in (${oldest})`)

/** Those that have not ended of people with a status, in SQL. */
export const ofInactive = `
  select s.id from session s join person p on p.id = s.person_id
  where ${openSince} is not null and p.status = $3 order by ${openSince} limit $4 for update of s skip locked`
const endOfInactive = ending('sessions:end-of-inactive', `id in (${ofInactive})`)

// A session that goes on with another authenticator: what its applications were given came from this one.
const revokeDrawnFrom = statement<[Date, string], Ended>(
  'sessions:revoke-drawn-from',
  `update session_application a set revoked_at = $1 from session s
   where a.authenticator_id = $2 and a.revoked_at is null and s.id = a.session_id and s.ended_at is null
   returning s.id as "sessionId", s.person_id as "personId", a.client_id as "clientId"`,
)

const forgetBrowsers = statement<[string]>(
  'sessions:forget-browsers',
  'update session set user_agent = null, browser_hash = null, sign_out_state = null where person_id = $1',
)

/** How sessions end, and what hangs on them with them. */
export const endingStore = (store: Store) => ({
  /**
   * Ends what a browser has when somebody signs in: all but their own session and, unless other people use it, those of
   * others where they and these are people of the sandbox. Those that are not alive end too, so that nothing brings them
   * back.
   */
  endOthersIn: (tx: Transaction, browser: BrowserHashes, by: Newcomer, end: End) =>
    store.rows(
      endOthersIn,
      [end.at, end.why, browser.browserHash, browser.cookieHash, by.sessionId, by.personId, by.shared],
      tx,
    ),
  /** Nothing when it had ended before. */
  end: (tx: Transaction, id: string, end: End) => lockAndEnd(store, tx, lockOne, { which: [id], ...end }),
  /** Nothing when it is another person's, or had ended before. */
  endOneOf: (tx: Transaction, personId: string, id: string, end: End) =>
    lockAndEnd(store, tx, lockOneOf, { which: [personId, id], ...end }),
  /** Ends all that a person has, but for one. */
  endOfPerson: (tx: Transaction, personId: string, kept: string | null, end: End) =>
    lockAndEnd(store, tx, lockOfPerson, { which: [personId, kept], ...end }),
  /** Takes out what tells of the browsers of somebody whose sessions have all ended. */
  forgetBrowsers: (tx: Transaction, personId: string) => store.run(forgetBrowsers, [personId], tx),
  /** Ends those that were opened by then, the oldest first, so many at most. */
  endOld: (tx: Transaction, openedBy: Date, most: number, { at, why }: End) =>
    store.rows(endOld, [at, why, openedBy, most], tx),
  /** Ends those of people with a status, so many at most. */
  endOfInactive: (tx: Transaction, status: string, most: number, { at, why }: End) =>
    store.rows(endOfInactive, [at, why, status, most], tx),
  /** Ends what an authenticator opened, and what applications were given with it in a session that goes on. */
  endOpenedWith: async (tx: Transaction, authenticatorId: string, end: End) => ({
    ended: await lockAndEnd(store, tx, lockOpenedWith, { which: [authenticatorId], ...end }),
    revoked: await store.rows(revokeDrawnFrom, [end.at, authenticatorId], tx),
  }),
})

export type EndingStore = ReturnType<typeof endingStore>
