/**
 * Assurance: how sure evidence makes us. Pure rules: evidence in, a level and its reasons out, and the words for them in
 * tokens; and what there is to trust: anchors, and the metadata of the FIDO Alliance. Owns the tables `trust_anchor` and
 * `metadata_blob`; no endpoint.
 * Invariant: nothing is believed that was not verified, nothing is fetched on a certificate's say-so, and weaker evidence
 * never gets a higher level. docs/assurance.md has the table.
 * Neighbours: `webauthn` gives the evidence, `authenticators` keeps the verdict, `oidc` puts it into tokens.
 */
import { addAnchor, keepAnchor } from './anchors/add-anchor.ts'
import { readAnchors } from './anchors/read-anchors.ts'
import { endAnchor, removeAnchor } from './anchors/remove-anchor.ts'
import type { Deps as VerbDeps } from './deps.ts'
import { loadMetadata } from './metadata/load-metadata.ts'
import { metadataMemory } from './metadata/memory.ts'
import { metadataStatus } from './metadata/metadata-status.ts'
import { refreshMetadata } from './metadata/refresh-metadata.ts'
import { assuranceStore, type Store } from './store.ts'
import { judgeTrust } from './trust/judge-trust.ts'

export { acrFor, acrValues, satisfies } from './acr.ts'
export { certificatesIn } from './anchors/certificates-in.ts'
export { assuranceCommands } from './commands.ts'
export type { Binding, Evidence, Level, Trust, TrustedFacts, Verdict } from './evidence.ts'
export { type ModelFacts, metadataAt } from './metadata/metadata-at.ts'
export { readBlob } from './metadata/read-blob.ts'
export { fidoRoot } from './metadata/roots.ts'
export { combine, judgePolicy, type PolicySubject } from './policy.ts'
export { assess, toLevel, trustNow } from './rules.ts'
export { isUnsafe } from './statuses.ts'
export { type Anchor, trustOf } from './trust/trust-of.ts'

type Deps = Omit<VerbDeps, 'store'> & { store: Store }

/** Opens the room, with the metadata that is kept. */
export const createAssurance = async (outer: Deps) => {
  const store = assuranceStore(outer.store)
  const memory = metadataMemory({ ...outer, store })
  const deps = { ...outer, store, memory }
  await memory.lookAgain()
  const { lookAgain, metadataIsCurrent, modelOf, badModels } = memory
  const load = loadMetadata(deps)
  return {
    judgeTrust: judgeTrust(deps),
    metadataIsCurrent,
    /** Which metadata there is; nothing where there is none. */
    metadataNumber: () => memory.kept()?.number,
    modelOf,
    modelNames: memory.modelNames,
    badModels,
    loadMetadata: load,
    metadataStatus: metadataStatus(deps),
    refreshMetadata: refreshMetadata({ ...deps, loadMetadata: load }),
    /** Takes up what another instance loaded. */
    lookForMetadata: lookAgain,
    addAnchor: addAnchor(deps),
    keepAnchor: keepAnchor(deps),
    listAnchors: store.anchors,
    removeAnchor: removeAnchor(deps),
    endAnchor: endAnchor(deps),
    readAnchors: readAnchors(deps),
  }
}

export type Assurance = Awaited<ReturnType<typeof createAssurance>>
