import { type AuthenticatorKind, type RefusalCode, refusals } from '@fobwatch/contracts'
import type { Level } from '#assurance'
import { isRefusal, type Refusal } from '#kernel'

/** What came of a case. Every member is always there; null is what is not known. */
export interface Report {
  verified: boolean
  refusal: { code: RefusalCode; sentence: string } | null
  /** Whether a trust anchor stands behind what the authenticator says of itself. */
  trusted: boolean | null
  format: string | null
  aaguid: string | null
  /** What people would call it. */
  name: string | null
  kind: AuthenticatorKind | null
  algorithm: string | null
  userVerified: boolean | null
  backupEligible: boolean | null
  backupState: boolean | null
  aal: Level | null
  acr: string | null
  amr: string[] | null
  /** Why the level is what it is, or what was found wrong; then what of the case did not count. */
  reasons: string[]
}

const nothingKnown: Report = {
  ...{ verified: false, refusal: null, trusted: null, format: null, aaguid: null, name: null, kind: null },
  ...{ algorithm: null, userVerified: null, backupEligible: null, backupState: null },
  ...{ aal: null, acr: null, amr: null, reasons: [] },
}

export type Learn = (facts: Partial<Report>) => void

/**
 * Reports on a case, as far as it could be judged.
 * @param seen what it says, believed or not
 * @param judge judges it, and tells what it learns on the way. What it refuses is what the report says
 */
export const reportOn = async (seen: Partial<Report>, judge: (learn: Learn) => Promise<void>): Promise<Report> => {
  let report = { ...nothingKnown, ...seen }
  const learn: Learn = (facts) => {
    report = { ...report, ...facts }
  }
  try {
    await judge(learn)
    return { ...report, verified: true }
  } catch (error) {
    if (!isRefusal(error)) throw error
    const { code } = error
    return { ...report, refusal: { code, sentence: refusals[code].sentence }, reasons: whatWasFound(error) }
  }
}

/** Support staff see the cause, which the answer of the service never tells. */
const whatWasFound = ({ reasons, cause }: Refusal): string[] => {
  if (reasons.length > 0) return [...reasons]
  return cause instanceof Error ? [cause.message] : []
}
