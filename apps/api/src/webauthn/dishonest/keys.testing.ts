import type { CborMap, RegistrationMisbehaviour, SoftwareAuthenticatorOptions } from '@fobwatch/testkit'
import type { RefusalCode } from '#kernel'
import { changed, type DishonestRegistration, each, flipped, ofLine, publicKey } from './case.testing.ts'

/** Labels of a COSE_Key (RFC 9052 §7.1, RFC 9053 §7, RFC 8230 §4). */
const [kty, alg, crv, x, y, n, e] = ['1', '3', '-1', '-2', '-3', '-1', '-2']
const bytesOf = (key: CborMap, label: string): Buffer => Buffer.from(key.get(Number(label)) as Uint8Array)

type Change = Parameters<typeof changed>[1]
const key = (values: Change | ((key: CborMap) => Change)) =>
  publicKey((honest) => changed(honest, typeof values === 'function' ? values(honest) : values))

const of = (
  title: string,
  algorithm: -7 | -8 | -35 | -257,
  refusals: Partial<Record<RefusalCode, Record<string, RegistrationMisbehaviour>>>,
): Record<string, DishonestRegistration> => {
  const device: SoftwareAuthenticatorOptions = { algorithms: [algorithm] }
  const cases = Object.entries(refusals).flatMap(([code, each]) =>
    Object.entries(each).map(([name, misbehave]) => [
      `a key for ${title} with ${name}`,
      { device, misbehave, refusal: code as RefusalCode },
    ]),
  )
  return Object.fromEntries(cases)
}

const small = '0100000000000000000000000000000000000000000000000000000000000000'
const smallEncodedOtherwise = 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'
const offTheCurve = '0200000000000000000000000000000000000000000000000000000000000000'
const notCanonical = 'ff'.repeat(32)

/** Public keys (WebAuthn L3 §5.8.5, §6.5.2), for each algorithm that we offer. */
export const keyCases: Record<string, DishonestRegistration> = ofLine(8, {
  ...of('ES256', -7, {
    algorithm_not_allowed: {
      'no algorithm': key({ [alg]: undefined }),
      'the algorithm in text': key({ [alg]: 'ES256' }),
      'the label of ES384': key({ [alg]: -35 }),
      'the label of ES512': key({ [alg]: -36 }),
      'the label of ES256K': key({ [alg]: -47 }),
      'the label of EdDSA': key({ [alg]: -8 }),
      'the label of RS256': key({ [alg]: -257 }),
      'the label of an algorithm that nobody has': key({ [alg]: 0 }),
      'no type': key({ [kty]: undefined }),
      'the type of Ed25519': key({ [kty]: 1 }),
      'the type of RSA': key({ [kty]: 3 }),
      'no curve': key({ [crv]: undefined }),
      'the curve P-384': key({ [crv]: 2 }),
      'the curve secp256k1': key({ [crv]: 8 }),
      'the curve in text': key({ [crv]: 'P-256' }),
    },
    key_weak: {
      'no x': key({ [x]: undefined }),
      'a short x': key((honest) => ({ [x]: bytesOf(honest, x).subarray(1) })),
      'a long x': key((honest) => ({ [x]: Buffer.concat([Buffer.of(0), bytesOf(honest, x)]) })),
      'an x in text': key({ [x]: 'x' }),
      'no y': key({ [y]: undefined }),
      'a compressed y': key({ [y]: true }),
      'a point off its curve': { publicKey: 'off-curve' },
      'the point at infinity': key({ [x]: Buffer.alloc(32), [y]: Buffer.alloc(32) }),
      'an x beyond the field': key({ [x]: Buffer.alloc(32, 0xff) }),
      'its private half': key({ '-4': Buffer.alloc(32, 1) }),
      'a parameter more': key({ '2': Buffer.of(1) }),
    },
    response_malformed: {
      'nothing but a list': publicKey(() => []),
      'a parameter twice': { duplicateCborKeys: 'public-key' },
    },
  }),
  ...of('ES384', -35, {
    algorithm_not_allowed: {
      'the label of ES256': key({ [alg]: -7 }),
      'the curve P-256': key({ [crv]: 1 }),
      'the curve P-521': key({ [crv]: 3 }),
    },
    key_weak: {
      'a short x': key((honest) => ({ [x]: bytesOf(honest, x).subarray(16) })),
      'a point off its curve': key((honest) => ({ [y]: flipped(bytesOf(honest, y), -1) })),
      'no y': key({ [y]: undefined }),
    },
  }),
  ...of('EdDSA', -8, {
    algorithm_not_allowed: {
      'the label of ES256': key({ [alg]: -7 }),
      'the curve Ed448': key({ [crv]: 7 }),
      'the curve X25519': key({ [crv]: 4 }),
      'the type of an elliptic curve': key({ [kty]: 2 }),
    },
    key_weak: {
      'a short point': key((honest) => ({ [x]: bytesOf(honest, x).subarray(1) })),
      'a point of small order': key({ [x]: Buffer.from(small, 'hex') }),
      zero: key({ [x]: Buffer.alloc(32) }),
      'a point of small order, written otherwise': key({ [x]: Buffer.from(smallEncodedOtherwise, 'hex') }),
      'a point off its curve': key({ [x]: Buffer.from(offTheCurve, 'hex') }),
      'a point that is not canonical': key({ [x]: Buffer.from(notCanonical, 'hex') }),
      'its private half': key({ '-4': Buffer.alloc(32, 1) }),
    },
  }),
  ...of('RS256', -257, {
    algorithm_not_allowed: {
      'the label of RS1': key({ [alg]: -65_535 }),
      'the label of RS384': key({ [alg]: -258 }),
      'the label of PS256': key({ [alg]: -37 }),
      'the type of an elliptic curve': key({ [kty]: 2 }),
    },
    key_weak: {
      '1024 bits': { publicKey: 'rsa-1024' },
      '1024 bits behind zeros': key((honest) => ({
        [n]: Buffer.concat([Buffer.alloc(128), bytesOf(honest, n).subarray(128)]),
      })),
      '2047 bits': key((honest) => ({ [n]: flipped(bytesOf(honest, n), 0, bytesOf(honest, n).readUInt8(0) & 0x80) })),
      '16,384 bits': key({ [n]: Buffer.alloc(2_048, 0xff) }),
      'an even modulus': key((honest) => ({ [n]: flipped(bytesOf(honest, n), -1) })),
      'no modulus': key({ [n]: undefined }),
      'an exponent of one': { publicKey: 'rsa-exponent-one' },
      'an exponent of two': key({ [e]: Buffer.of(2) }),
      'an empty exponent': key({ [e]: Buffer.alloc(0) }),
      'an exponent of 40 bits': key({ [e]: Buffer.of(1, 0, 0, 0, 1) }),
      'no exponent': key({ [e]: undefined }),
    },
  }),
  ...each('algorithm_not_allowed', {
    'a key on P-256 that signs as RS256 would': { algorithm: -7, algorithmLabel: -257 },
  }),
})
