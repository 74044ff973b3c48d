import type { Standing } from '#http'

/** Where somebody goes on with what they, or others for them, have begun. */
const goingOn = new Set([
  '/authorize/:uid',
  '/token',
  '/userinfo',
  '/introspect',
  '/revoke',
  '/jwks',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/logout',
  '/logout/confirm',
  '/logout/success',
  '/sign-in/:interaction',
  '/sign-in/:interaction/state',
  '/sign-in/:interaction/assertion',
  '/sign-in/:interaction/account',
  '/sign-in/:interaction/role',
  '/sign-in/:interaction/decline',
  '/sign-in/:interaction/leave',
  '/api/session',
  '/api/session/assertion',
  '/api/enrolment',
  '/api/enrolment/name',
  '/api/enrolment/undo',
])

/** Files of the front end, which the pages of whoever is in the middle of something are made of. */
const assets = '/assets/'

/** What is asked from outside while nothing else is answered. */
const howWeAre = new Set(['/health/live', '/health/ready', '/metrics'])

/**
 * What a request is to whoever sends it, by its route. Whatever is not named begins something: a log in, the set-up of a device,
 * and everything at the desk.
 */
export const standingOf = (route: string | undefined): Standing => {
  if (route === undefined) return 'beginning'
  if (goingOn.has(route) || route.startsWith(assets)) return 'going-on'
  return howWeAre.has(route) ? 'asking-how-we-are' : 'beginning'
}
