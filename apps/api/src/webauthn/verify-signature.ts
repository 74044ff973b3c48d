import { verify } from 'node:crypto'
import { readCborMap } from './cbor.ts'
import { readKey } from './cose-key.ts'

/** What is signed with each algorithm that we offer; Ed25519 hashes by itself (RFC 9053 §2, RFC 8812 §2). */
const digests = new Map([
  [-7, 'sha256'],
  [-35, 'sha384'],
  [-257, 'sha256'],
])

/**
 * Verifies a signature (WebAuthn L3 §6.5.5, §7.2 steps 23 and 24): DER for ECDSA, and nothing that is merely like it.
 * @param publicKey a COSE key, which is held against what makes one sound each time
 * @throws Refusal `algorithm_not_allowed`, `key_weak`
 */
export const isSignedWith = (publicKey: Uint8Array, signed: Buffer, signature: Buffer): boolean => {
  const { algorithm, keyObject } = readKey(readCborMap(Buffer.from(publicKey)))
  return verify(digests.get(algorithm) ?? null, signed, keyObject, signature)
}
