/**
 * Sessions: the truth about who is signed in where. Owns `session`, `session_application` and `role_use`,
 * /api/session, /api/sessions, /api/shared-device and /api/developers.
 * Invariant: whether a session is alive is worked out at every look, from its own times and from the status of its
 * person and authenticator; nothing else in the service keeps that answer. Whatever ends one says so to the applications
 * that took part, through the outbox.
 * Neighbours: `sign-in` opens sessions, `authenticators` ends what one opened that is lost, paused or gone, and `oidc`
 * hangs codes and tokens on their applications.
 */
import type { HeldRole } from '@fobwatch/contracts'
import type { RecordAlone, RecordEvent } from '#audit'
import type { Publish } from '#jobs'
import type { InTransaction } from '#kernel'
import { findGrant, noteUse } from './applications/find-grant.ts'
import { joining } from './applications/joining.ts'
import { revokeGrant, revokeGrantsOf } from './applications/revoke-grant.ts'
import { applicationStore } from './applications/store.ts'
import { listBeside } from './beside/list-beside.ts'
import { besideStore } from './beside/store.ts'
import { takeUpSession } from './beside/take-up.ts'
import { endAll } from './ending/end-all.ts'
import { endOverdue } from './ending/end-overdue.ts'
import { endSession, endSessionsOf, endSessionsOfPerson } from './ending/end-sessions.ts'
import { endAndRecord, signOut } from './ending/sign-out.ts'
import { endingStore } from './ending/store.ts'
import { forgetEnded } from './forgetting/forget-ended.ts'
import { forgettingStore } from './forgetting/store.ts'
import { findLiveSession, lookAtSession, openFirstSession, openSession, renewSession } from './live-sessions.ts'
import { endMine, endMyOthers } from './mine/end-mine.ts'
import { listMine } from './mine/list-mine.ts'
import { placesOf } from './mine/places.ts'
import { mineStore } from './mine/store.ts'
import { whyLoggedOut } from './mine/why-logged-out.ts'
import { requireLive } from './require-live.ts'
import { sessionRoutes } from './routes.ts'
import { limitsAt, type SessionPolicy } from './rules.ts'
import { markShared, showShared } from './shared-device.ts'
import { showSession } from './show-session.ts'
import { lookParams, type Store, sessionStore } from './store.ts'
import { tellingStore } from './telling/store.ts'
import { type TellDeps, tellApplication } from './telling/tell-application.ts'
import { logoutTestApplications, testLogout, testLogoutByCommand } from './telling/test-logout.ts'

export {
  findingGrant,
  type Grant,
  type JoinParams,
  joiningApplication,
  type Told,
} from './applications/store.ts'
export { sessionCommands } from './commands.ts'
export type { Opened } from './live-sessions.ts'
export { isFresh, isWithin, type OwnLimits, type SessionPolicy } from './rules.ts'
export type { Assertion, LiveSession, LookParams } from './store.ts'

interface Deps extends TellDeps {
  store: Store
  policy: SessionPolicy
  /** For how many days a session is kept that has ended. */
  keptDays: number
  inTransaction: InTransaction
  record: RecordEvent
  recordAlone: RecordAlone
  publish: Publish
  rolesHeldBy: (personId: string) => Promise<HeldRole[]>
  tasksOf: (personId: string) => Promise<string[]>
  reachableLevel: (personId: string) => Promise<number>
}

/** Opens the room. */
export const createSessions = (deps: Deps) => {
  const store = {
    ...sessionStore(deps.store),
    ...applicationStore(deps.store),
    ...endingStore(deps.store),
    ...besideStore(deps.store),
  }
  const mine = mineStore(deps.store)
  const tests = { ...deps, telling: tellingStore(deps.store) }
  const room = { store, now: deps.now, policy: deps.policy, publish: deps.publish }
  const verbs = { findLiveSession: findLiveSession(room), endSession: endSession(room) }
  return {
    ...verbs,
    lookAtSession: lookAtSession(room),
    openSession: openSession(room),
    openFirstSession: openFirstSession(room),
    renewSession: renewSession(room),
    listBeside: listBeside(room),
    takeUpSession: takeUpSession(room),
    endSessionsOf: endSessionsOf(room),
    endSessionsOfPerson: endSessionsOfPerson(room),
    placesOf: placesOf({ ...room, mine }),
    forgetBrowsers: store.forgetBrowsers,
    endAll: endAll({ ...room, inTransaction: deps.inTransaction }),
    endOverdue: endOverdue({ ...room, inTransaction: deps.inTransaction }),
    forgetEnded: forgetEnded({ ...deps, store: forgettingStore(deps.store) }),
    requireLive: requireLive(room),
    /** Delivers a `session-ended` of the outbox. */
    tellApplication: tellApplication(deps),
    testLogoutByCommand: testLogoutByCommand(tests),
    /** Sets the role that a session acts in; zero rows when it has ended. */
    chooseRole: store.chooseRole,
    keepSignOut: store.keepSignOut,
    lastUseOf: store.lastUseOf,
    joining: joining(room),
    hasJoined: store.hasJoined,
    findGrant: findGrant(room),
    noteUse: noteUse(room),
    /** What `findingGrant` is to be given now. */
    limits: async () => lookParams(limitsAt(deps.now(), deps.policy)),
    /** The grant that an application was given last in a session, and since when; whether it is alive, `findGrant` says. */
    findGrantOf: store.findGrantOf,
    revokeGrant: revokeGrant({ ...deps, ...room }),
    revokeGrantsOf: revokeGrantsOf(room),
    signOut: endAndRecord({ ...deps, ...verbs }),
    routes: sessionRoutes({
      showSession: showSession({ ...deps, ...verbs }),
      signOut: signOut({ ...deps, ...verbs }),
      whyLoggedOut: whyLoggedOut({ ...room, mine }),
      listMine: listMine({ ...deps, mine }),
      endMine: endMine({ ...deps, ...room }),
      endMyOthers: endMyOthers({ ...deps, ...room }),
      showShared,
      markShared: markShared(room),
      logoutTestApplications: logoutTestApplications(tests),
      testLogout: testLogout(tests),
    }),
  }
}

export type Sessions = ReturnType<typeof createSessions>
