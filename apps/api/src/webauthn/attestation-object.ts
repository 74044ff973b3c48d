import { Refusal } from '#kernel'
import { type CborMap, readCborMap } from './cbor.ts'

/** What a new credential comes in (WebAuthn L3 §6.5.4). */
export interface AttestationObject {
  format: string
  statement: CborMap
  authData: Buffer
}

/**
 * Reads an attestation object to its last byte.
 * @throws Refusal `response_malformed`
 */
export const readAttestationObject = (bytes: Buffer): AttestationObject => {
  try {
    const map = readCborMap(bytes)
    const [format, statement, authData] = [map.get('fmt'), map.get('attStmt'), map.get('authData')]
    if (typeof format !== 'string' || !(statement instanceof Map) || !Buffer.isBuffer(authData))
      throw new Error('The attestation object lacks a part')
    return { format, statement, authData }
  } catch (error) {
    throw new Refusal('response_malformed', error)
  }
}

/**
 * The same authenticator data without a statement, which is what the library is given: it has one clock, the wall's, and
 * would fetch the revocation lists that an untrusted chain names, from wherever the chain says.
 */
export const withoutStatement = (authData: Buffer): Buffer => {
  const head = Buffer.from('a363666d74646e6f6e656761747453746d74a06861757468446174615a', 'hex')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(authData.length)
  return Buffer.concat([head, length, authData])
}
