import type { AuthenticatorPolicy } from '@fobwatch/contracts'
import { combine, judgePolicy, type PolicySubject } from '#assurance'
import { Refusal } from '#kernel'

/** Why the policies that apply do not permit an authenticator, in whole sentences for its person; none where they do. */
export const whyNotPermitted = (policies: readonly AuthenticatorPolicy[], subject: PolicySubject): string[] => {
  const verdict = judgePolicy(combine(policies), subject)
  return verdict.kind === 'refused' ? verdict.reasons : []
}

/** @throws Refusal `policy_refuses` with every reason */
export const requirePermitted = (policies: readonly AuthenticatorPolicy[], subject: PolicySubject): void => {
  const reasons = whyNotPermitted(policies, subject)
  if (reasons.length > 0) throw new Refusal('policy_refuses', new Error(subject.aaguid), reasons)
}
