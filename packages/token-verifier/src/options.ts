import type { JWK } from 'jose'
import { ALGORITHMS, type Algorithm } from './algorithms.ts'
import { createReplayMemory, type ReplayMemory } from './replays.ts'

export type VerifierOptions = {
  /** The issuer's address exactly as its tokens write it. https, or http on this machine itself. */
  issuer: string
  /** The `aud` of access tokens: the resource identifier of your API. */
  audience: string
  /** The `aud` of ID tokens: your client id. Left out, it is `audience`. */
  clientId?: string
  /** Left out: ES256, RS256, PS256 and EdDSA. */
  algorithms?: readonly Algorithm[]
  /** How far clocks may differ, in seconds. Left out: 5. */
  clockToleranceSeconds?: number
  /** Where the issuer's keys are. Left out, the issuer's discovery document says. */
  jwksUri?: string
  /** The issuer's public keys, for whoever has them at hand and need not fetch them: the issuer itself, or a test. */
  keys?: () => readonly JWK[]
  /** Unknown key ids make the keys be fetched again, but no more than 3 times within this. Left out: 30. */
  jwksCooldownSeconds?: number
  /** Keys older than this are fetched again, so that a withdrawn key is forgotten. Left out: 600. */
  jwksMaxAgeSeconds?: number
  /** After a fetch of the keys has failed, the next one waits this long. Left out: 2. */
  retryAfterSeconds?: number
  /**
   * The origin that callers know your API by, such as `https://ward.example.org`: proofs of keys name it (DPoP, RFC 9449).
   * Left out, tokens that are bound to a key are refused. It is not taken from the request, where anybody can write it.
   */
  origin?: string
  /** Remembers what may be used once. Left out, it is the memory of this process: several processes need to share one. */
  replays?: ReplayMemory
}

export type Settings = Required<Omit<VerifierOptions, 'jwksUri' | 'keys' | 'origin'>> & {
  keys: (() => readonly JWK[]) | undefined
  jwksUri: URL | undefined
  origin: string | undefined
}

/**
 * Completes and checks what the application configured.
 * @throws TypeError for an algorithm that is symmetric, `none` or unknown, for an empty audience, for seconds that are
 *   not a number from 0 up, for an address that is neither https nor http on the loopback, and for an origin with a path
 */
export const settingsOf = (options: VerifierOptions): Settings => {
  safeAddress('issuer', options.issuer)
  if (!options.audience) throw new TypeError('audience: name the audience that tokens must be meant for')

  return {
    issuer: options.issuer,
    audience: options.audience,
    clientId: options.clientId ?? options.audience,
    algorithms: knownAlgorithms(options.algorithms ?? ['ES256', 'RS256', 'PS256', 'EdDSA']),
    clockToleranceSeconds: seconds('clockToleranceSeconds', options.clockToleranceSeconds ?? 5),
    jwksUri: options.jwksUri === undefined ? undefined : safeAddress('jwksUri', options.jwksUri),
    keys: options.keys,
    jwksCooldownSeconds: seconds('jwksCooldownSeconds', options.jwksCooldownSeconds ?? 30),
    jwksMaxAgeSeconds: seconds('jwksMaxAgeSeconds', options.jwksMaxAgeSeconds ?? 600),
    retryAfterSeconds: seconds('retryAfterSeconds', options.retryAfterSeconds ?? 2),
    origin: options.origin === undefined ? undefined : onlyOrigin(options.origin),
    replays: options.replays ?? createReplayMemory(),
  }
}

/**
 * Reads an address that keys may be fetched from: whoever can alter the keys on their way can sign any token.
 * @throws TypeError unless it is https, or http on the loopback
 */
export const safeAddress = (name: string, value: string): URL => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url?.protocol === 'https:') return url
  if (url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) return url
  throw new TypeError(`${name}: needs an https address, or http on localhost`)
}

const onlyOrigin = (value: string) => {
  if (!URL.canParse(value) || new URL(value).origin !== value) throw new TypeError('origin: needs an origin, no more')
  return value
}

const knownAlgorithms = (algorithms: readonly Algorithm[]) => {
  const unknown = algorithms.filter((algorithm) => !ALGORITHMS.includes(algorithm))
  if (unknown.length > 0) throw new TypeError(`algorithms: ${unknown.join(', ')} cannot be accepted`)
  if (algorithms.length === 0) throw new TypeError('algorithms: name at least one')
  return algorithms
}

const seconds = (name: string, value: number) => {
  if (!Number.isFinite(value) || value < 0) throw new TypeError(`${name}: needs a number of seconds, 0 or more`)
  return value
}
