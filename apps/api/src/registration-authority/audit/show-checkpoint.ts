import type { AuditCheckpoint } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'

/**
 * The newest checkpoint of the log, for whoever keeps it elsewhere. It names nobody, and tells nothing but how much there is.
 * @throws Refusal `not_found` while nothing is in the log
 */
export const showCheckpoint =
  ({ auditChain }: Pick<Deps, 'auditChain'>) =>
  async (): Promise<AuditCheckpoint> => {
    const newest = await auditChain.newestCheckpoint()
    if (!newest) throw new Refusal('not_found')
    const { batch, events, hash, at, jws } = newest
    return { batch, events, hash, at: at.toISOString(), checkpoint: jws, keys: await auditChain.publicKeys() }
  }
