/**
 * Registration authority: the desk, where agents find people, send them links to set up a device, and suspend, reinstate
 * and revoke what they log in with, where the rules of what may be used to log in are set, and applications registered.
 * Endpoints: /api/desk. Owns the tables `request`, `sign_in_day` and
 * `sign_in_counted`.
 * Invariant: an agent sees and touches people of the organisations of their own duty and those below, nobody else, and
 * never themselves. A person outside is not found, as one who does not exist is not.
 * Neighbours: `access` says how far a duty reaches, `enrolment` makes the links, `authenticators` changes what people log
 * in with and keeps the rules, `clients` looks at registrations and keeps them, `sessions` says whether the agent is still there, `cli.ts` makes the first manager.
 */
import type { Transaction } from '#kernel'
import type { Origin } from '#people'
import { catalogueByCommand } from './access/catalogue.ts'
import { loadOrganisationsByCommand } from './access/load-organisations.ts'
import { auditSearchStore } from './audit/store.ts'
import { becomeFirstManager, becomeFirstServiceOperator } from './become-first.ts'
import { clientDeeds } from './clients/deeds.ts'
import type { Deps as VerbDeps } from './deps.ts'
import { importPeople, previewImport } from './imports/import-people.ts'
import { importStore } from './imports/store.ts'
import { inviteByCommand } from './issue-invitation.ts'
import { proveByCommand } from './people/prove-by-command.ts'
import { closeOne, reinstateOne, suspendOne } from './people/standing.ts'
import { previewByCommand } from './policies/preview-policy.ts'
import { saveByCommand } from './policies/save-policy.ts'
import { showAllPolicies } from './policies/show-policies.ts'
import { bulkStore } from './reports/bulk/store.ts'
import { countSignInDays } from './reports/sign-ins.ts'
import { reportStore } from './reports/store.ts'
import { cancelAbout, cancelAll, decideByCommand, listByCommand, showByCommand } from './requests/index.ts'
import { requestStore } from './requests/store.ts'
import { deskRoutes } from './routes.ts'
import { deskStore, type Store } from './store.ts'

export { accessCommands } from './access/commands.ts'
export { clientCommands } from './clients/commands.ts'
export { registrationAuthorityCommands } from './commands.ts'
export { importCommands } from './imports/commands.ts'
export { policyCommands } from './policies/commands.ts'
export { requestCommands } from './requests/commands.ts'

type Deps = Omit<VerbDeps, 'store' | 'requests' | 'imports' | 'auditSearch' | 'reports' | 'bulk'> & { store: Store }

/** Opens the room. */
export const createRegistrationAuthority = ({ store, ...rest }: Deps) => {
  const parts = { requests: requestStore(store), imports: importStore(store), auditSearch: auditSearchStore(store) }
  const lists = { reports: reportStore(store), bulk: bulkStore(store) }
  const deps = { ...rest, store: deskStore(store), ...parts, ...lists }
  return {
    routes: deskRoutes(deps),
    becomeFirstManager: becomeFirstManager(deps),
    becomeFirstServiceOperator: becomeFirstServiceOperator(deps),
    inviteByCommand: inviteByCommand(deps),
    proveByCommand: proveByCommand(deps),
    catalogueByCommand: catalogueByCommand(deps),
    loadOrganisationsByCommand: loadOrganisationsByCommand(deps),
    showAllPolicies: showAllPolicies(deps),
    previewPolicyByCommand: previewByCommand(deps),
    savePolicyByCommand: saveByCommand(deps),
    /** Whether somebody holds the manager's duty now, or will. */
    hasManager: () => deps.store.isHeld('manager', deps.now()),
    cancelRequestsAbout: (tx: Transaction, personId: string) => cancelAbout(deps, tx, personId),
    cancelAllRequests: (tx: Transaction) => cancelAll(deps, tx),
    previewImport: previewImport(deps),
    importPeople: importPeople(deps),
    /** Pauses, starts again and closes somebody for an HR system, with all that the desk does. */
    suspendByFeed: (tx: Transaction, personId: string, by: Origin) =>
      suspendOne(deps, tx, by, { personId, because: 'feed' }),
    reinstateByFeed: (tx: Transaction, personId: string, by: Origin) => reinstateOne(deps, tx, by, { personId }),
    closeByFeed: (tx: Transaction, personId: string, by: Origin) =>
      closeOne(deps, tx, by, { personId, because: 'left' }),
    /** Counts the log ins of days that are over, for the report of them. */
    countSignInDays: countSignInDays(deps),
    listRequests: listByCommand(deps),
    showRequest: showByCommand(deps),
    decideRequest: decideByCommand(deps),
    listClients: deps.clients.listClients,
    showClient: deps.clients.showClient,
    listApis: deps.clients.listApis,
    ...clientDeeds(deps),
  }
}

export type RegistrationAuthority = ReturnType<typeof createRegistrationAuthority>
