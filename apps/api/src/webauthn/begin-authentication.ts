import type { RequestOptions } from '@fobwatch/contracts'
import type { Descriptor } from './begin-registration.ts'
import { browserTimeoutMs, type ChallengeDeps, makeChallenge } from './challenges.ts'
import type { RelyingParty } from './rules.ts'

type Deps = ChallengeDeps & { relyingParty: RelyingParty }

export interface BeginAuthentication {
  boundTo: string
  /** Which credentials will do; any discoverable one when absent. */
  allow?: Descriptor[]
  hints?: string[]
}

/** Begins an authentication (WebAuthn L3 §7.2 step 1). User verification is always asked for. */
export const beginAuthentication =
  (deps: Deps) =>
  async ({ boundTo, allow = [], hints = [] }: BeginAuthentication): Promise<RequestOptions> => ({
    rpId: deps.relyingParty.rpId,
    challenge: await makeChallenge(deps)('authentication', boundTo),
    timeout: browserTimeoutMs,
    userVerification: 'required',
    allowCredentials: allow,
    hints,
  })
