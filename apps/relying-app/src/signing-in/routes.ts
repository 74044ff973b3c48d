import type { RouteOptions } from 'fastify'
import { begin } from './begin.ts'
import { finish } from './finish.ts'
import { signOut } from './sign-out.ts'
import { stay, timeLeft } from './stay.ts'

type Deps = Parameters<typeof begin>[0] &
  Parameters<typeof finish>[0] &
  Parameters<typeof signOut>[0] &
  Parameters<typeof stay>[0]

/** The way in, the way out, and the way to stay. */
export const signingInRoutes = (deps: Deps): RouteOptions[] => [
  { method: 'GET', url: '/sign-in', handler: begin(deps) },
  { method: 'GET', url: '/callback', handler: finish(deps) },
  { method: 'POST', url: '/sign-out', handler: signOut(deps) },
  { method: 'GET', url: '/session', handler: timeLeft(deps) },
  { method: 'POST', url: '/session', handler: stay(deps) },
]
