import type { Authenticator } from '@fobwatch/contracts'
import type { ModelFacts } from '#assurance'
import type { RegistrationEvidence } from '#webauthn'
import { modelOf } from './models.ts'

/**
 * Whether the maker that is claimed could have made it so. Makers who certify every key of theirs have no use for a key
 * that vouches for itself under their name.
 * @param published what metadata says of the model, if it knows it
 */
export const isPlausible = (
  { aaguid, attestation: { kind } }: { aaguid: string; attestation: Pick<RegistrationEvidence['attestation'], 'kind'> },
  published?: Pick<ModelFacts, 'certified'>,
): boolean => kind !== 'self' || !(published?.certified || modelOf(aaguid)?.certified)

/** What an authenticator can be. Only an active one opens anything, and a revoked one is shown to nobody. */
export type Status = Authenticator['status'] | 'revoked'

/** An authenticator as far as its status goes. */
export interface Held {
  id: string
  status: Authenticator['status']
}

/** Whether the person could not log in any more without this one. One that is paused or has run out is none. */
export const isLastWay = (held: readonly Held[], id: string): boolean => {
  const active = held.filter(({ status }) => status === 'active')
  return active.length === 1 && active[0]?.id === id
}

/** A name as it is kept: without space around it, and with one space within. */
export const tidyName = (name: string): string => name.trim().replace(/\s+/g, ' ')

/** For how long a name that is given belongs to the setting up; a link's own page takes one for as long. */
const settingUp = 15 * 60 * 1000

/** Whether an authenticator was added so lately that its person is likely to be at it still. */
export const isBeingSetUp = ({ addedAt }: { addedAt: Date }, now: Date): boolean =>
  now.getTime() - addedAt.getTime() < settingUp
