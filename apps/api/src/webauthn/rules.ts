import { createHash } from 'node:crypto'
import { Refusal } from '#kernel'
import type { AuthenticatorData } from './authenticator-data.ts'
import type { ClientData } from './client-data.ts'

export type Ceremony = 'registration' | 'authentication'

/** Who we are to browsers and authenticators. */
export interface RelyingParty {
  rpId: string
  rpName: string
  /** Origins that our pages have, each exactly as a browser writes it. */
  origins: readonly string[]
  /** Origins of pages that may hold ours in a frame; none unless configured. */
  topOrigins: readonly string[]
}

/** What an answer is held against. */
export interface Expected extends Pick<RelyingParty, 'rpId' | 'origins'> {
  /** Base64url, as the client data has it. */
  challenge: string
  /** `any`: whose page may hold ours in a frame is not asked. */
  topOrigins: readonly string[] | 'any'
  userVerification: 'required' | 'optional'
}

const clientDataType = { registration: 'webauthn.create', authentication: 'webauthn.get' } as const

/**
 * Holds client data against the ceremony and our own addresses (WebAuthn L3 §7.1 steps 7 to 11, §7.2 steps 10 to 14).
 * @throws Refusal `ceremony_mismatch`, `challenge_unknown`, `origin_mismatch`
 */
export const checkClientData = (data: ClientData, ceremony: Ceremony, expected: Expected): void => {
  if (data.type !== clientDataType[ceremony])
    throw new Refusal('ceremony_mismatch', new Error(`The client data says ${data.type}`))
  if (data.challenge !== expected.challenge)
    throw new Refusal('challenge_unknown', new Error('The client data has another challenge'))
  if (!expected.origins.includes(data.origin))
    throw new Refusal('origin_mismatch', new Error(`The client data says ${data.origin}`))
  checkFrame(data, expected.topOrigins)
}

const checkFrame = (data: ClientData, topOrigins: Expected['topOrigins']): void => {
  if (data.topOrigin !== undefined && !data.crossOrigin)
    throw new Refusal('origin_mismatch', new Error('In a page, and yet not'))
  if (topOrigins === 'any') return
  if (data.topOrigin !== undefined && !topOrigins.includes(data.topOrigin))
    throw new Refusal('origin_mismatch', new Error(`In a page of ${data.topOrigin}`))
  // Not every browser tells the top origin, so that a page in a frame may say no more than that it is in one.
  if (data.crossOrigin && topOrigins.length === 0)
    throw new Refusal('origin_mismatch', new Error('In a page of another origin'))
}

/**
 * Holds authenticator data against our RP ID and what was asked for (WebAuthn L3 §7.1 steps 14 to 18, §7.2 steps 16 to
 * 20).
 * @throws Refusal `rp_id_mismatch`, `user_not_present`, `user_not_verified`, `backup_flags_invalid`
 */
export const checkAuthenticatorData = (data: AuthenticatorData, expected: Expected): void => {
  if (!createHash('sha256').update(expected.rpId).digest().equals(data.rpIdHash))
    throw new Refusal('rp_id_mismatch', new Error(`The device answered for another RP ID than ${expected.rpId}`))
  if (!data.userPresent) throw new Refusal('user_not_present', new Error('The device says that nobody touched it'))
  if (!data.userVerified && expected.userVerification === 'required')
    throw new Refusal('user_not_verified', new Error('The device says that it did not check who was using it'))
  if (data.backupState && !data.backupEligible)
    throw new Refusal(
      'backup_flags_invalid',
      new Error('The device says that its passkey was copied, and that it cannot be'),
    )
}
