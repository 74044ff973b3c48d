import { createPublicKey } from 'node:crypto'
import { clientAuthAlgorithms, type Fault } from '@fobwatch/contracts'
import { methodOf, type Rule, when } from './rules.ts'

type Jwk = Record<string, unknown>

/** Members that only the holder of a key may know (RFC 7518 §6). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

const leastModulusBits = 2048

const isText = (value: unknown) => value === undefined || typeof value === 'string'

/** Which algorithms a key is for, by its type. */
const algorithmsOf = ({ kty, crv }: Jwk): string[] => {
  if (kty === 'RSA') return ['RS256', 'RS512', 'PS256']
  if (kty === 'EC' && crv === 'P-256') return ['ES256']
  return kty === 'OKP' && crv === 'Ed25519' ? ['EdDSA'] : []
}

const whyNotRsa = ({ modulusLength = 0, publicExponent = 0n }: { modulusLength?: number; publicExponent?: bigint }) => {
  if (modulusLength < leastModulusBits) return `is weak: RSA takes ${leastModulusBits} bits at least`
  return publicExponent < 65_537n || publicExponent % 2n === 0n ? 'is weak: its exponent is too small' : undefined
}

const whyNotKey = (jwk: Jwk): string | undefined => {
  const secret = privateMembers.find((member) => Object.hasOwn(jwk, member))
  if (secret) return `has the private member ${secret}: send public keys, and make a new one in place of this`
  if (algorithmsOf(jwk).length === 0) return 'must be RSA, EC with P-256, or OKP with Ed25519'
  if (!isText(jwk['kid']) || !isText(jwk['alg']) || !isText(jwk['use'])) return 'has a kid, alg or use that is no text'
  const alg = jwk['alg'] as string | undefined
  if (alg !== undefined && !algorithmsOf(jwk).includes(alg))
    return `says that it is for ${alg}, and can be for ${algorithmsOf(jwk).join(', ')}`
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    return key.asymmetricKeyType === 'rsa' ? whyNotRsa(key.asymmetricKeyDetails ?? {}) : undefined
  } catch {
    return 'is no key: its numbers do not make one'
  }
}

const isFor = (jwk: Jwk, algorithm: string | undefined): boolean => {
  const of = typeof jwk['alg'] === 'string' ? [jwk['alg']] : algorithmsOf(jwk)
  const usable = jwk['use'] === undefined || jwk['use'] === 'sig'
  return usable && (algorithm === undefined ? of.some((each) => isOurs(each)) : of.includes(algorithm))
}

const isOurs = (algorithm: string) => clientAuthAlgorithms.some((each) => each === algorithm)

const twice = (keys: readonly Jwk[]): Fault[] => {
  const ids = keys.map(({ kid }) => kid)
  return keys.flatMap(({ kid }, at) =>
    when(kid !== undefined && ids.indexOf(kid) < at, `jwks.keys[${at}]`, `has the kid ${kid}, as one before it`),
  )
}

/** The public keys of a client: sound ones, and one for the algorithm that it is to use. */
export const keyRule: Rule = (metadata) => {
  const { jwks, jwks_uri, token_endpoint_auth_signing_alg: algorithm } = metadata
  const isByKey = methodOf(metadata) === 'private_key_jwt'
  const keys = jwks?.keys ?? []
  const faults = keys.flatMap((jwk, at) => {
    const why = whyNotKey(jwk)
    return when(why !== undefined, `jwks.keys[${at}]`, why ?? '')
  })
  return [
    ...faults,
    ...twice(keys),
    ...when(jwks !== undefined && jwks_uri !== undefined, 'jwks_uri', 'and jwks exclude each other'),
    ...when(isByKey && !jwks && !jwks_uri, 'jwks', 'or jwks_uri must be given for private_key_jwt'),
    ...when(
      isByKey && faults.length === 0 && keys.length > 0 && !keys.some((jwk) => isFor(jwk, algorithm)),
      'jwks.keys',
      `has none for signing by ${algorithm ?? clientAuthAlgorithms.join(', ')}`,
    ),
    ...when(
      !isByKey && algorithm !== undefined,
      'token_endpoint_auth_signing_alg',
      'has no use without private_key_jwt as token_endpoint_auth_method',
    ),
  ]
}
