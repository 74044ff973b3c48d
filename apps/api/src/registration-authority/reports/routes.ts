import type { Route } from '#http'
import type { Deps } from '../deps.ts'

/** The desk's routes to lists of work, reports and bulk assignment. */
export const reportRoutes = (_deps: Deps): Route[] => []
