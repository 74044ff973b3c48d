import { constants, type VerifyKeyObjectInput, verify, X509Certificate } from 'node:crypto'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { judgeChain } from '../trust/chain.ts'
import { readJson } from './read-json.ts'

/** Whose blobs are believed, and when. */
export interface Publisher {
  /** Roots in DER. */
  roots: readonly Buffer[]
  /**
   * The host that the signer's certificate must be for, since a public root vouches for half the web; null where the
   * roots vouch for nobody else.
   */
  signer: string | null
  time: Date
}

const Header = Type.Object({
  alg: Type.String(),
  x5c: Type.Array(Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$' }), { minItems: 1, maxItems: 6 }),
  crit: Type.Optional(Type.Never()),
})

interface Algorithm {
  hash: string
  /** What Node calls the type of key, and the curve. */
  key: 'rsa' | 'ec'
  curve?: string
  input?: Omit<VerifyKeyObjectInput, 'key'>
}

/** JWS algorithms that are believed (RFC 7518 §3.1), each for its own type of key. */
const algorithms = new Map<string, Algorithm>([
  ['RS256', { hash: 'sha256', key: 'rsa' }],
  ['PS256', { hash: 'sha256', key: 'rsa', input: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } }],
  ['ES256', { hash: 'sha256', key: 'ec', curve: 'prime256v1', input: { dsaEncoding: 'ieee-p1363' } }],
  ['ES384', { hash: 'sha384', key: 'ec', curve: 'secp384r1', input: { dsaEncoding: 'ieee-p1363' } }],
])

/**
 * Verifies a blob in the form of a JWS (RFC 7515) whose header carries the signer's certificates. Nothing is fetched:
 * a header that gives an address for them is refused for lacking them.
 * @returns the payload
 * @throws Error with a sentence
 */
export const verifyBlob = async (jwt: string, publisher: Publisher): Promise<Buffer> => {
  const [header, payload, signature, ...more] = jwt.trim().split('.')
  if (!header || !payload || !signature || more.length > 0) throw new Error('The metadata is not a signed blob.')
  const { alg, x5c } = headerOf(header)
  const algorithm = algorithms.get(alg)
  if (!algorithm) throw new Error('The metadata is signed with an algorithm that is not believed.')

  const chain = x5c.map((each) => Buffer.from(each, 'base64'))
  const { why } = await judgeChain(
    chain,
    publisher.roots.map((certificate) => ({ certificate })),
    publisher.time,
  )
  if (why) throw new Error(`The metadata's signer is not trusted: its chain of certificates, ${why}.`)
  const leaf = new X509Certificate(chain[0] ?? Buffer.of())
  if (publisher.signer !== null && !leaf.checkHost(publisher.signer, { wildcards: false }))
    throw new Error(`The metadata's signer is not ${publisher.signer}.`)
  if (!isSigned(`${header}.${payload}`, Buffer.from(signature, 'base64url'), leaf, algorithm))
    throw new Error('The signature of the metadata does not match.')
  return Buffer.from(payload, 'base64url')
}

const headerOf = (part: string) => {
  const header = readJson(Buffer.from(part, 'base64url'))
  if (!Value.Check(Header, header)) throw new Error("The metadata's header does not carry its signer's certificates.")
  return header
}

const isSigned = (text: string, signature: Buffer, { publicKey }: X509Certificate, algorithm: Algorithm): boolean => {
  const { asymmetricKeyType, asymmetricKeyDetails } = publicKey
  if (asymmetricKeyType !== algorithm.key || asymmetricKeyDetails?.namedCurve !== algorithm.curve) return false
  return verify(algorithm.hash, Buffer.from(text), { key: publicKey, ...algorithm.input }, signature)
}
