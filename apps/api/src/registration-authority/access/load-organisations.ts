import type { LoadedOrganisations } from '#access'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'

/**
 * Loads organisations by command, for whoever runs the service.
 * @param under code of the organisation below which those go whose parent the file does not say
 * @throws Refusal `not_found` where there is no such organisation
 */
export const loadOrganisationsByCommand =
  (deps: Pick<Deps, 'access' | 'inTransaction' | 'record'>) =>
  (csv: string, { under, dryRun }: { under?: string | undefined; dryRun: boolean }): Promise<LoadedOrganisations> =>
    deps.inTransaction(async (tx) => {
      if (under !== undefined && !(await deps.access.findOrganisation(under, tx)))
        throw new Refusal('not_found', undefined, [`No organisation has the code ${under}.`])
      const loaded = await deps.access.loadOrganisations(tx, csv, { under, apply: !dryRun })
      const { faults, ...details } = loaded
      if (!dryRun && faults.length === 0) await deps.record(tx, { type: 'organisation-added', details })
      return loaded
    })
