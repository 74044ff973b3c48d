import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import type { MetadataMemory } from './memory.ts'
import type { Metadata } from './model.ts'
import { readBlob } from './read-blob.ts'

type Needs = Pick<Deps, 'store' | 'now' | 'inTransaction' | 'record' | 'recordAlone' | 'metadata'> & {
  memory: MetadataMemory
}

/** What became of a blob. */
export type Loaded = { kind: 'loaded' | 'not newer'; number: number }

/**
 * Keeps a blob of metadata, if it is the publisher's and newer than the one that is kept: whoever could send an old one
 * could hide what was reported since. Every instance takes it up within the minute.
 * @param jwt as it is published
 * @throws Refusal `invalid_request` with a sentence, for a blob that is not believed
 */
export const loadMetadata =
  (deps: Needs) =>
  async (jwt: string): Promise<Loaded> => {
    const loadedAt = deps.now()
    const metadata = await readBlob(jwt, { ...deps.metadata, time: loadedAt }).catch(refused(deps))
    await deps.memory.lookAgain()
    const saved = await save(deps, jwt, metadata, loadedAt)
    if (!saved) return { kind: 'not newer', number: metadata.number }
    deps.memory.keep(metadata, loadedAt)
    return { kind: 'loaded', number: metadata.number }
  }

const refused =
  ({ recordAlone }: Needs) =>
  async (error: Error): Promise<never> => {
    await recordAlone({ type: 'metadata-refused', outcome: 'refused', details: { why: error.message } })
    throw new Refusal('invalid_request', error, [error.message])
  }

const save = (deps: Needs, jwt: string, { number, nextUpdate, models }: Metadata, loadedAt: Date): Promise<boolean> =>
  deps.inTransaction(async (tx) => {
    const kept = { number, nextUpdate, blob: jwt.trim(), loadedAt }
    if ((await deps.store.saveBlob(tx, kept, deps.memory.unbelieved())) === 0) return false
    const details = { number, nextUpdate: nextUpdate.toISOString(), models: models.size }
    await deps.record(tx, { type: 'metadata-loaded', details })
    return true
  })
