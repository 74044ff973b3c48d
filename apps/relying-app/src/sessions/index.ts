/**
 * Sessions: who is logged in here. Fobwatch has a session of its own, which ends by itself or when someone logs out.
 * Invariant: a session is found by a secret that only its browser has, and begins under a new one.
 */
export { cookieName } from './cookie-name.ts'
export type { Session, Sessions } from './sessions.ts'
export { createSessions } from './sessions.ts'
export { createShelf, type Over } from './shelf.ts'
