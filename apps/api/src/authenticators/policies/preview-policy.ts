import type { PolicyPreview } from '@fobwatch/contracts'
import type { PolicyDeps } from './deps.ts'
import { type Change, lockedOutBy } from './locked-out.ts'

/** Says whom a change would lock out, and which version it would change. Nothing is changed. */
export const previewPolicy =
  (deps: Omit<PolicyDeps, 'record'>) =>
  async (change: Change): Promise<PolicyPreview> => {
    const row = await deps.store.find(change)
    return { version: row?.version ?? 0, ...(await lockedOutBy(deps)(change)) }
  }
