/**
 * Directory: people for other systems. An HR system feeds them in by SCIM 2.0, and applications ask who somebody is and
 * which roles they hold. Endpoints: /scim/v2 and /directory/v1. Owns the table `fed_person`.
 * Invariant: whoever comes is an application with an access token of its own, never a person; it meets the people of the
 * organisation that its registration names, or those whom its kind may meet, and what it does to one is recorded as at the
 * desk.
 * Neighbours: `oidc` looks at the token; `people`, `access` and the deeds of the desk are handed in by `app.ts`.
 */
import { directoryRoutes } from './applications/routes.ts'

export { apisOf } from './apis.ts'

type Deps = Parameters<typeof directoryRoutes>[0]

/** Opens the room. */
export const createDirectory = (deps: Deps) => ({
  directoryRoutes: directoryRoutes(deps),
})
