import { createPublicKey, type KeyObject } from 'node:crypto'
import { Refusal } from '#kernel'
import type { CborMap } from './cbor.ts'
import { isSoundEd25519Key } from './ed25519.ts'

/** COSE algorithms that we offer, the best first: ES256, Ed25519, ES384 and, for older TPMs, RS256. */
export const offeredAlgorithms = [-7, -8, -35, -257] as const
type OfferedAlgorithm = (typeof offeredAlgorithms)[number]

/** Labels of COSE_Key parameters (RFC 9052 §7.1, RFC 9053 §7, RFC 8230 §4). */
const label = { kty: 1, alg: 3, crv: -1, x: -2, y: -3, n: -1, e: -2 } as const

interface Kind {
  kty: number
  /** Absent for RSA. */
  crv?: number
  /** How many parameters such a key has; WebAuthn L3 §6.5.2 allows no others. */
  parameters: number
  keyObject: (key: CborMap) => KeyObject
}

/** Which key each algorithm takes (WebAuthn L3 §5.8.5): there is no other curve for ES256 than P-256. */
const kinds: Record<OfferedAlgorithm, Kind> = {
  [-7]: { kty: 2, crv: 1, parameters: 5, keyObject: (key) => ecKey(key, 'P-256', 32) },
  [-35]: { kty: 2, crv: 2, parameters: 5, keyObject: (key) => ecKey(key, 'P-384', 48) },
  [-8]: { kty: 1, crv: 6, parameters: 4, keyObject: (key) => edKey(key) },
  [-257]: { kty: 3, parameters: 4, keyObject: (key) => rsaKey(key) },
}

/**
 * Holds a new public key against what we offered and against what makes a key sound (WebAuthn L3 §7.1 step 20).
 * @returns its algorithm, and the key as node:crypto holds it
 * @throws Refusal `algorithm_not_allowed` for an algorithm that we did not offer and for a key of another kind than its
 * algorithm takes; `key_weak` for a point off its curve or of small order, for RSA under 2048 bits or with a bad
 * exponent, and for a key with anything missing or besides
 */
export const readKey = (key: CborMap): { algorithm: number; keyObject: KeyObject } => {
  const algorithm = offeredAlgorithms.find((offered) => offered === key.get(label.alg))
  if (algorithm === undefined)
    throw new Refusal('algorithm_not_allowed', new Error(`COSE algorithm ${String(key.get(label.alg))} is not offered`))
  const kind = kinds[algorithm]
  if (key.get(label.kty) !== kind.kty || (kind.crv !== undefined && key.get(label.crv) !== kind.crv))
    throw new Refusal('algorithm_not_allowed', new Error(`A key of another kind than alg ${algorithm} takes`))
  try {
    if (key.size !== kind.parameters) throw new Error(`A key of ${key.size} parameters`)
    return { algorithm, keyObject: kind.keyObject(key) }
  } catch (error) {
    throw new Refusal('key_weak', error)
  }
}

/** The algorithm that a key says it is for, offered or not. */
export const algorithmOf = (key: CborMap): number | undefined => {
  const algorithm = key.get(label.alg)
  return typeof algorithm === 'number' ? algorithm : undefined
}

const parameter = (key: CborMap, name: number, bytes?: number): Buffer => {
  const value = key.get(name)
  if (!Buffer.isBuffer(value)) throw new Error(`Parameter ${name} is not bytes`)
  if (bytes !== undefined && value.length !== bytes) throw new Error(`Parameter ${name} has ${value.length} bytes`)
  return value
}

const base64url = (bytes: Buffer): string => bytes.toString('base64url')

/** Importing refuses a point that is not on the curve. */
const ecKey = (key: CborMap, crv: string, bytes: number): KeyObject => {
  const [x, y] = [parameter(key, label.x, bytes), parameter(key, label.y, bytes)]
  return createPublicKey({ key: { kty: 'EC', crv, x: base64url(x), y: base64url(y) }, format: 'jwk' })
}

const edKey = (key: CborMap): KeyObject => {
  const x = parameter(key, label.x, 32)
  if (!isSoundEd25519Key(x)) throw new Error('Not a point that Ed25519 can use')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: base64url(x) }, format: 'jwk' })
}

const leastModulusBits = 2048
/** No authenticator makes longer ones, and verifying would take the server's time. */
const mostModulusBits = 4096
const mostExponentBytes = 4

/** The exponent is odd and at least 3 (RFC 8017 §3.1): with 1, anybody can sign. */
const rsaKey = (key: CborMap): KeyObject => {
  const [n, e] = [parameter(key, label.n), parameter(key, label.e)]
  const bits = n.length * 8 - Math.clz32(n.at(0) ?? 0) + 24
  if (n.at(0) === 0 || bits < leastModulusBits || bits > mostModulusBits) throw new Error(`RSA with ${bits} bits`)
  if (n.readUInt8(n.length - 1) % 2 === 0) throw new Error('An even modulus')
  if (e.length > mostExponentBytes) throw new Error('An exponent that long has no use')
  const exponent = e.length === 0 ? 0 : e.readUIntBE(0, e.length)
  if (exponent < 3 || exponent % 2 === 0) throw new Error(`RSA with the exponent ${exponent}`)
  return createPublicKey({ key: { kty: 'RSA', n: base64url(n), e: base64url(e) }, format: 'jwk' })
}
