import type { Case, Column, Kind } from './cases.ts'
import { type Algorithm, algorithms, type Key, type Part, signed, signedWithSecret, unsigned } from './sign.ts'

/** What the service's own tokens look like, to be signed anew. */
export type Sample = Record<Kind, { header: Part; claims: Part }>

/**
 * An issuer like ours, whose keys are at hand: nobody can take ours to make a token that is wrong in one thing only and
 * signed as it must be. Besides, a forger, and a place where tokens say that the forger's key is.
 */
export interface Twin {
  issuer: string
  audience: string
  clientId: string
  sample: Sample
  keys: Record<Algorithm, Key>
  forger: Record<Algorithm, Key>
  /** A certificate of the forger's key, as `x5c` has it. */
  forgerChain: string[]
  trap: { jku: string; x5u: string }
  wrongTypes: Record<Kind, (string | undefined)[]>
}

const hour = 3600

/** Every genuine and every forged token of one kind (threats: to the token verifier). */
export const forge = (twin: Twin, kind: Kind): Case[] => {
  const { header, claims } = twin.sample[kind]
  const { ES256, RS256 } = twin.keys
  const { forger } = twin
  const good = signed(ES256, header, claims)
  const parts = { header, claims, good }

  const by: Record<Column, Record<string, string>> = {
    genuine: Object.fromEntries(algorithms.map((each) => [each, signed(twin.keys[each], header, claims)])),
    none: unsignedOnes(ES256, parts),
    HS256: withPublicKey([ES256, RS256], parts),
    kid: {
      'another key under a known kid': signed({ ...forger.ES256, kid: ES256.kid }, header, claims),
      'another RSA key under a known kid': signed({ ...forger.RS256, kid: RS256.kid }, header, claims),
      'another key under an unknown kid': signed(forger.ES256, header, claims),
      'another key without a kid': signed(forger.ES256, { ...header, kid: undefined }, claims),
      'a right key under the kid of another': signed({ ...ES256, kid: RS256.kid }, header, claims),
      'a kid that is no text': signed(forger.ES256, { ...header, kid: 7 }, claims),
    },
    jku: pointing('jku', twin, parts),
    x5u: pointing('x5u', twin, parts),
    embedded: {
      ...carrying('jwk', forger.ES256.publicJwk, twin, parts),
      ...carrying('x5c', twin.forgerChain, twin, parts),
    },
    typ: Object.fromEntries(
      twin.wrongTypes[kind].map((typ) => [`typ ${typ}`, signed(ES256, { ...header, typ }, claims)]),
    ),
    aud: changed(parts, ES256, 'aud', ['https://elsewhere.test/api', ['https://elsewhere.test/api'], [], undefined]),
    iss: changed(parts, ES256, 'iss', [`${twin.issuer}/`, 'https://elsewhere.test', undefined]),
    expired: changed(parts, ES256, 'exp', [now() - hour]),
    'no exp': changed(parts, ES256, 'exp', [undefined]),
    nbf: changed(parts, ES256, 'nbf', [now() + hour]),
    iat: changed(parts, ES256, 'iat', [now() + hour]),
    'cut off': cutOff(good),
    altered: alteredOnes(parts),
    crit: { 'crit with an unknown extension': signed(ES256, { ...header, crit: ['mood'], mood: 'fair' }, claims) },
  }
  return Object.entries(by).flatMap(([column, tokens]) =>
    Object.entries(tokens).map(([name, token]) => ({ name, kind, column: column as Column, token })),
  )
}

const now = () => Math.floor(Date.now() / 1000)

interface Parts {
  header: Part
  claims: Part
  /** Signed as it must be. */
  good: string
}

const unsignedOnes = ({ kid }: Key, { header, claims, good }: Parts) => ({
  ...Object.fromEntries(
    ['none', 'None', 'NONE', 'nOnE'].map((alg) => [`alg ${alg}`, `${unsigned({ ...header, alg, kid }, claims)}.`]),
  ),
  'alg none with a signature': `${unsigned({ ...header, alg: 'none', kid }, claims)}.${good.split('.')[2]}`,
  'alg none without a kid': `${unsigned({ ...header, alg: 'none' }, claims)}.`,
})

/** Whatever form a library may keep a public key in, as the secret. */
const withPublicKey = (keys: Key[], { header, claims }: Parts) =>
  Object.fromEntries(
    keys.flatMap(({ kid, algorithm, publicKey, publicJwk }) => {
      const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
      const forms: [string, string | Buffer][] = [
        ['PEM', pem],
        ['PEM without its last newline', pem.trim()],
        ['DER', publicKey.export({ type: 'spki', format: 'der' })],
        ['JWK', JSON.stringify(publicJwk)],
        ['bare key', Buffer.from(String(publicJwk.n ?? publicJwk.x), 'base64url')],
        ['empty secret', ''],
      ]
      return forms.map(([form, secret]) => [
        `HS256 with the ${algorithm} key: ${form}`,
        signedWithSecret(secret, { ...header, kid }, claims),
      ])
    }),
  )

/** The forger's key, and where the library may fetch it. */
const pointing = (name: 'jku' | 'x5u', { keys, forger, trap }: Twin, { header, claims }: Parts) => ({
  [`${name}, unknown kid`]: signed(forger.ES256, { ...header, [name]: trap[name] }, claims),
  [`${name}, known kid`]: signed({ ...forger.ES256, kid: keys.ES256.kid }, { ...header, [name]: trap[name] }, claims),
  [`${name}, no kid`]: signed(forger.ES256, { ...header, kid: undefined, [name]: trap[name] }, claims),
})

const carrying = (name: 'jwk' | 'x5c', value: unknown, { keys, forger }: Twin, { header, claims }: Parts) => ({
  [`${name}, unknown kid`]: signed(forger.ES256, { ...header, [name]: value }, claims),
  [`${name}, known kid`]: signed({ ...forger.ES256, kid: keys.ES256.kid }, { ...header, [name]: value }, claims),
  [`${name}, no kid`]: signed(forger.ES256, { ...header, kid: undefined, [name]: value }, claims),
})

/** Signed as it must be, with one claim that is not as it should be. */
const changed = ({ header, claims }: Parts, key: Key, name: string, values: unknown[]) =>
  Object.fromEntries(
    values.map((value) => [`${name}: ${nameOf(value)}`, signed(key, header, { ...claims, [name]: value })]),
  )

const nameOf = (value: unknown): string => {
  if (typeof value === 'number') return value > now() ? 'in an hour' : 'an hour ago'
  return value === undefined ? 'missing' : JSON.stringify(value)
}

const cutOff = (good: string) => {
  const [head = '', body = '', signature = ''] = good.split('.')
  return {
    'without the end of its signature': good.slice(0, -8),
    'without its signature': `${head}.${body}.`,
    'without its third part': `${head}.${body}`,
    'in the middle of its claims': `${head}.${body.slice(0, body.length / 2)}`,
    'in the middle of its claims, with its signature': `${head}.${body.slice(0, body.length / 2)}.${signature}`,
    'nothing of it': '',
  }
}

const alteredOnes = ({ header, claims, good }: Parts) => {
  const [head, body, signature] = good.split('.')
  const others = Buffer.from(JSON.stringify({ ...claims, sub: '656005750999' })).toString('base64url')
  return {
    'another subject': `${head}.${others}.${signature}`,
    'a signature of zeroes': `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`,
    'another header': `${Buffer.from(JSON.stringify({ ...header, alg: 'ES256' })).toString('base64url')}.${body}.${signature}`,
  }
}
