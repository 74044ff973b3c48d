import type { Trust, TrustedFacts } from '../evidence.ts'
import { factsOf, type Model } from '../metadata/model.ts'
import { judgeChain } from './chain.ts'

/** A certificate that an operator trusts to vouch for devices. */
export interface Anchor {
  /** Of its row, where it is kept. */
  id?: string
  /** In DER. */
  certificate: Buffer
  /** Whether what it vouches for keeps its keys in hardware. */
  hardware: boolean
  /** `ios` for what manages iPads. */
  platform: 'ios' | null
}

/** What a maker said of an authenticator: verified but for its chain. */
export interface Attested {
  aaguid: string
  attestation: {
    kind: 'none' | 'self' | 'certified'
    /** Certificates in DER, the attestation key's first; empty unless certified. */
    chain: readonly Buffer[]
  }
}

/** What there is to trust. */
export interface Grounds {
  /** The model of this AAGUID, by metadata that is current. */
  model: Model | undefined
  /** Of the organisations that the person belongs to, and of the service. */
  anchors: readonly Anchor[]
  time: Date
  /** When the maker said it, if not at this time: its certificates held then, and some hold for days only. */
  attestedAt?: Date | undefined
}

const noModel = '00000000-0000-0000-0000-000000000000'

/**
 * Says what stands behind a maker's word (WebAuthn L3 §7.1 step 24): FIDO metadata, where the chain ends in an anchor
 * of the very model that it is said to be; else an organisation's anchor; else nothing. The AAGUID of all zeros is no
 * model's, and metadata says nothing of it, whatever a blob may say.
 */
export const trustOf = async (
  { aaguid, attestation: { kind, chain } }: Attested,
  { model, anchors, time, attestedAt = time }: Grounds,
): Promise<Trust> => {
  if (kind !== 'certified') return { by: kind, facts: null }
  if (model && aaguid !== noModel) {
    const roots = model.roots.map((certificate) => ({ certificate }))
    const { anchor } = await judgeChain(chain, roots, attestedAt)
    if (anchor) return { by: 'metadata', facts: factsOf(model, time, [...chain, anchor.certificate]) }
  }
  const { anchor } = await judgeChain(chain, anchors, attestedAt)
  return anchor ? { by: 'organisation', facts: factsBy(anchor) } : { by: 'untrusted', facts: null }
}

/** An organisation vouches for what it was configured to vouch for. Of models it says nothing. */
const factsBy = ({ id, hardware, platform }: Anchor): TrustedFacts => ({
  keyProtection: hardware ? 'hardware' : 'unknown',
  methods: [],
  smartcard: false,
  certification: null,
  statuses: [],
  platform,
  ...(id !== undefined && { anchor: id }),
})
