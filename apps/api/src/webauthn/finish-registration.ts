import type { RegistrationResponse } from '@fobwatch/contracts'
import { type ChallengeDeps, spendChallenge } from './challenges.ts'
import type { RegistrationEvidence } from './evidence.ts'
import { readRegistration } from './registration.ts'
import type { RelyingParty } from './rules.ts'
import { judgeRegistration } from './verify-registration.ts'

type Deps = ChallengeDeps & { relyingParty: RelyingParty }

export interface FinishRegistration {
  /** As at the beginning. */
  boundTo: string
  response: RegistrationResponse
}

/**
 * Takes the answer to a registration (WebAuthn L3 §7.1); the challenge is spent whatever follows. Whether anybody holds
 * the credential already is for the caller to find out when storing it.
 * @throws Refusal as `verifyRegistration`
 */
export const finishRegistration =
  (deps: Deps) =>
  async ({ boundTo, response }: FinishRegistration): Promise<RegistrationEvidence> => {
    const registration = readRegistration(response)
    const { challenge } = registration.clientData
    await spendChallenge(deps)(challenge, 'registration', boundTo)
    return judgeRegistration(registration, { ...deps.relyingParty, challenge, userVerification: 'required' })
  }
