import type { KeyObject } from 'node:crypto'
import type { CborMap } from '../cbor.ts'

/** What a statement is about, and held against. */
export interface Attested {
  algorithm: number
  keyObject: KeyObject
  /** As a UUID. */
  aaguid: string
  /** Authenticator data and the hash of client data, one after the other: what every format signs or hashes. */
  toBeSigned: Buffer
  clientDataHash: Buffer
}

/** Holds a statement against what it is about. @throws Error that says what is wrong with it */
export type VerifyStatement = (statement: CborMap, attested: Attested) => void

/** The bytes of a field. @throws Error when it has none */
export const bytesIn = (statement: CborMap, name: string): Buffer => {
  const value = statement.get(name)
  if (!Buffer.isBuffer(value) || value.length === 0) throw new Error(`The statement has no ${name}`)
  return value
}

/** The COSE algorithm that the statement says it is signed with. @throws Error when it says none */
export const algorithmOf = (statement: CborMap): number => {
  const algorithm = statement.get('alg')
  if (typeof algorithm !== 'number') throw new Error('The statement has no alg')
  return algorithm
}

/** Longer chains than any maker has only cost time. */
const mostCertificates = 8

/** The certificates of `x5c`, the attestation key's first, unread. @throws Error when there is none */
export const chainOf = (statement: CborMap): [Buffer, ...Buffer[]] => {
  const chain = statement.get('x5c')
  if (!Array.isArray(chain) || chain.length > mostCertificates) throw new Error('The statement has no chain')
  const [leaf, ...above] = chain
  if (!Buffer.isBuffer(leaf) || !above.every((each) => Buffer.isBuffer(each)))
    throw new Error('The chain is not of certificates')
  return [leaf, ...above]
}
