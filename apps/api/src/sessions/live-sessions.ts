import { hashOf, newId, newSecret, type Step, type Transaction } from '#kernel'
import type { LiveSessionDeps } from './deps.ts'
import { endingNow, tellApplications } from './ending/end-sessions.ts'
import { limitsAt } from './rules.ts'
import type { Assertion, LiveSession, NewSession } from './store.ts'

/** Finding counts as activity. Nobody is told why a session is not alive. */
export const findLiveSession =
  ({ store, now, policy }: LiveSessionDeps) =>
  async (secret: string | undefined): Promise<LiveSession | undefined> =>
    secret ? store.find(hashOf(secret), limitsAt(now(), policy)) : undefined

/** Finds a session without counting as activity: for whoever has yet to decide whether anything is to come of it. */
export const lookAtSession =
  ({ store, now, policy }: LiveSessionDeps) =>
  async (secret: string | undefined): Promise<LiveSession | undefined> =>
    secret ? store.look(hashOf(secret), limitsAt(now(), policy)) : undefined

export interface Opened {
  sessionId: string
  /** For the cookie; only its hash is stored. */
  secret: string
}

/** A browser, by its own secret and by that of the session cookie which it sent, if it sent one. */
export interface Browser {
  secret: string
  sessionSecret: string | undefined
}

/** A session to be opened. */
export interface Opening extends Assertion {
  personId: string
  assignmentId: string | null
  userAgent: string | undefined
  shared: boolean
  /** SHA-256 of the id of the log in that the assertion was made in. */
  assertedIn: Buffer
}

const newSession = (opening: Opening, browserHash: Buffer, { sessionId, secret }: Opened): NewSession => ({
  ...opening,
  userAgent: opening.userAgent?.slice(0, 300) ?? null,
  id: sessionId,
  secretHash: hashOf(secret),
  browserHash,
})

/**
 * Opens the first session of a browser, in steps that undo all that they are sent with where the browser has one that has
 * not ended: then `openSession` has to say what becomes of that.
 */
export const openFirstSession =
  ({ store }: Pick<LiveSessionDeps, 'store'>) =>
  (browserSecret: string, opening: Opening): { steps: Step[]; opened: Opened } => {
    const opened = { sessionId: newId(), secret: newSecret() }
    return { steps: store.openFirst(newSession(opening, hashOf(browserSecret), opened)), opened }
  }

/**
 * Opens a session in a browser for the person who made this assertion. The person's session in this browser, if one is
 * alive, is renewed, and every other of the browser ends: a browser has one live session at most, however many of its
 * tabs sign in at once. Only people of the sandbox stand beside one another, each in a session of their own: whoever
 * signed in last is current, and the others open by nothing until they are taken up. A session that was once marked as on
 * a shared device stays so.
 * @returns its id (the `sid` of tokens) and the secret for the browser
 */
export const openSession =
  (deps: LiveSessionDeps) =>
  async (tx: Transaction, { secret: browserSecret, sessionSecret }: Browser, session: Opening): Promise<Opened> => {
    const { store, now, policy } = deps
    const browserHash = hashOf(browserSecret)
    const cookieHash = sessionSecret ? hashOf(sessionSecret) : null
    const there = await store.lockIn(tx, browserHash, cookieHash, limitsAt(now(), policy))
    const own = there.find(({ personId }) => personId === session.personId)
    const end = endingNow(deps, 'replaced')
    await tellApplications(
      deps,
      tx,
      await store.endOthersIn(
        tx,
        { browserHash, cookieHash },
        {
          personId: session.personId,
          sessionId: own?.sessionId ?? null,
          shared: session.shared || own?.shared === true,
        },
        end,
      ),
      end,
    )

    const id = own?.sessionId ?? newId()
    if (there.some(({ sessionId }) => sessionId !== id)) await store.setAside(tx, browserHash, id)

    const opened = { sessionId: id, secret: newSecret() }
    if (own) {
      await store.renew(tx, own.sessionId, hashOf(opened.secret), session, { ...session, browserHash })
      if (session.assignmentId) await store.chooseRole(tx, own.sessionId, session.assignmentId)
      return opened
    }
    await store.open(tx, newSession(session, browserHash, opened))
    return opened
  }

/**
 * Notes a new assertion in a session, under a new secret, so that a cookie copied before it is worth nothing after.
 * @returns nothing when the session ended meanwhile
 */
export const renewSession =
  ({ store }: LiveSessionDeps) =>
  async (tx: Transaction, sessionId: string, assertion: Assertion): Promise<Opened | undefined> => {
    const secret = newSecret()
    const renewed = await store.renew(tx, sessionId, hashOf(secret), assertion, {
      browserHash: null,
      shared: false,
      assertedIn: null,
    })
    return renewed === 0 ? undefined : { sessionId, secret }
  }
