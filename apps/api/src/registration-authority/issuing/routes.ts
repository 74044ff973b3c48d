import type { Route } from '#http'
import type { Deps } from '../deps.ts'

/** The desk's routes to links, codes and passes to set up a device. */
export const issuingRoutes = (_deps: Deps): Route[] => []
