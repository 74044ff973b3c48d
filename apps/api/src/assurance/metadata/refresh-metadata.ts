import { readFile } from 'node:fs/promises'
import type { Deps } from '../deps.ts'
import { fetchBlob } from './fetch-blob.ts'
import type { Loaded } from './load-metadata.ts'

interface Needs {
  metadata: Pick<Deps['metadata'], 'file' | 'url'>
  loadMetadata: (jwt: string) => Promise<Loaded>
}

/**
 * Loads the metadata that stands in the configured file, and at the configured address. One of them that fails does not
 * keep the other from being loaded.
 * @throws Error that has what failed as its cause; what was kept before is kept still
 */
export const refreshMetadata =
  ({ metadata: { file, url }, loadMetadata }: Needs) =>
  async (): Promise<void> => {
    const sources = [file && (() => readFile(file, 'utf8')), url && (() => fetchBlob(url))].filter((each) => !!each)
    const failures: unknown[] = []
    for (const read of sources)
      await read()
        .then(loadMetadata)
        .catch((error) => failures.push(error))
    if (failures.length > 0) throw new Error('Metadata could not be refreshed', { cause: failures[0] })
  }
