/**
 * HTTP: everything between a socket and a verb. Routes as tables, guards by name, refusals to status codes, headers,
 * cookies, pages, health and the OpenAPI page.
 * Invariant: nothing leaves but what a response schema names, and no error text but a refusal's own sentence.
 * Neighbours: every room hands its table to `app.ts`, which registers it here; what stands behind a guard comes from there.
 */
export { type CookieNames, cookieNames } from './cookies.ts'
export { refuseUnknownBelow, registerErrors } from './errors.ts'
export { type FollowRequest, followRequests } from './follow-requests.ts'
export { registerFrontEnd } from './front-end.ts'
export { registerHeaders } from './headers.ts'
export { registerHealth, type WhyNot } from './health.ts'
export { admitAddress, admitRow, type Bounds, type KnownBrowsers } from './limits.ts'
export { registerModelIcons } from './model-icons.ts'
export { senderOf } from './network-of.ts'
export { registerOpenapi } from './openapi.ts'
export { refuseOtherMethods, routeOf } from './other-methods.ts'
export { type Pressure, watchPressure } from './pressure.ts'
export { type Guard, type HttpDeps, registerRoutes } from './register-routes.ts'
export {
  type AnswerForm,
  type Download,
  type GuardName,
  type Input,
  type LimitName,
  type Output,
  type Route,
  type RouteSchema,
  route,
} from './route.ts'
export { refuseCrossSite } from './same-site.ts'
export { compileSchemas } from './schemas.ts'
export { registerShedding, type Standing } from './shed.ts'
export { type Traffic, watchTraffic } from './traffic.ts'
export { type Application, applicationOf, type SignedIn, type Visit, visitor } from './visit.ts'
