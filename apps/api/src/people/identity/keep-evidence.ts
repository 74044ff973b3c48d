import type { DocumentKind, ShownDocument } from '@fobwatch/contracts'
import type { RecordEvent } from '#audit'
import { type Now, newId, type Transaction } from '#kernel'
import type { ProofOfIdentity } from './evidence.ts'
import { endOf } from './rules.ts'
import type { EvidenceStore } from './store.ts'

interface Deps {
  evidence: EvidenceStore
  hashNumber: (document: DocumentKind, number: string) => Buffer
  record: RecordEvent
  now: Now
}

/** Keeps what was shown, without the numbers, and records that it was: which kinds, and by whom. */
export const keepEvidence =
  ({ evidence, hashNumber, record, now }: Deps) =>
  async (tx: Transaction, { personId, level, how, actor, requestId, evidence: shown }: ProofOfIdentity) => {
    const common = { personId, level, method: how, provedBy: actor, provedAt: now() }
    const kept = ({ part, document, number, nameOnDocument }: ShownDocument) => ({
      ...{ id: newId(), ...common, part, document, nameOnDocument },
      numberHash: number ? hashNumber(document, number) : null,
      numberEnd: number ? endOf(number) : null,
    })
    for (const each of shown) await evidence.add(tx, kept(each))
    await record(tx, {
      ...{ type: 'identity-proved', person: personId, actor, requestId },
      details: { level, how, documents: shown.map(({ document }) => document) },
    })
  }
