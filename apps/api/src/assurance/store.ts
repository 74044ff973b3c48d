import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { Anchor } from './trust/trust-of.ts'

export type { Store } from '@fobwatch/store'

/** An anchor as it is kept. */
export interface KeptAnchor extends Anchor {
  id: string
  name: string
  /** Null: for everyone. */
  organisationId: string | null
}

/** Which blob is kept, without it. */
export interface BlobVersion {
  number: number
  loadedAt: Date
}

/** A blob as it is kept. */
export interface KeptBlob extends BlobVersion {
  nextUpdate: Date
  blob: string
}

const anchorColumns = 'id, organisation_id as "organisationId", name, certificate, hardware, platform'

const anchorsFor = statement<[string[]], KeptAnchor>(
  'assurance:anchors-for',
  `select ${anchorColumns} from trust_anchor
   where removed_at is null and (organisation_id is null or organisation_id = any($1::uuid[])) order by added_at, id`,
)

/** An anchor, and the organisation whose people it counts for; nulls where it is everyone. */
export interface ListedAnchor extends KeptAnchor {
  organisationCode: string | null
  organisationName: string | null
  addedAt: Date
}

const anchors = statement<[], ListedAnchor>(
  'assurance:anchors',
  `select t.id, t.organisation_id as "organisationId", t.name, t.certificate, t.hardware, t.platform,
     o.code as "organisationCode", o.name as "organisationName", t.added_at as "addedAt"
   from trust_anchor t left join organisation o on o.id = t.organisation_id
   where t.removed_at is null order by t.added_at, t.id`,
)

// Of two who add one certificate at once the second sees what the first did: of two anchors, ending one would end no trust.
const lockAnchors = statement<[]>(
  'assurance:lock-anchors',
  "select pg_advisory_xact_lock(hashtext('fobwatch:anchors'))",
)

const addAnchor = statement<
  [
    id: string,
    organisationId: string | null,
    name: string,
    certificate: Buffer,
    hardware: boolean,
    platform: string | null,
    at: Date,
  ]
>(
  'assurance:add-anchor',
  `insert into trust_anchor (id, organisation_id, name, certificate, hardware, platform, added_at)
   select $1::uuid, $2::uuid, $3, $4::bytea, $5, $6, $7
   where not exists (select from trust_anchor
     where certificate = $4::bytea and organisation_id is not distinct from $2::uuid and removed_at is null)`,
)

const removeAnchor = statement<[string, Date]>(
  'assurance:remove-anchor',
  'update trust_anchor set removed_at = $2 where id = $1 and removed_at is null',
)

const blobVersion = statement<[], BlobVersion>(
  'assurance:blob-version',
  'select number, loaded_at as "loadedAt" from metadata_blob',
)

const findBlob = statement<[], KeptBlob>(
  'assurance:find-blob',
  'select number, next_update as "nextUpdate", blob, loaded_at as "loadedAt" from metadata_blob',
)

// One that is not newer changes nothing, unless what is there is what the caller found not to be believed.
const saveBlob = statement<[number: number, nextUpdate: Date, blob: string, at: Date, unbelieved: Date | null]>(
  'assurance:save-blob',
  `insert into metadata_blob as kept (id, number, next_update, blob, loaded_at) values (1, $1, $2, $3, $4)
   on conflict (id) do update set number = $1, next_update = $2, blob = $3, loaded_at = $4
   where kept.number < $1 or kept.loaded_at = $5`,
)

/** The room's tables: `trust_anchor` and `metadata_blob`. */
export const assuranceStore = (store: Store) => ({
  /** Of these organisations, and of the whole service. */
  anchorsFor: (organisationIds: readonly string[], tx?: Transaction) =>
    store.rows(anchorsFor, [[...organisationIds]], tx),
  anchors: (tx?: Transaction) => store.rows(anchors, [], tx),
  /** Zero when it is there already. */
  addAnchor: async (tx: Transaction, a: Omit<KeptAnchor, 'certificate'> & { certificate: Buffer }, at: Date) => {
    await store.rows(lockAnchors, [], tx)
    return store.run(addAnchor, [a.id, a.organisationId, a.name, a.certificate, a.hardware, a.platform, at], tx)
  },
  /** Zero when there is none of this id. */
  removeAnchor: (tx: Transaction, id: string, at: Date) => store.run(removeAnchor, [id, at], tx),
  blobVersion: () => store.row(blobVersion, []),
  findBlob: () => store.row(findBlob, []),
  /** Zero when what is kept is not older. @param unbelieved when the blob was loaded that may be replaced by any */
  saveBlob: (tx: Transaction, { number, nextUpdate, blob, loadedAt }: KeptBlob, unbelieved: Date | null) =>
    store.run(saveBlob, [number, nextUpdate, blob, loadedAt, unbelieved], tx),
})

export type AssuranceStore = ReturnType<typeof assuranceStore>
