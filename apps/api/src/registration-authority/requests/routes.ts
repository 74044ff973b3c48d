import type { Route } from '#http'
import type { Deps } from '../deps.ts'

/** The desk's routes to requests and their decisions. */
export const requestRoutes = (_deps: Deps): Route[] => []
