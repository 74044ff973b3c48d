import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bytesClaiming, type CborValue, encodeCbor, mapOfEntries, nestedArrays } from './cbor.ts'

const hexOf = (value: CborValue) => encodeCbor(value).toString('hex')

describe('CBOR', () => {
  it('encodes the examples of RFC 8949, appendix A', () => {
    const examples: [CborValue, string][] = [
      [0, '00'],
      [23, '17'],
      [24, '1818'],
      [100, '1864'],
      [1000, '1903e8'],
      [1_000_000, '1a000f4240'],
      [1_000_000_000_000, '1b000000e8d4a51000'],
      [-1, '20'],
      [-10, '29'],
      [-100, '3863'],
      [-1000, '3903e7'],
      [false, 'f4'],
      [true, 'f5'],
      [Buffer.from('01020304', 'hex'), '4401020304'],
      ['', '60'],
      ['IETF', '6449455446'],
      ['ü', '62c3bc'],
      ['水', '63e6b0b4'],
      [[], '80'],
      [[1, [2, 3], [4, 5]], '8301820203820405'],
      [
        new Map([
          [1, 2],
          [3, 4],
        ]),
        'a201020304',
      ],
      [
        new Map<string, CborValue>([
          ['a', 1],
          ['b', [2, 3]],
        ]),
        'a26161016162820203',
      ],
    ]
    for (const [value, hex] of examples) assert.equal(hexOf(value), hex)
  })

  it('refuses what is no whole number', () => {
    assert.throws(() => encodeCbor(1.5), RangeError)
  })

  it('can say one key twice, nest, and claim more than there is', () => {
    assert.equal(
      hexOf(
        mapOfEntries([
          ['a', 1],
          ['a', 2],
        ]),
      ),
      'a2616101616102',
    )
    assert.equal(hexOf(nestedArrays(3)), '818180')
    assert.equal(hexOf(bytesClaiming(0xffff_ffff, Buffer.of(1))), '5affffffff01')
  })
})
