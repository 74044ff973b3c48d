import type { Deps } from '../deps.ts'
import type { BlobVersion } from '../store.ts'
import { metadataAt } from './metadata-at.ts'
import type { Metadata } from './model.ts'
import { readBlob } from './read-blob.ts'

type Needs = Pick<Deps, 'store' | 'now' | 'metadata' | 'onUnbelieved'>

/** The metadata of this process: read once from the row, and looked at again at a bounded age. */
export const metadataMemory = (deps: Needs) => {
  const { store, now, onUnbelieved } = deps
  const { graceDays, ...publisher } = deps.metadata
  let kept: Metadata | undefined
  let version: BlobVersion | undefined

  /** Reads the row again when it is another than before. One that the publisher did not sign is not used. */
  const lookAgain = async (): Promise<void> => {
    if (isSame(await store.blobVersion(), version)) return
    const row = await store.findBlob()
    // It was verified at that time, and its signer's certificate may have run out since.
    kept = row && (await readBlob(row.blob, { ...publisher, time: row.loadedAt }).catch(unbelieved))
    version = row && { number: row.number, loadedAt: row.loadedAt }
  }
  const unbelieved = (error: unknown): undefined => void onUnbelieved(error)

  const atNow = () => metadataAt(kept, graceDays, now())
  return {
    lookAgain,
    /** Keeps what was loaded just now. */
    keep: (metadata: Metadata, loadedAt: Date) => {
      kept = metadata
      version = { number: metadata.number, loadedAt }
    },
    /** When the row was loaded that is there and not believed. */
    unbelieved: (): Date | null => (kept ? null : (version?.loadedAt ?? null)),
    /** The metadata, however old. */
    kept: () => kept,
    metadataIsCurrent: () => atNow().isCurrent,
    /** The model of an AAGUID, while metadata is current. */
    trustedModel: (aaguid: string) => atNow().trustedModel(aaguid),
    /** What is known of a model, however old. */
    modelOf: (aaguid: string) => atNow().modelOf(aaguid),
    /** The AAGUID and the name of every model, however old. */
    modelNames: (): [aaguid: string, name: string][] =>
      [...(kept?.models ?? [])].map(([aaguid, { name }]) => [aaguid, name]),
    /** The AAGUIDs of models that must not be used any more, however old the news. */
    badModels: () => atNow().badModels(),
  }
}

const isSame = (one: BlobVersion | undefined, other: BlobVersion | undefined): boolean =>
  one?.number === other?.number && one?.loadedAt.getTime() === other?.loadedAt.getTime()

export type MetadataMemory = ReturnType<typeof metadataMemory>
