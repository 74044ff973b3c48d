import { generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import type { CborKey, CborMap, CborValue } from './cbor.ts'

/** The algorithms that the authenticator signs with, by their COSE numbers (IANA COSE Algorithms). */
export const coseAlgorithm = { ES256: -7, EdDSA: -8, ES384: -35, RS256: -257 } as const
export type CoseAlgorithm = (typeof coseAlgorithm)[keyof typeof coseAlgorithm]

/** How ECDSA signatures are written: `der` as WebAuthn wants them (L3 §6.5.5), `ieee-p1363` as a bare r‖s. */
export type EcdsaEncoding = 'der' | 'ieee-p1363'

/** A private key with the COSE form of its public half. */
export interface SigningKey {
  /** The algorithm that the key is labelled with. */
  readonly algorithm: number
  readonly coseKey: CborMap
  /** SubjectPublicKeyInfo in DER; absent where the key is one that no client could express. */
  readonly spki?: Buffer
  readonly sign: (data: Uint8Array, encoding?: EcdsaEncoding) => Buffer
}

/** Labels of a COSE_Key (RFC 9052 §7.1, RFC 9053 §7, RFC 8230 §4). */
export const coseLabel = { kty: 1, alg: 3, crv: -1, x: -2, y: -3, n: -1, e: -2 } as const
export const coseKeyType = { OKP: 1, EC2: 2, RSA: 3 } as const
const curve = { 'P-256': 1, 'P-384': 2, 'P-521': 3, Ed25519: 6 } as const

/** What makers sign with besides: ES512, and RS1 as older TPMs do. No credential has such a key. */
export const makersAlgorithm = { ES512: -36, RS1: -65_535 } as const
export type MakersAlgorithm = CoseAlgorithm | (typeof makersAlgorithm)[keyof typeof makersAlgorithm]

const hashOfAlgorithm = new Map<number, string>([
  [coseAlgorithm.ES256, 'sha256'],
  [coseAlgorithm.ES384, 'sha384'],
  [coseAlgorithm.RS256, 'sha256'],
  [makersAlgorithm.ES512, 'sha512'],
  [makersAlgorithm.RS1, 'sha1'],
])

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

const generate: Record<MakersAlgorithm, () => { privateKey: KeyObject; publicKey: KeyObject }> = {
  [coseAlgorithm.ES256]: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  [coseAlgorithm.ES384]: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  [coseAlgorithm.EdDSA]: () => generateKeyPairSync('ed25519'),
  [coseAlgorithm.RS256]: rsa,
  [makersAlgorithm.ES512]: () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  [makersAlgorithm.RS1]: rsa,
}

/**
 * A fresh key pair for an algorithm. RS256 takes a tenth of a second or more, the others well under a millisecond.
 * @param label the algorithm that the key is said to be for. Where it disagrees, the key signs as the label says as far
 * as it can: P-256 labelled ES384 hashes with SHA-384, which passes wherever curve and algorithm are never compared.
 */
export const generateSigningKey = (algorithm: MakersAlgorithm, label: number = algorithm): SigningKey => {
  const { privateKey, publicKey } = generate[algorithm]()
  return {
    algorithm: label,
    coseKey: coseKeyOf(label, publicKey.export({ format: 'jwk' })),
    spki: publicKey.export({ format: 'der', type: 'spki' }),
    sign: signerFor(label, privateKey),
  }
}

/** Signs with the hash of an algorithm, or with the hash inside the key's own scheme where that is Ed25519. */
export const signerFor = (algorithm: number, privateKey: KeyObject): SigningKey['sign'] => {
  const hash = privateKey.asymmetricKeyType === 'ed25519' ? null : (hashOfAlgorithm.get(algorithm) ?? 'sha256')
  return (data, dsaEncoding = 'der') => sign(hash, data, { key: privateKey, dsaEncoding })
}

/** The COSE form of a public key, in CTAP2's canonical order, labelled with `algorithm` whatever its type. */
export const coseKeyOf = (algorithm: number, jwk: JsonWebKey): CborMap => {
  if (jwk.kty === 'RSA') {
    return new Map<CborKey, CborValue>([
      [coseLabel.kty, coseKeyType.RSA],
      [coseLabel.alg, algorithm],
      [coseLabel.n, bytesOf(jwk.n)],
      [coseLabel.e, bytesOf(jwk.e)],
    ])
  }
  if (jwk.kty === 'OKP') {
    return new Map<CborKey, CborValue>([
      [coseLabel.kty, coseKeyType.OKP],
      [coseLabel.alg, algorithm],
      [coseLabel.crv, curve.Ed25519],
      [coseLabel.x, bytesOf(jwk.x)],
    ])
  }
  return new Map<CborKey, CborValue>([
    [coseLabel.kty, coseKeyType.EC2],
    [coseLabel.alg, algorithm],
    [coseLabel.crv, curve[jwk.crv as 'P-256' | 'P-384' | 'P-521']],
    [coseLabel.x, bytesOf(jwk.x)],
    [coseLabel.y, bytesOf(jwk.y)],
  ])
}

const bytesOf = (member: string | undefined): Buffer => {
  if (member === undefined) throw new TypeError('the key lacks a member that its type must have')
  return Buffer.from(member, 'base64url')
}
