import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { randomBytes } from './random.ts'

const ivBytes = 12
const tagBytes = 16

const objects = new WeakMap<Uint8Array, KeyObject>()

/**
 * A key as an object of node:crypto, made once: it throws and catches to find out what bytes are, which costs more than to
 * use them.
 * @param key bytes that nobody changes
 */
export const keyObjectOf = (key: Uint8Array): KeyObject => {
  const known = objects.get(key) ?? createSecretKey(key)
  objects.set(key, known)
  return known
}

/**
 * Derives a key for one purpose from the master key, so that no key serves two purposes (HKDF, RFC 5869).
 * @param masterKey 32 bytes
 * @param purpose a name that is never reused, such as `signing-keys`
 * @returns 32 bytes
 */
export const deriveKey = (masterKey: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, '', `fobwatch ${purpose}`, 32))

/**
 * Encrypts and authenticates (AES-256-GCM).
 * @param context what the secret belongs to; it opens only with the same context
 * @returns IV, ciphertext and tag, in this order
 */
export const seal = (key: Uint8Array, plain: Uint8Array, context: string): Buffer => {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', keyObjectOf(key), iv, { authTagLength: tagBytes }).setAAD(
    Buffer.from(context),
  )
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/**
 * Opens what `seal` sealed.
 * @throws when the key or the context is another, or a bit was changed
 */
export const unseal = (key: Uint8Array, sealed: Uint8Array, context: string): Buffer => {
  const iv = sealed.subarray(0, ivBytes)
  const tag = sealed.subarray(sealed.length - tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', keyObjectOf(key), iv, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(context)).setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes, sealed.length - tagBytes)), decipher.final()])
}
