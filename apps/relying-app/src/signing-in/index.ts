/**
 * Signing in: how someone comes to have a session here, and how they leave. Owns /sign-in, /callback, /sign-out and /session.
 * Invariant: a session begins only when the browser that set out comes back with its state, a code that Fobwatch
 * redeems, and two tokens that pass every check. The only room that knows the OpenID Connect library.
 */
export { createAttempts } from './attempts.ts'
export { createFobwatch } from './fobwatch.ts'
export { createForLoggedIn, type ForLoggedIn, type Visit } from './for-logged-in.ts'
export { createLogInAgain, type LogInAgain } from './log-in-again.ts'
export { signingInRoutes } from './routes.ts'
export { createSendFault, type SendFault } from './send-fault.ts'
export { createVisitorOf, type VisitorOf } from './visitor.ts'
