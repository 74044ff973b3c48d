import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto'
import type { Checkpoint } from '../chain/checkpoint.ts'
import { checkpointHeader } from '../chain/checkpoint.ts'

/** A key that whoever verifies trusts, and whether it was revoked since. */
export interface TrustedKey {
  key: KeyObject
  revoked: boolean
}

export type TrustedKeys = ReadonlyMap<string, TrustedKey>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const trustedKey = (jwk: unknown): [string, TrustedKey] => {
  if (!isObject(jwk) || typeof jwk['kid'] !== 'string') throw new Error('a key has no `kid`')
  if (jwk['kty'] !== 'EC' || jwk['crv'] !== 'P-256') throw new Error(`the key ${jwk['kid']} is not for ES256`)
  const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
  return [jwk['kid'], { key, revoked: jwk['revoked_at'] !== undefined && jwk['revoked_at'] !== null }]
}

/** Who keeps what is new each time may have a key twice, and then what is said against it counts. */
const joined = (keys: readonly (readonly [string, TrustedKey])[]): TrustedKeys => {
  const known = new Map<string, TrustedKey>()
  for (const [kid, { key, revoked }] of keys) {
    const other = known.get(kid)
    if (other && !other.key.equals(key)) throw new Error(`two keys have the \`kid\` ${kid}`)
    known.set(kid, { key, revoked: revoked || other?.revoked === true })
  }
  return known
}

/**
 * Reads the keys to trust: a JWK set (RFC 7517 §5), as `fobwatch audit keys` prints it. Of keys for other algorithms,
 * such as stand at `/jwks` too, nothing is made.
 * @throws Error with what is wrong
 */
export const readKeys = (text: string): TrustedKeys => {
  const set: unknown = JSON.parse(text)
  if (!isObject(set) || !Array.isArray(set['keys'])) throw new Error('it is not a JWK set')
  const keys = set['keys'].filter((jwk) => !isObject(jwk) || (jwk['kty'] === 'EC' && jwk['crv'] === 'P-256'))
  if (keys.length === 0) throw new Error('it has no key for ES256')
  return joined(keys.map(trustedKey))
}

const partOf = (part: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isCheckpoint = (claims: Record<string, unknown> | undefined): claims is Record<string, unknown> & Checkpoint =>
  typeof claims?.['iss'] === 'string' &&
  Number.isSafeInteger(claims['batch']) &&
  Number.isSafeInteger(claims['events']) &&
  typeof claims['hash'] === 'string' &&
  typeof claims['at'] === 'string'

/** A checkpoint whose signature holds, or in words why it is not believed. */
export type Read = { checkpoint: Checkpoint; revoked: boolean } | { fault: string }

/** An id that a file says, where it is one that a terminal can be shown. */
const shown = (kid: string): string => (/^[!-~]{1,100}$/.test(kid) ? `, ${kid}` : '')

const pattern = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/

/** Reads a signed checkpoint (a compact JWS, RFC 7515) by the keys that are trusted, and by no key that it brings. */
export const readCheckpoint = (jws: string, keys: TrustedKeys): Read => {
  const [, head = '', body = '', signature = ''] = pattern.exec(jws) ?? []
  const header = partOf(head)
  const claims = partOf(body)
  if (header?.['typ'] !== checkpointHeader.typ || header['alg'] !== checkpointHeader.alg || !isCheckpoint(claims))
    return { fault: 'is not a checkpoint of an audit log' }
  const kid = String(header['kid'])
  const trusted = keys.get(kid)
  if (!trusted) return { fault: `was signed with a key that you do not trust${shown(kid)}` }
  const signed = Buffer.from(`${head}.${body}`)
  const how = { key: trusted.key, dsaEncoding: 'ieee-p1363' } as const
  if (!verify('sha256', signed, how, Buffer.from(signature, 'base64url')))
    return { fault: `is forged: the signature is not that of the key ${kid}` }
  return { checkpoint: claims, revoked: trusted.revoked }
}
