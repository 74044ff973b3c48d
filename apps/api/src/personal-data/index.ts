/**
 * Personal data: what the law lets a person ask for (UK GDPR articles 15 and 20). All that is held about somebody, for
 * themselves and for the desk on their behalf, and what was done by them and to them.
 * Endpoints: /api/me. Owns no table.
 * Invariant: somebody is shown what is held about themselves; of others no more than the name and the role of whoever did
 * something to them.
 * Neighbours: each room below tells what it holds; the desk exports and erases for somebody, and erases through the doors
 * of those rooms.
 */
import type { Access } from '#access'
import type { OpenFields, RecordAlone } from '#audit'
import type { Authenticators } from '#authenticators'
import type { Now } from '#kernel'
import type { People } from '#people'
import { addressesOf } from './addresses-of.ts'
import { everythingAbout } from './everything-about.ts'
import { personalDataRoutes } from './routes.ts'
import { personalDataStore, type Store } from './store.ts'

interface Deps {
  store: Store
  now: Now
  recordAlone: RecordAlone
  openFields: OpenFields
  people: People
  access: Access
  authenticators: Authenticators
  /** What HR systems said of a person. */
  fedOf: (personId: string) => Promise<readonly object[]>
}

/** Opens the room. */
export const createPersonalData = ({ store, ...rest }: Deps) => {
  const deps = { ...rest, store: personalDataStore(store) }
  return {
    routes: personalDataRoutes(deps),
    everythingAbout: everythingAbout(deps),
    addressesOf: addressesOf(deps),
  }
}

export type PersonalData = ReturnType<typeof createPersonalData>
