import type { RecordEvent } from '#audit'
import { type Now, newId, type Transaction } from '#kernel'
import type { ProofOfIdentity } from './evidence.ts'
import type { EvidenceStore } from './store.ts'

interface Deps {
  evidence: EvidenceStore
  record: RecordEvent
  now: Now
}

/** Keeps what was shown, and records that it was: which kinds of documents, by whom and how. */
export const keepEvidence =
  ({ evidence, record, now }: Deps) =>
  async (tx: Transaction, { personId, level, how, actor, requestId, evidence: seen }: ProofOfIdentity) => {
    const common = { personId, level, method: how, provedBy: actor, provedAt: now() }
    for (const { numberHash, ...document } of seen) {
      const hash = numberHash === null ? null : Buffer.from(numberHash, 'base64url')
      await evidence.add(tx, { id: newId(), ...common, ...document, numberHash: hash })
    }
    await record(tx, {
      ...{ type: 'identity-proved', person: personId, actor, requestId },
      details: { level, how, documents: seen.map(({ document }) => document) },
    })
  }
