import { createHash, generateKeyPairSync } from 'node:crypto'
import { coseAlgorithm, coseKeyOf, coseLabel, generateSigningKey, type SigningKey, signerFor } from './cose.ts'

/** Keys that a relying party must refuse though their signatures may verify. */
export type UnsoundKey = 'off-curve' | 'rsa-exponent-one' | 'rsa-1024'

export const generateUnsoundKey = (kind: UnsoundKey): SigningKey => generators[kind]()

/** A point whose y is one off: for a given x only two values lie on the curve, and they are far apart. */
const offCurveKey = (): SigningKey => {
  const { algorithm, coseKey, sign } = generateSigningKey(coseAlgorithm.ES256)
  const y = coseKey.get(coseLabel.y)
  if (!(y instanceof Uint8Array)) throw new TypeError('an ES256 key has a y')
  const astray = Buffer.from(y)
  astray.writeUInt8(astray.readUInt8(31) ^ 1, 31)
  return { algorithm, coseKey: new Map(coseKey).set(coseLabel.y, astray), sign }
}

/** With e = 1 the padded hash is its own signature, so anyone can sign; and OpenSSL verifies it. */
const exponentOneKey = (): SigningKey => {
  const modulusBytes = 256
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: modulusBytes * 8 })
  return {
    algorithm: coseAlgorithm.RS256,
    coseKey: coseKeyOf(coseAlgorithm.RS256, { ...publicKey.export({ format: 'jwk' }), e: 'AQ' }),
    sign: (data) => paddedHash(data, modulusBytes),
  }
}

const shortRsaKey = (): SigningKey => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  return {
    algorithm: coseAlgorithm.RS256,
    coseKey: coseKeyOf(coseAlgorithm.RS256, publicKey.export({ format: 'jwk' })),
    spki: publicKey.export({ format: 'der', type: 'spki' }),
    sign: signerFor(coseAlgorithm.RS256, privateKey),
  }
}

const generators: Record<UnsoundKey, () => SigningKey> = {
  'off-curve': offCurveKey,
  'rsa-exponent-one': exponentOneKey,
  'rsa-1024': shortRsaKey,
}

/** EMSA-PKCS1-v1_5 over SHA-256 (RFC 8017 §9.2). */
const paddedHash = (data: Uint8Array, length: number): Buffer => {
  const sha256Prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex')
  const digestInfo = Buffer.concat([sha256Prefix, createHash('sha256').update(data).digest()])
  const filler = Buffer.alloc(length - 3 - digestInfo.length, 0xff)
  return Buffer.concat([Buffer.of(0, 1), filler, Buffer.of(0), digestInfo])
}
