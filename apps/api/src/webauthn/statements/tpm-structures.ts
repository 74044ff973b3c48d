import { createPublicKey, type KeyObject } from 'node:crypto'

/** Reads the fields of a TPM's structure one after the other, big-endian (TPM 2.0 Library, Part 2). */
const reader = (bytes: Buffer) => {
  let at = 0
  const take = (length: number): Buffer => {
    if (length > bytes.length - at) throw new Error('The structure of the TPM ends early')
    at += length
    return bytes.subarray(at - length, at)
  }
  const number = (length: 2 | 4): number => take(length).readUIntBE(0, length)
  return {
    take,
    number,
    /** A TPM2B: its length in two bytes, then so many. */
    sized: (): Buffer => take(number(2)),
    end: (): void => {
      if (at !== bytes.length) throw new Error('Bytes follow the structure of the TPM')
    },
  }
}

type Reader = ReturnType<typeof reader>

const algorithm = { rsa: 0x0001, ecc: 0x0023, none: 0x0010 } as const
/** Schemes whose one detail is a hash: RSASSA, RSAPSS and ECDSA. */
const schemesWithHash: ReadonlySet<number> = new Set([0x0014, 0x0016, 0x0018])

const curves: ReadonlyMap<number, { crv: string; bytes: number }> = new Map([
  [0x0003, { crv: 'P-256', bytes: 32 }],
  [0x0004, { crv: 'P-384', bytes: 48 }],
  [0x0005, { crv: 'P-521', bytes: 66 }],
])

/** The public area of a key in a TPM (TPMT_PUBLIC, Part 2 §12.2.4). */
export interface PublicArea {
  /** The hash that its name is made with. */
  nameAlgorithm: number
  key: KeyObject
  /** Whether it was made in this TPM, and can never be anywhere else (TPMA_OBJECT, Part 2 §8.3). */
  isBound: boolean
}

/** fixedTPM, fixedParent and sensitiveDataOrigin. */
const bound = 0x32

/** @throws Error for anything but an RSA key or a key on a NIST curve, to the last byte */
export const readPublicArea = (bytes: Buffer): PublicArea => {
  const fields = reader(bytes)
  const type = fields.number(2)
  const nameAlgorithm = fields.number(2)
  const attributes = fields.number(4)
  fields.sized() // policy
  if (fields.number(2) !== algorithm.none) throw new Error('A key that encrypts')
  skipScheme(fields)
  const key = keyOf(type, fields)
  fields.end()
  return { nameAlgorithm, key, isBound: (attributes & bound) === bound }
}

const skipScheme = (fields: Reader): void => {
  const scheme = fields.number(2)
  if (scheme === algorithm.none) return
  if (!schemesWithHash.has(scheme)) throw new Error('A scheme that is not for signing')
  fields.take(2)
}

const keyOf = (type: number, fields: Reader): KeyObject => {
  if (type === algorithm.rsa) return rsaKeyOf(fields)
  if (type === algorithm.ecc) return ecKeyOf(fields)
  throw new Error(`A key of type ${type}`)
}

const rsaKeyOf = (fields: Reader): KeyObject => {
  const bits = fields.number(2)
  const exponent = fields.take(4)
  const modulus = fields.sized()
  if (modulus.length * 8 !== bits) throw new Error('A modulus of another length than it says')
  // Zero stands for the usual exponent (Part 2 §12.2.3.5).
  const e = exponent.every((byte) => byte === 0) ? 'AQAB' : exponent.toString('base64url')
  return createPublicKey({ key: { kty: 'RSA', n: modulus.toString('base64url'), e }, format: 'jwk' })
}

const ecKeyOf = (fields: Reader): KeyObject => {
  const curve = curves.get(fields.number(2))
  if (!curve) throw new Error('A curve that is not taken')
  if (fields.number(2) !== algorithm.none) throw new Error('A key that derives others')
  const [x, y] = [coordinateOf(fields, curve.bytes), coordinateOf(fields, curve.bytes)]
  return createPublicKey({ key: { kty: 'EC', crv: curve.crv, x, y }, format: 'jwk' })
}

/** A TPM may leave zeros out in front. */
const coordinateOf = (fields: Reader, bytes: number): string => {
  const value = fields.sized()
  if (value.length > bytes) throw new Error('A coordinate longer than its curve')
  return Buffer.concat([Buffer.alloc(bytes - value.length), value]).toString('base64url')
}

/** What a TPM signed (TPMS_ATTEST, Part 2 §10.12.8), as far as WebAuthn asks. */
export interface CertifyInfo {
  magic: number
  type: number
  extraData: Buffer
  /** Of the key that it certified. */
  name: Buffer
}

/** @throws Error for bytes missing or behind */
export const readCertifyInfo = (bytes: Buffer): CertifyInfo => {
  const fields = reader(bytes)
  const [magic, type] = [fields.number(4), fields.number(2)]
  fields.sized() // who signed
  const extraData = fields.sized()
  fields.take(17 + 8) // clock and firmware
  const name = fields.sized()
  fields.sized() // the name with those of its parents
  fields.end()
  return { magic, type, extraData, name }
}
