import type { AuthenticatorKind } from '@fobwatch/contracts'
import { assess, satisfies, trustNow } from '#assurance'
import type { Descriptor } from '#webauthn'
import type { Deps } from '../deps.ts'
import { descriptorOf } from '../descriptors.ts'
import { whyNotPermitted } from '../policies/require-permitted.ts'
import { type KnownNow, subjectOf } from '../policies/subject.ts'
import type { NamedCredential } from './store.ts'

/** One of a person's ways to log in, by which what is asked would be reached. */
export interface WayThatDoes {
  name: string
  kind: AuthenticatorKind
  descriptor: Descriptor
}

/** What is asked of a check: one of these classes, at an application whose rules hold too. */
export interface AskedOfWays {
  acrs: readonly string[]
  clientId: string | null
}

const wouldDo = (known: KnownNow, credential: NamedCredential, acrs: readonly string[]): boolean => {
  if (credential.standing !== 'usable') return false
  const trust = trustNow(credential.trust, known.metadataIsCurrent())
  const verdict = assess({ ...credential, userPresent: true, userVerified: true, trust })
  if (!acrs.some((acr) => satisfies(acr, verdict.acr))) return false
  return whyNotPermitted(credential.policies, subjectOf(known, credential, { ...credential, ...verdict })).length === 0
}

/**
 * Which of a person's ways to log in would do, used as they are stored by somebody whom they verify: the oldest first.
 * @returns none where nothing that the person has reaches it, or the rules permit none that does
 */
export const waysThatDo =
  (deps: KnownNow & Pick<Deps, 'store'>) =>
  async (personId: string, { acrs, clientId }: AskedOfWays): Promise<WayThatDoes[]> =>
    (await deps.store.findOf(personId, clientId, deps.now()))
      .filter((credential) => wouldDo(deps, credential, acrs))
      .map(({ name, kind, ...credential }) => ({ name, kind, descriptor: descriptorOf(credential) }))
