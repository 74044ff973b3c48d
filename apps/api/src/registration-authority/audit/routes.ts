import type { Route } from '#http'
import type { Deps } from '../deps.ts'

/** The desk's routes to the log. */
export const auditRoutes = (_deps: Deps): Route[] => []
