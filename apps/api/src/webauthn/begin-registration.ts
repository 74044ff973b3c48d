import type { CreationOptions } from '@fobwatch/contracts'
import { browserTimeoutMs, type ChallengeDeps, makeChallenge } from './challenges.ts'
import { offeredAlgorithms } from './cose-key.ts'
import type { RelyingParty } from './rules.ts'

type Deps = ChallengeDeps & { relyingParty: RelyingParty }

/** A credential as options name it. */
export type Descriptor = CreationOptions['excludeCredentials'][number]

export interface BeginRegistration {
  boundTo: string
  /** Who it will be for: the handle says nothing about them, the names are shown by their own device. */
  user: { handle: Uint8Array; name: string; displayName: string }
  /** What the person has already. */
  exclude: Descriptor[]
  /** Kinds of device to propose, such as `client-device` (WebAuthn L3 §5.8.7). */
  hints?: string[]
}

/**
 * Begins a registration (WebAuthn L3 §7.1 step 1): a discoverable credential, made by an authenticator that verified
 * its user, with whatever its maker says of it.
 */
export const beginRegistration =
  (deps: Deps) =>
  async ({ boundTo, user, exclude, hints = [] }: BeginRegistration): Promise<CreationOptions> => ({
    rp: { id: deps.relyingParty.rpId, name: deps.relyingParty.rpName },
    user: { id: Buffer.from(user.handle).toString('base64url'), name: user.name, displayName: user.displayName },
    challenge: await makeChallenge(deps)('registration', boundTo),
    pubKeyCredParams: offeredAlgorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout: browserTimeoutMs,
    excludeCredentials: exclude,
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    hints,
    attestation: 'direct',
    extensions: { credProps: true },
  })
