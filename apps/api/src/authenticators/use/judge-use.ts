import { assess, type Evidence, type Level, trustNow, type Verdict } from '#assurance'
import type { Deps } from '../deps.ts'
import { requirePermitted, whyNotPermitted } from '../policies/require-permitted.ts'
import { type KnownNow, subjectOf } from '../policies/subject.ts'
import type { Credential } from './store.ts'

/** What an assertion proved. */
type Proved = Pick<Evidence, 'userPresent' | 'userVerified' | 'backupEligible' | 'backupState'>

/**
 * Judges a use of an authenticator: how sure it makes us, by what the assertion says of itself and by what stands behind
 * the authenticator, as far as that is still believed; and whether every rule that applies permits it.
 * @throws Refusal `policy_refuses` with reasons
 */
export const judgeUse =
  (known: KnownNow) =>
  (credential: Credential, proved: Proved): Verdict => {
    const { binding, kind } = credential
    const verdict = assess({ ...proved, trust: trustNow(credential.trust, known.metadataIsCurrent()), binding, kind })
    requirePermitted(credential.policies, subjectOf(known, credential, { ...credential, level: verdict.level }))
    return verdict
  }

/** A session that goes on to an application: what it was opened with, and how sure it made us. */
export interface GoesOn {
  authenticatorId: string
  level: Level
  clientId: string
}

/**
 * Whether every rule that applies lets a session go on to an application without another assertion: rules of the
 * application differ from those that its person signed in under, and rules change.
 */
export const mayGoOn =
  (deps: KnownNow & Pick<Deps, 'store'>) =>
  async ({ authenticatorId, level, clientId }: GoesOn): Promise<boolean> => {
    const credential = await deps.store.findById(authenticatorId, clientId, deps.now())
    if (credential?.standing !== 'usable') return false
    return whyNotPermitted(credential.policies, subjectOf(deps, credential, { ...credential, level })).length === 0
  }
