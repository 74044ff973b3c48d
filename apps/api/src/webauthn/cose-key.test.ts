import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import type { CborMap, CborValue } from './cbor.ts'
import { readKey } from './cose-key.ts'

const bytes = (member: string | undefined) => Buffer.from(member ?? '', 'base64url')
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' })
const rsa = (modulusLength: number, publicExponent = 65_537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey.export({ format: 'jwk' })

const es256 = (): CborMap => {
  const { x, y } = ec('P-256')
  return new Map<number, CborValue>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, bytes(x)],
    [-3, bytes(y)],
  ])
}
const es384 = (): CborMap => {
  const { x, y } = ec('P-384')
  return new Map<number, CborValue>([
    [1, 2],
    [3, -35],
    [-1, 2],
    [-2, bytes(x)],
    [-3, bytes(y)],
  ])
}
const eddsa = (x = bytes(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x)): CborMap =>
  new Map<number, CborValue>([
    [1, 1],
    [3, -8],
    [-1, 6],
    [-2, x],
  ])
const rs256 = ({ n, e } = rsa(2048)): CborMap =>
  new Map<number, CborValue>([
    [1, 3],
    [3, -257],
    [-1, bytes(n)],
    [-2, bytes(e)],
  ])
const changed = (key: CborMap, label: number, value: CborValue): CborMap => new Map(key).set(label, value)
const without = (key: CborMap, label: number): CborMap => new Map([...key].filter(([each]) => each !== label))

/** A byte more than a coordinate ought to differ in: the point leaves the curve. */
const nudged = (key: CborMap): CborMap => {
  const y = Buffer.from(key.get(-3) as Buffer)
  y.writeUInt8(y.readUInt8(0) ^ 1)
  return changed(key, -3, y)
}

describe('a new public key', () => {
  it('is taken for each algorithm that we offer', () => {
    for (const [key, algorithm] of [
      [es256(), -7],
      [es384(), -35],
      [eddsa(), -8],
      [rs256(), -257],
    ] as const)
      assert.equal(readKey(key).algorithm, algorithm)
  })

  it('line 8: is refused for an algorithm that we did not offer, or when key and algorithm disagree', () => {
    const faults: [string, CborMap][] = [
      ['ES512', changed(es256(), 3, -36)],
      ['RS1', changed(rs256(), 3, -65_535)],
      ['no algorithm', without(es256(), 3)],
      ['an algorithm in text', changed(es256(), 3, 'ES256')],
      ['P-256 for ES384', changed(es256(), 3, -35)],
      ['P-384 for ES256', changed(es384(), 3, -7)],
      ['P-256 for EdDSA', changed(es256(), 3, -8)],
      ['P-256 for RS256', changed(es256(), 3, -257)],
      ['RSA for ES256', changed(rs256(), 3, -7)],
      ['Ed25519 for ES256', changed(eddsa(), 3, -7)],
      ['Ed448 for EdDSA', changed(eddsa(), -1, 7)],
    ]
    for (const [title, key] of faults) assert.throws(() => readKey(key), { code: 'algorithm_not_allowed' }, title)
  })

  it('line 8: is refused off its curve', () => {
    for (const key of [nudged(es256()), nudged(es384())]) assert.throws(() => readKey(key), { code: 'key_weak' })
    assert.throws(() => readKey(changed(changed(es256(), -2, Buffer.alloc(32)), -3, Buffer.alloc(32))), {
      code: 'key_weak',
    })
  })

  it('line 8: is refused when it is RSA under 2048 bits, beyond 4096, or with an exponent that lets anybody sign', () => {
    const honest = rsa(2048)
    const faults: [string, CborMap][] = [
      ['1024 bits', rs256(rsa(1024))],
      ['2047 bits', rs256({ ...honest, n: halved(honest.n) })],
      ['1024 bits behind zeros', changed(rs256(), -1, Buffer.concat([Buffer.alloc(128), bytes(rsa(1024).n)]))],
      ['16,384 bits', changed(rs256(), -1, Buffer.alloc(2_048, 0xff))],
      ['an even modulus', changed(rs256(), -1, Buffer.alloc(256, 0xfe))],
      ['e = 1', changed(rs256(), -2, Buffer.of(1))],
      ['e = 2', changed(rs256(), -2, Buffer.of(2))],
      ['e = 65536', changed(rs256(), -2, Buffer.of(1, 0, 0))],
      ['no e', changed(rs256(), -2, Buffer.alloc(0))],
      ['an e of 40 bits', changed(rs256(), -2, Buffer.of(1, 0, 0, 0, 1))],
      ['no n', changed(rs256(), -1, Buffer.alloc(0))],
    ]
    for (const [title, key] of faults) assert.throws(() => readKey(key), { code: 'key_weak' }, title)
    assert.equal(readKey(rs256(rsa(2048, 3))).algorithm, -257)
  })

  it('line 8: is refused when it is an Ed25519 point of small order, off the curve, or not canonical', () => {
    const small = [
      '0000000000000000000000000000000000000000000000000000000000000000',
      '0100000000000000000000000000000000000000000000000000000000000000',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    ]
    const astray = ['0200000000000000000000000000000000000000000000000000000000000000']
    const notCanonical = ['edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 'ff'.repeat(32)]
    for (const point of [...small, ...astray, ...notCanonical])
      assert.throws(() => readKey(eddsa(Buffer.from(point, 'hex'))), { code: 'key_weak' }, point)
    for (let times = 0; times < 20; times += 1) assert.equal(readKey(eddsa()).algorithm, -8)
  })

  it('is refused with anything missing, besides, or in another form', () => {
    const faults: [string, CborMap][] = [
      ['no y', without(es256(), -3)],
      ['a compressed y', changed(es256(), -3, true)],
      ['a short x', changed(es256(), -2, Buffer.alloc(31, 1))],
      ['a private key', changed(es256(), -4, Buffer.alloc(32, 1))],
      ['a private key of Ed25519', changed(eddsa(), -4, Buffer.alloc(32, 1))],
    ]
    for (const [title, key] of faults) assert.throws(() => readKey(key), { code: 'key_weak' }, title)
  })
})

/** The same modulus without its highest bit. */
const halved = (n: string | undefined): string => {
  const modulus = bytes(n)
  modulus.writeUInt8(modulus.readUInt8(0) & 0x7f)
  return modulus.toString('base64url')
}
