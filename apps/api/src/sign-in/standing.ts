import type { PausedBecause } from '@fobwatch/contracts'
import type { Credential } from '#authenticators'
import { Refusal } from '#kernel'

/** Why a way to log in is paused, by the one word that is stored: a sentence each. */
const words: Record<PausedBecause, string> = {
  lost: 'It is paused because it was reported lost.',
  stolen: 'It is paused because it was reported stolen.',
  desk: 'The people who look after log ins paused it.',
  model: 'It is paused because a fault was found in devices of its model.',
  copied: 'It is paused because somebody may have made a copy of it.',
}

/** That an authenticator is paused, with its reason in words. */
export const suspended = (because: PausedBecause | null): Refusal =>
  new Refusal('credential_suspended', new Error(`Suspended: ${because}`), because ? [words[because]] : [])

/**
 * Refuses a credential that may not be used. Only for whoever has just made a valid assertion with it: they have proved
 * that they hold it, and may be told what has become of it, and nothing of its person.
 * @throws Refusal `credential_removed`, `credential_suspended` with why, `credential_expired`; `policy_refuses` for a
 *   fictional person anywhere but in the sandbox; `sign_in_refused`, as for what nobody knows, when its person may not log
 *   in
 */
export const refuseUnlessUsable = ({
  standing,
  pausedBecause,
}: Pick<Credential, 'standing' | 'pausedBecause'>): void => {
  switch (standing) {
    case 'usable':
      return
    case 'removed':
      throw new Refusal('credential_removed')
    case 'suspended':
      throw suspended(pausedBecause)
    case 'expired':
      throw new Refusal('credential_expired')
    case 'sandbox':
      throw new Refusal('policy_refuses', new Error('A person of the sandbox'), [
        'This person is fictional, and logs in to sandbox applications only.',
      ])
    case 'person':
      throw new Refusal('sign_in_refused', new Error('Their person may not log in'))
  }
}
