import type { Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import type { Trust } from '../evidence.ts'
import type { MetadataMemory } from '../metadata/memory.ts'
import { type Attested, trustOf } from './trust-of.ts'

/**
 * Judges a maker's word by what is configured now.
 * @param organisations ids of those whose anchors count for the person, besides the service's own
 * @param attestedAt when it was said, if not now
 */
export const judgeTrust =
  ({ store, now, memory }: Pick<Deps, 'store' | 'now'> & { memory: Pick<MetadataMemory, 'trustedModel'> }) =>
  async (
    { organisations, attestedAt, ...attested }: Attested & { organisations: readonly string[]; attestedAt?: Date },
    tx?: Transaction,
  ): Promise<Trust> => {
    const anchors = attested.attestation.kind === 'certified' ? await store.anchorsFor(organisations, tx) : []
    return trustOf(attested, { model: memory.trustedModel(attested.aaguid), anchors, time: now(), attestedAt })
  }
