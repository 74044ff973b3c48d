import { generateKeyPairSync } from 'node:crypto'
import type { KnownCredential } from './evidence.ts'

const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })

/** A COSE key for ES256, but for its coordinates (RFC 9053 §7.1.1). */
const beforeX = 'a5010203262001215820'
const beforeY = '225820'

/**
 * A credential that nobody holds: verifying against it costs what it costs for one that somebody holds. The private half
 * was gone as soon as it was made.
 */
export const nobodysCredential: KnownCredential = {
  publicKey: Buffer.concat([
    Buffer.from(beforeX, 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from(beforeY, 'hex'),
    Buffer.from(y, 'base64url'),
  ]),
  signCount: 0,
  backupEligible: false,
  userHandle: Buffer.alloc(32),
}
