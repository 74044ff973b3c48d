import { type CertificationLevel, certificationLevels } from '@fobwatch/contracts'
import type { TrustedFacts } from '../evidence.ts'

/** What was reported of a model, from a day on (FIDO Metadata Service v3 §3.1.3). */
export interface StatusReport {
  status: string
  /** Null where it is not said, and then it holds at any time. */
  from: Date | null
  /** In DER, where the report is about whatever one of them vouches for, and not about the whole model. */
  certificates: readonly Buffer[]
}

/** A model of authenticator, as the FIDO Alliance publishes it. */
export interface Model {
  name: string
  /** A data URL of a PNG. */
  icon: string | null
  /** What its attestation chains end in; each in DER. */
  roots: readonly Buffer[]
  keyProtection: TrustedFacts['keyProtection']
  methods: readonly string[]
  smartcard: boolean
  reports: readonly StatusReport[]
}

/** What is published at one moment, by AAGUID. */
export interface Metadata {
  /** Grows with every blob. */
  number: number
  nextUpdate: Date
  models: ReadonlyMap<string, Model>
}

const day = 86_400_000

/** Until when metadata may be believed: its next update is due, and some days of grace are over. */
export const believedUntil = ({ nextUpdate }: Metadata, graceDays: number): Date =>
  new Date(nextUpdate.getTime() + graceDays * day)

/**
 * The statuses of a model that are in effect.
 * @param chain of one authenticator up to its anchor, for reports that name certificates
 */
export const statusesOf = ({ reports }: Model, time: Date, chain: readonly Buffer[] = []): string[] => {
  const concerns = (certificates: readonly Buffer[]) =>
    certificates.length === 0 || certificates.some((named) => chain.some((each) => each.equals(named)))
  const counts = ({ from, certificates }: StatusReport) => (!from || from <= time) && concerns(certificates)
  return [...new Set(reports.filter(counts).map(({ status }) => status))]
}

/** The highest level of certification among statuses. */
export const certificationOf = (statuses: readonly string[]): CertificationLevel | null =>
  certificationLevels.findLast((level) => statuses.includes(`FIDO_CERTIFIED_${level}`)) ?? null

/**
 * What metadata says of an authenticator whose chain reached it.
 * @param chain up to its anchor
 */
export const factsOf = (model: Model, time: Date, chain: readonly Buffer[]): TrustedFacts => {
  const { keyProtection, methods, smartcard } = model
  const statuses = statusesOf(model, time, chain)
  return { keyProtection, methods, smartcard, certification: certificationOf(statuses), statuses, platform: null }
}
