import type { Route } from '#http'
import type { Deps } from '../deps.ts'

/** The desk's routes to people: creating, editing, suspending, closing and erasing them. */
export const peopleRoutes = (_deps: Deps): Route[] => []
