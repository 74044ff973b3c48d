import { Refusal } from '#kernel'
import { type CborMap, readCbor } from './cbor.ts'

/** What the authenticator signed (WebAuthn L3 §6.1). */
export interface AuthenticatorData {
  rpIdHash: Buffer
  userPresent: boolean
  userVerified: boolean
  backupEligible: boolean
  backupState: boolean
  signCount: number
  /** There at registration. */
  attested: AttestedCredential | undefined
}

/** A new credential (WebAuthn L3 §6.5.2). */
export interface AttestedCredential {
  /** As a UUID in lower case. */
  aaguid: string
  credentialId: Buffer
  /** The COSE key as it came, and as it reads. */
  publicKey: Buffer
  key: CborMap
}

const bit = {
  userPresent: 0x01,
  userVerified: 0x04,
  backupEligible: 0x08,
  backupState: 0x10,
  attested: 0x40,
  extensions: 0x80,
}
const headerBytes = 37

/**
 * Reads authenticator data to its last byte.
 * @throws Refusal `response_malformed`
 */
export const readAuthenticatorData = (bytes: Buffer): AuthenticatorData => {
  try {
    return parse(bytes)
  } catch (error) {
    throw new Refusal('response_malformed', error)
  }
}

const parse = (bytes: Buffer): AuthenticatorData => {
  if (bytes.length < headerBytes) throw new Error(`Authenticator data of ${bytes.length} bytes`)
  const flags = bytes.readUInt8(32)
  const { attested, end } = flags & bit.attested ? parseAttested(bytes) : { attested: undefined, end: headerBytes }
  const behind = flags & bit.extensions ? parseExtensions(bytes, end) : end
  if (behind !== bytes.length) throw new Error(`${bytes.length - behind} bytes follow the authenticator data`)
  return {
    rpIdHash: bytes.subarray(0, 32),
    userPresent: Boolean(flags & bit.userPresent),
    userVerified: Boolean(flags & bit.userVerified),
    backupEligible: Boolean(flags & bit.backupEligible),
    backupState: Boolean(flags & bit.backupState),
    signCount: bytes.readUInt32BE(33),
    attested,
  }
}

const parseAttested = (bytes: Buffer): { attested: AttestedCredential; end: number } => {
  const idAt = headerBytes + 18
  if (bytes.length < idAt) throw new Error('Attested credential data is cut short')
  const keyAt = idAt + bytes.readUInt16BE(headerBytes + 16)
  if (bytes.length < keyAt) throw new Error('The credential id is cut short')
  const { value: key, end } = readCbor(bytes, keyAt)
  if (!(key instanceof Map)) throw new Error('The public key is not a COSE key')
  const aaguid = uuidOf(bytes.subarray(headerBytes, headerBytes + 16))
  return {
    attested: { aaguid, credentialId: bytes.subarray(idAt, keyAt), publicKey: bytes.subarray(keyAt, end), key },
    end,
  }
}

/** We ask authenticators for no extension, and ignore what they answer unasked (WebAuthn L3 §9). */
const parseExtensions = (bytes: Buffer, from: number): number => {
  const { value, end } = readCbor(bytes, from)
  if (!(value instanceof Map)) throw new Error('The extension data is not a map')
  return end
}

const uuidOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
