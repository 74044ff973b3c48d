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
    /** Whether it says of this very key that it is not in hardware, or can leave it. */
    outside?: true
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
  { aaguid, attestation: { kind, chain, outside } }: Attested,
  { model, anchors, time, attestedAt = time }: Grounds,
): Promise<Trust> => {
  if (kind !== 'certified') return { by: kind, facts: null }
  if (model && aaguid !== noModel) {
    const roots = model.roots.map((certificate) => ({ certificate }))
    const { anchor } = await judgeChain(chain, roots, attestedAt)
    if (anchor)
      return { by: 'metadata', facts: ofThisKey(factsOf(model, time, [...chain, anchor.certificate]), outside) }
  }
  const { anchor } = await judgeChain(chain, anchors, attestedAt)
  return anchor ? { by: 'organisation', facts: ofThisKey(factsBy(anchor), outside) } : { by: 'untrusted', facts: null }
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

/** Hardware in which this key is not, or does not stay, is no hardware of its. */
const ofThisKey = (facts: TrustedFacts, outside = false): TrustedFacts =>
  outside && facts.keyProtection === 'hardware' ? { ...facts, keyProtection: 'unknown' } : facts
