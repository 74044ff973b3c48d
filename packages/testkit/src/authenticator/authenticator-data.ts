import { createHash } from 'node:crypto'
import { type CborValue, encodeCbor } from './cbor.ts'

export interface AuthenticatorFlags {
  userPresent: boolean
  userVerified: boolean
  backupEligible: boolean
  backupState: boolean
}

export interface AttestedCredentialData {
  /** 16 bytes. */
  aaguid: Uint8Array
  credentialId: Uint8Array
  publicKey: CborValue
}

export interface AuthenticatorData {
  rpId: string
  flags: AuthenticatorFlags
  signCount: number
  attested?: AttestedCredentialData
}

const bit = { userPresent: 1 << 0, userVerified: 1 << 2, backupEligible: 1 << 3, backupState: 1 << 4, attested: 1 << 6 }

/** Authenticator data (WebAuthn L3 §6.1): SHA-256 of the RP ID, flags, counter, and at registration the credential. */
export const encodeAuthenticatorData = ({ rpId, flags, signCount, attested }: AuthenticatorData): Buffer => {
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(signCount)
  return Buffer.concat([
    createHash('sha256').update(rpId).digest(),
    Buffer.of(flagBits(flags) | (attested ? bit.attested : 0)),
    counter,
    attested ? encodeAttested(attested) : Buffer.alloc(0),
  ])
}

const flagBits = (flags: AuthenticatorFlags): number =>
  (flags.userPresent ? bit.userPresent : 0) |
  (flags.userVerified ? bit.userVerified : 0) |
  (flags.backupEligible ? bit.backupEligible : 0) |
  (flags.backupState ? bit.backupState : 0)

/** Attested credential data (WebAuthn L3 §6.5.2). */
const encodeAttested = ({ aaguid, credentialId, publicKey }: AttestedCredentialData): Buffer => {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(credentialId.length)
  return Buffer.concat([aaguid, length, credentialId, encodeCbor(publicKey)])
}
