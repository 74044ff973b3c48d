/**
 * The chain over the log: which events were stored, sealed in batches, each to the one before it, and signed.
 * Owns the tables `audit_batch` and `audit_leaf`, the commands `fobwatch audit …`, and the form of exports.
 * Invariant: every event is in one batch and no event in two; a batch is never changed; whoever writes an event waits for
 * nobody who seals.
 */
import type { Now } from '#kernel'
import { exportLines } from '../export/export-lines.ts'
import type { PublicKey } from '../export/lines.ts'
import type { RecordAlone } from '../record.ts'
import { checkPart } from './check.ts'
import type { SignCheckpoint } from './checkpoint.ts'
import { newestCheckpoint } from './newest-checkpoint.ts'
import { seal, sealOvertaken } from './seal.ts'
import { chainStore, type Store } from './store.ts'

interface Deps {
  store: Store
  now: Now
  issuer: string
  sign: SignCheckpoint
  /** All keys with which a checkpoint may have been signed, those of long ago too. */
  publicKeys: () => Promise<PublicKey[]>
  recordAlone: RecordAlone
  onDamage: (faults: readonly string[]) => void
}

/** Opens the chain. */
export const createAuditChain = ({ store, ...rest }: Deps) => {
  const deps = { ...rest, store: chainStore(store) }
  const sealing = { ...deps, seal: seal(deps) }
  return {
    seal: sealing.seal,
    sealOvertaken: sealOvertaken(deps),
    checkPart: checkPart(deps),
    waiting: deps.store.waiting,
    newestCheckpoint: newestCheckpoint(sealing),
    publicKeys: deps.publicKeys,
    exportLines: exportLines(sealing),
    recordAlone: deps.recordAlone,
  }
}

export type AuditChain = ReturnType<typeof createAuditChain>
