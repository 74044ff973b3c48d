import {
  constants,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  type SignKeyObjectInput,
  sign,
} from 'node:crypto'
import { promisify } from 'node:util'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { seal, unseal } from '#kernel'
import { joined } from './joined.ts'
import type { KeptKey, Signer, SigningAlgorithm, Vault } from './signer.ts'

type Sign = (data: Uint8Array, key: KeyObject) => Uint8Array | Promise<Uint8Array>

/** In a thread of its own: an RSA signature takes a millisecond. On a curve it takes less than the way to a thread. */
const signApart = promisify(sign) as (hash: string, data: Uint8Array, key: SignKeyObjectInput) => Promise<Uint8Array>

/** RFC 7518 §3.3 to §3.5, RFC 8037 §3.1. */
const methods: Record<SigningAlgorithm, Sign> = {
  // As the bare key has it, and then in the form of a JWS: node:crypto takes as long again to do both at once.
  ES256: (data, key) => joined(sign('sha256', data, key), 32),
  RS256: (data, key) => signApart('sha256', data, { key, padding: constants.RSA_PKCS1_PADDING }),
  PS256: (data, key) =>
    signApart('sha256', data, {
      ...{ key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
    }),
  EdDSA: (data, key) => sign(null, data, key),
}

/**
 * A vault in the database: private keys lie there sealed, and are opened in the memory of each process.
 * @param key 32 bytes, derived from the master key
 */
export const sealedVault = (key: Uint8Array): Vault => ({
  make: async (algorithm) => {
    const { kid, publicJwk, privateJwk } = await makePair(algorithm)
    return { kid, algorithm, publicJwk, kept: seal(key, Buffer.from(JSON.stringify(privateJwk)), kid) }
  },
  open: async ({ kid, algorithm, kept }: KeptKey): Promise<Signer> => {
    const privateKey = createPrivateKey({ key: unsealed(key, kid, kept), format: 'jwk' })
    return {
      kid,
      algorithm,
      // From the sealed half, so that nobody who only writes to the database can have a key of theirs published.
      publicJwk: createPublicKey(privateKey).export({ format: 'jwk' }) as JWK,
      sign: async (data) => methods[algorithm](data, privateKey),
    }
  },
})

interface Pair {
  kid: string
  publicJwk: JWK
  privateJwk: JWK
}

const makePair = async (algorithm: SigningAlgorithm): Promise<Pair> => {
  const pair = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 })
  const publicJwk = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  // To `fobwatch keys revoke` a word with a dash before it would be an option.
  return kid.startsWith('-') ? makePair(algorithm) : { kid, publicJwk, privateJwk: await exportJWK(pair.privateKey) }
}

const unsealed = (key: Uint8Array, kid: string, kept: Buffer): JWK => {
  try {
    return JSON.parse(unseal(key, kept, kid).toString())
  } catch (cause) {
    throw new Error('The signing keys cannot be opened: FOBWATCH_MASTER_KEY is not the one they were sealed with.', {
      cause,
    })
  }
}
