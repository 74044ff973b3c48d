import { coseAlgorithm, coseKeyType, coseLabel, generateSigningKey, type SigningKey } from './cose.ts'
import type { SignatureFault } from './misbehaviour.ts'

/** Signs authenticator data and the hash of client data (WebAuthn L3 §6.3.3), with the fault asked for. */
export const signCeremony = (
  key: SigningKey,
  authData: Uint8Array,
  clientDataHash: Uint8Array,
  fault?: SignatureFault,
): Buffer => signWithFault(key, Buffer.concat([authData, clientDataHash]), fault)

export const signWithFault = (key: SigningKey, data: Buffer, fault?: SignatureFault): Buffer =>
  fault === undefined ? key.sign(data) : faulty[fault](key, data)

const faulty: Record<SignatureFault, (key: SigningKey, data: Buffer) => Buffer> = {
  empty: () => Buffer.alloc(0),
  zero: (key, data) => (isEcdsa(key) ? Buffer.from('3006020100020100', 'hex') : Buffer.alloc(key.sign(data).length)),
  raw: (key, data) => {
    if (!isEcdsa(key)) throw new RangeError('only an ECDSA signature has a raw form')
    return key.sign(data, 'ieee-p1363')
  },
  'other-key': ({ algorithm }, data) => {
    const sameAlgorithm = Object.values(coseAlgorithm).find((known) => known === algorithm)
    if (sameAlgorithm === undefined) throw new RangeError(`no other key can be made for algorithm ${algorithm}`)
    return generateSigningKey(sameAlgorithm).sign(data)
  },
  'other-data': (key, data) => key.sign(withLastByteChanged(data)),
}

const isEcdsa = ({ coseKey }: SigningKey): boolean => coseKey.get(coseLabel.kty) === coseKeyType.EC2

/** The last byte belongs to the hash of the client data. */
const withLastByteChanged = (data: Buffer): Buffer => {
  const changed = Buffer.from(data)
  changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1)
  return changed
}
