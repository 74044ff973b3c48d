import { combine } from '#assurance'
import type { Details } from '#audit'
import type { Visit } from '#http'
import { Refusal, type Transaction } from '#kernel'
import type { Assertion } from '#sessions'
import type { SignInDeps } from './deps.ts'
import { suspended } from './standing.ts'
import type { Verified } from './verify-assertion.ts'

/**
 * Does what a verified assertion was made for, in the transaction that stores its counter: both are kept, or neither.
 * When the counter says that the key was copied (WebAuthn L3 §6.1.1, §7.2 step 22), nothing is done but to note that, and
 * to pause the authenticator unless the rules are content with refusing.
 * @throws Refusal `credential_suspended` with why, or `sign_in_refused` where the authenticator is not paused
 */
export const useCredential = async <T>(
  deps: SignInDeps,
  verified: Verified,
  visit: Visit,
  deed: (tx: Transaction, assertion: Assertion) => Promise<T>,
): Promise<T> => {
  const outcome = await deps.inTransaction(async (tx) => {
    const at = deps.now()
    const used = await deps.authenticators.recordUse(tx, useOf(verified, at))
    if (used === 'cloned') return { refusal: await noteCopy(deps, tx, verified, visit) }
    await noteBackupState(deps, tx, verified, visit)
    return { done: await deed(tx, assertionOf(verified, at)) }
  })
  if (outcome.refusal) throw outcome.refusal
  return outcome.done
}

/** The use of an authenticator that an assertion proves. */
export const useOf = ({ evidence: { signCount, backupState }, credential, verdict }: Verified, at: Date) => ({
  id: credential.id,
  signCount,
  backupState,
  verdict,
  at,
})

/** What a session keeps of an assertion. */
export const assertionOf = ({ credential, verdict }: Verified, at: Date): Assertion => ({
  authenticatorId: credential.id,
  at,
  assuranceLevel: verdict.level,
  acr: verdict.acr,
  amr: verdict.amr,
  reasons: verdict.reasons,
})

/** What the audit keeps of an assertion: with what, how sure we are, and why. */
export const detailsOf = ({ authenticatorId, assuranceLevel, acr, amr, reasons }: Assertion): Details => ({
  authenticator: authenticatorId,
  level: assuranceLevel,
  acr,
  amr,
  reasons,
})

/** Notes that two devices hold one key. Nobody did this who may be named: it is either of the two. */
const noteCopy = async (
  deps: SignInDeps,
  tx: Transaction,
  { credential, evidence }: Verified,
  { requestId }: Visit,
): Promise<Refusal> => {
  const pauses = combine(credential.policies).copiedKey !== 'refuse'
  const { signCount: asserted, previousSignCount: stored } = evidence
  await deps.record(tx, {
    type: 'authenticator-copied',
    outcome: 'refused',
    person: credential.personId,
    requestId,
    details: { authenticator: credential.id, asserted, stored, suspended: pauses },
  })
  if (!pauses) return new Refusal('sign_in_refused', new Error(`Counter ${asserted} after ${stored}`))
  const by = { as: 'service', actor: null, requestId } as const
  await deps.authenticators.suspend(tx, { id: credential.id, personId: credential.personId, because: 'copied', by })
  return suspended('copied')
}

/** A passkey that was copied since, or is no more, is worth a note (WebAuthn L3 §7.2 step 19); what it is worth follows. */
const noteBackupState = async (
  deps: SignInDeps,
  tx: Transaction,
  { credential, evidence }: Verified,
  { requestId }: Visit,
): Promise<void> => {
  if (evidence.backupState === credential.backupState) return
  await deps.record(tx, {
    type: 'backup-state-changed',
    person: credential.personId,
    requestId,
    details: { authenticator: credential.id, backupState: evidence.backupState },
  })
}
