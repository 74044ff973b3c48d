import { assess, type Evidence, judgePolicy } from '#assurance'
import { subjectOf } from '#authenticators'
import { Refusal } from '#kernel'
import type { KnownModels } from './metadata-in.ts'
import type { Asked } from './read-case.ts'
import type { Learn } from './report.ts'

interface Judged extends Omit<Evidence, 'binding'> {
  aaguid: string | null
  /** When it was used last, or else set up. */
  usedAt: Date
}

/**
 * Says how sure some verified evidence makes us, and whether the policy of the case permits it.
 * @throws Refusal `policy_refuses` with reasons
 */
export const judge = (asked: Asked, models: KnownModels, { usedAt, ...evidence }: Judged, learn: Learn): void => {
  const { binding, identityLevel, time } = asked
  const { level, acr, amr, reasons } = assess({ ...evidence, binding })
  learn({ trusted: evidence.trust.facts !== null, aal: level, acr, amr, reasons })

  const { facts } = evidence.trust
  const known = {
    now: () => time,
    // Trust that does not count any more is none by now.
    metadataIsCurrent: () => true,
    // Where the case has no metadata, what is stored is the newest there is.
    modelOf: (aaguid: string) =>
      models.modelOf(aaguid) ?? (facts ? { ...facts, statuses: [...facts.statuses] } : undefined),
  }
  const stored = { ...evidence, aaguid: evidence.aaguid ?? '', binding, addedAt: usedAt, lastUsedAt: null }
  const verdict = judgePolicy(asked.policy, subjectOf(known, stored, { level, identityLevel }))
  if (verdict.kind === 'refused') throw new Refusal('policy_refuses', undefined, verdict.reasons)
}
