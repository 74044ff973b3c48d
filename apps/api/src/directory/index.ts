/**
 * Directory: people for other systems. An HR system feeds them in by SCIM 2.0, and applications ask who somebody is and
 * which roles they hold. Endpoints: /scim/v2 and /directory/v1. Owns the table `fed_person`.
 * Invariant: whoever comes is an application with an access token of its own, never a person; it meets the people of the
 * organisation that its registration names, or those whom its kind may meet, and what it does to one is recorded as at the
 * desk.
 * Neighbours: `oidc` looks at the token; `people`, `access` and the deeds of the desk are handed in by `app.ts`.
 */
import { apisOf } from './apis.ts'
import { directoryRoutes } from './applications/routes.ts'
import type { ScimDeps } from './scim/deps.ts'
import { createInTurn } from './scim/in-turn.ts'
import { scimRoutes } from './scim/routes.ts'
import { feedStore, type Store } from './scim/store.ts'

export { apisOf } from './apis.ts'
export type { Newcomer } from './scim/deps.ts'
export { scimForm } from './scim/scim-form.ts'

type Deps = Omit<ScimDeps, 'store' | 'base' | 'inTurn'> &
  Parameters<typeof directoryRoutes>[0] & {
    store: Store
    /** The origin that the service is known by. */
    issuer: string
  }

/** Opens the room. */
export const createDirectory = ({ store, issuer, ...rest }: Deps) => {
  const feeds = feedStore(store)
  return {
    directoryRoutes: directoryRoutes(rest),
    scimRoutes: scimRoutes({
      ...rest,
      store: feeds,
      inTurn: createInTurn(),
      base: `${apisOf(issuer).scim.resource}/v2`,
    }),
    /** Forgets what feeds said of a person. */
    forgetPerson: feeds.forgetPerson,
    /** What feeds said of a person. */
    saidOf: feeds.saidOf,
  }
}

export type Directory = ReturnType<typeof createDirectory>
