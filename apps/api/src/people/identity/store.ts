import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { Evidence } from './evidence.ts'

const addEvidence = statement<
  readonly [
    ...[id: string, personId: string, level: number, part: string, document: string, numberHash: Buffer | null],
    ...[numberEnd: string | null, nameOnDocument: string, method: string, provedBy: string | null, provedAt: Date],
  ]
>(
  'people:add-evidence',
  `insert into identity_evidence (id, person_id, level, part, document, number_hash, number_end, name_on_document, method,
     proved_by, proved_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
)

const evidenceOf = statement<readonly [string], Evidence>(
  'people:evidence-of',
  `select level, part, document, number_end as "numberEnd", name_on_document as "nameOnDocument", method,
     proved_by as "provedBy", proved_at as "provedAt"
   from identity_evidence where person_id = $1 order by proved_at, array_position(array['photo', 'address', 'other'], part)`,
)

const removeEvidence = statement<readonly [string]>(
  'people:remove-evidence',
  'delete from identity_evidence where person_id = $1',
)

export interface NewEvidence extends Evidence {
  id: string
  personId: string
  numberHash: Buffer | null
}

/** The room's table `identity_evidence`. */
export const evidenceStore = (store: Store) => ({
  add: (tx: Transaction, e: NewEvidence) => {
    const document = [e.id, e.personId, e.level, e.part, e.document, e.numberHash] as const
    const rest = [e.numberEnd, e.nameOnDocument, e.method, e.provedBy, e.provedAt] as const
    return store.run(addEvidence, [...document, ...rest], tx)
  },
  of: (personId: string) => store.rows(evidenceOf, [personId]),
  removeAll: (tx: Transaction, personId: string) => store.run(removeEvidence, [personId], tx),
})

export type EvidenceStore = ReturnType<typeof evidenceStore>
