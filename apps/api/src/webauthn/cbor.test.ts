import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encodeCbor } from '@fobwatch/testkit'
import { readCbor, readCborMap } from './cbor.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('reading CBOR', () => {
  it('reads what authenticators write', () => {
    const map = new Map<string | number, string | number | Buffer | boolean | number[] | Map<number, Buffer>>([
      ['fmt', 'packed'],
      [3, -257],
      [-1, Buffer.of(1, 2)],
      ['deep', new Map([[-2, Buffer.alloc(300, 7)]])],
      ['list', [1, 24, 500, 70_000]],
      ['yes', true],
    ])
    assert.deepEqual(readCborMap(encodeCbor(map)), map)
  })

  it('reads the examples of RFC 8949, appendix A', () => {
    const examples: [string, unknown][] = [
      ['17', 23],
      ['1903e8', 1000],
      ['1b000000e8d4a51000', 1_000_000_000_000],
      ['1bffffffffffffffff', 18_446_744_073_709_551_615n],
      ['3903e7', -1000],
      ['3bffffffffffffffff', -18_446_744_073_709_551_616n],
      ['fa47c35000', 100_000],
      ['fb3ff199999999999a', 1.1],
      ['f4', false],
      ['f6', null],
      ['f7', undefined],
      ['62c3bc', 'ü'],
      ['8301820203820405', [1, [2, 3], [4, 5]]],
    ]
    for (const [bytes, value] of examples) assert.deepEqual(readCbor(hex(bytes)).value, value, bytes)
  })

  it('says where an item ends, for what follows it', () => {
    assert.deepEqual(readCbor(hex('00 4101 02'), 1), { value: Buffer.of(1), end: 3 })
  })

  it('line 13: refuses 5,000 levels, a 4 GB length, a key twice and bytes behind the end', () => {
    const faults: [string, Buffer, RegExp][] = [
      ['5,000 levels', Buffer.alloc(5_000, 0x81), /levels deep/],
      ['bytes of 4 GB', hex('5a ffffffff 00'), /ends before/],
      ['text of 2^63 bytes', hex('7b 7fffffffffffffff 00'), /beyond every input/],
      ['an array of 4 billion', hex('9a ffffffff 00'), /ends before/],
      ['a map of 4 billion', hex('ba ffffffff 00 00'), /ends before/],
      ['a key twice', hex('a2 01 01 01 02'), /twice/],
      ['a key twice, written in two lengths', hex('a2 01 01 1801 02'), /twice/],
      ['bytes behind it', hex('a0 00'), /1 bytes follow/],
      ['an indefinite length', hex('bf ff'), /indefinite/],
      ['a reserved length', hex('5c'), /reserved/],
      ['a tag', hex('c0 00'), /no tags/],
      ['a simple value', hex('a1 01 f0'), /Simple value/],
      ['a list for a key', hex('a1 80 00'), /neither text nor a number/],
      ['broken UTF-8', hex('a1 62 c328 00'), /encoded data was not valid/],
      ['nothing', hex(''), /ends before/],
      ['an array for a map', hex('80'), /not a map/],
    ]
    for (const [title, bytes, message] of faults) assert.throws(() => readCborMap(bytes), { message }, title)
  })
})
