import { type KeyObject, verify } from 'node:crypto'

interface Scheme {
  /** Null where the scheme has its own. */
  hash: string | null
  fits: (key: KeyObject) => boolean
}

const onCurve =
  (namedCurve: string): Scheme['fits'] =>
  (key) =>
    key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === namedCurve

const soundRsa: Scheme['fits'] = ({ asymmetricKeyType, asymmetricKeyDetails: details = {} }) =>
  asymmetricKeyType === 'rsa' &&
  (details.modulusLength ?? 0) >= 2048 &&
  (details.modulusLength ?? 0) <= 4096 &&
  (details.publicExponent ?? 1n) >= 3n

/** COSE algorithms that makers sign statements with; RS1 is for TPMs alone. */
export const rs1 = -65535
const schemes: ReadonlyMap<number, Scheme> = new Map<number, Scheme>([
  [-7, { hash: 'sha256', fits: onCurve('prime256v1') }],
  [-35, { hash: 'sha384', fits: onCurve('secp384r1') }],
  [-36, { hash: 'sha512', fits: onCurve('secp521r1') }],
  [-8, { hash: null, fits: (key) => key.asymmetricKeyType === 'ed25519' }],
  [-257, { hash: 'sha256', fits: soundRsa }],
  [rs1, { hash: 'sha1', fits: soundRsa }],
])

/** The hash that an algorithm signs over. @throws Error for an algorithm without one of its own choosing, or unknown */
export const hashOf = (algorithm: number): string => {
  const hash = schemes.get(algorithm)?.hash
  if (!hash) throw new Error(`alg ${algorithm} has no hash`)
  return hash
}

interface Signed {
  algorithm: number
  key: KeyObject
  data: Buffer
  signature: Buffer
}

/** @throws Error for an algorithm that is not taken, a key of another kind, and a signature that does not match */
export const checkSignature = ({ algorithm, key, data, signature }: Signed): void => {
  const scheme = schemes.get(algorithm)
  if (!scheme?.fits(key)) throw new Error(`Not a key for alg ${algorithm}`)
  if (!verify(scheme.hash, data, key, signature)) throw new Error('The signature does not match')
}
