/**
 * Demonstration: fictional organisations and people, the ward list as a client, and a sandbox with personas, to try the
 * service with.
 * Owns no table, and /api/demonstration, which is served where FOBWATCH_MAILBOX is on; production has none of it.
 * Invariant: it adds what is missing and changes nothing that is there, so that it may run at every start. A persona logs
 * in by assertions that are verified and judged like anybody's, and to sandbox applications only.
 * Neighbours: it knocks at the doors of `people`, `access`, `clients`, `enrolment`, `registration-authority` and `mail`.
 */
import type { Deps as VerbDeps } from './deps.ts'
import { listPersonas, usePersona } from './personas/use-persona.ts'
import { firstManager, reissueLinks } from './reissue-links.ts'
import { demonstrationRoutes } from './routes.ts'
import { seedDemonstration } from './seed.ts'
import { showMailbox } from './show-mailbox.ts'
import { demonstrationStore, type Store } from './store.ts'

export type { DemonstrationPerson, FirstManager } from './reissue-links.ts'

type Deps = Omit<VerbDeps, 'store'> & { store: Store }

/** Opens the room. */
export const createDemonstration = ({ store, ...rest }: Deps) => {
  const deps = { ...rest, store: demonstrationStore(store) }
  return {
    seedDemonstration: seedDemonstration(deps),
    reissueLinks: reissueLinks(deps),
    firstManager: firstManager(deps),
    routes: demonstrationRoutes({
      showMailbox: showMailbox(deps),
      listPersonas: listPersonas(deps),
      usePersona: usePersona(deps),
    }),
  }
}

export type Demonstration = ReturnType<typeof createDemonstration>
