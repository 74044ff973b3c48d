import { constants, createHmac, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto'

/** What the service may sign with. */
export const algorithms = ['ES256', 'RS256', 'PS256', 'EdDSA'] as const
export type Algorithm = (typeof algorithms)[number]

/** A key pair with the name that it is published under. */
export interface Key {
  kid: string
  algorithm: Algorithm
  privateKey: KeyObject
  publicKey: KeyObject
  publicJwk: JsonWebKey & { kid: string; alg: string; use: string }
}

const pairFor = (algorithm: Algorithm) => {
  if (algorithm === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519')
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
}

/** Makes a key pair. */
export const makeKey = (kid: string, algorithm: Algorithm): Key => {
  const { privateKey, publicKey } = pairFor(algorithm)
  const publicJwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' }
  return { kid, algorithm, privateKey, publicKey, publicJwk }
}

const { RSA_PKCS1_PSS_PADDING: padding } = constants

const signatureBy = ({ algorithm, privateKey: key }: Key, data: Buffer): Buffer => {
  if (algorithm === 'ES256') return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' })
  if (algorithm === 'PS256') return sign('sha256', data, { key, padding, saltLength: 32 })
  return sign(algorithm === 'EdDSA' ? null : 'sha256', data, key)
}

export type Part = Record<string, unknown>

const encode = (part: Part): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** The part of a token that is signed. A member that is `undefined` is left out. */
export const unsigned = (header: Part, claims: Part): string => `${encode(header)}.${encode(claims)}`

/** A token with whatever header and claims, signed with this key and by its algorithm, whatever the header says. */
export const signed = (key: Key, header: Part, claims: Part): string => {
  const data = unsigned({ alg: key.algorithm, kid: key.kid, ...header }, claims)
  return `${data}.${signatureBy(key, Buffer.from(data)).toString('base64url')}`
}

/** The same, signed with a secret (HS256). */
export const signedWithSecret = (secret: string | Buffer, header: Part, claims: Part): string => {
  const data = unsigned({ alg: 'HS256', ...header }, claims)
  return `${data}.${createHmac('sha256', secret).update(data).digest('base64url')}`
}
