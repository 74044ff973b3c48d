import { fidoRoot, metadataAt, readBlob } from '#assurance'
import type { Asked } from './read-case.ts'

/** As the service has it, unless it is configured otherwise. */
const fidoSigner = 'mds.fidoalliance.org'
const graceDays = 14

export interface KnownModels extends ReturnType<typeof metadataAt> {
  /** What of the case did not count, and why. */
  notes: string[]
}

/**
 * Reads the metadata of a case. It counts when the FIDO Alliance signed it, or whoever the case names: its roots for
 * metadata, and its trust anchors. Metadata that nobody known signed gives no trust, and the report says so.
 */
export const metadataIn = async ({ metadata, anchors, time }: Asked): Promise<KnownModels> => {
  if (metadata.blob === undefined) return { ...metadataAt(undefined, graceDays, time), notes: [] }
  const own = [...metadata.roots, ...anchors.map(({ certificate }) => certificate)]
  const publishers = [
    // A root that the case names vouches for this blob and nothing else, so that its signer may be anybody.
    ...(own.length > 0 ? [{ roots: own, signer: metadata.signer ?? null }] : []),
    { roots: [fidoRoot()], signer: metadata.signer ?? fidoSigner },
  ]
  const faults: string[] = []
  for (const publisher of publishers) {
    try {
      const known = metadataAt(await readBlob(metadata.blob, { ...publisher, time }), graceDays, time)
      return { ...known, notes: known.isCurrent ? [] : ['the metadata was due to be replaced, and does not count'] }
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error))
    }
  }
  return { ...metadataAt(undefined, graceDays, time), notes: [`the metadata does not count: ${asClause(faults[0])}`] }
}

/** A sentence as it reads on after a colon. */
const asClause = (sentence = ''): string => sentence.replace(/\.$/, '').replace(/^The /, 'the ')
