import type { AuthenticatorKind, CertificationLevel } from '@fobwatch/contracts'
import { assess, type Binding, type Level, type PolicySubject, type Trust, trustNow } from '#assurance'

/** What is stored of an authenticator, as far as a policy asks. */
export interface StoredForPolicy {
  kind: AuthenticatorKind
  aaguid: string
  backupEligible: boolean
  backupState: boolean
  /** As judged when it was set up. */
  trust: Trust
  binding: Binding
  addedAt: Date
  lastUsedAt: Date | null
}

/** What is known at this moment besides. */
export interface KnownNow {
  now: () => Date
  metadataIsCurrent: () => boolean
  modelOf: (aaguid: string) => { statuses: string[]; certification: CertificationLevel | null } | undefined
}

const day = 86_400_000

/** The level of an authenticator that is used as it is stored, by somebody whom it verifies. */
export const levelNow = ({ metadataIsCurrent }: KnownNow, stored: StoredForPolicy): Level =>
  assess({ ...stored, userPresent: true, userVerified: true, trust: trustNow(stored.trust, metadataIsCurrent()) }).level

/**
 * What `judgePolicy` is to judge: an authenticator as it counts now, in the hands of its person.
 * @param level of the assertion in question, or else `levelNow`
 */
export const subjectOf = (
  { now, metadataIsCurrent, modelOf }: KnownNow,
  { kind, aaguid, backupEligible, trust, addedAt, lastUsedAt }: StoredForPolicy,
  { level, identityLevel }: { level: Level; identityLevel: number },
): PolicySubject => {
  const model = modelOf(aaguid)
  return {
    ...{ kind, aaguid, backupEligible, level, identityLevel },
    trust: trustNow(trust, metadataIsCurrent()),
    // Some statuses are of one certificate alone, and only its chain told of them.
    modelStatuses: [...(model?.statuses ?? []), ...(trust.facts?.statuses ?? [])],
    certification: model?.certification ?? null,
    unusedDays: Math.floor((now().getTime() - (lastUsedAt ?? addedAt).getTime()) / day),
  }
}
