import type { Route } from '#http'
import type { Deps } from '../deps.ts'

/** The desk's routes to organisations, positions and who is in them. */
export const accessRoutes = (_deps: Deps): Route[] => []
