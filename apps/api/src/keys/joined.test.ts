import assert from 'node:assert/strict'
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { it } from 'node:test'
import { joined } from './joined.ts'

it('a signature is put in the form of a JWS, however long r and s are', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const lengths = new Set<number>()
  for (let index = 0; index < 1500; index += 1) {
    const data = Buffer.from(`${index}`)
    const der = sign('sha256', data, privateKey)
    lengths.add(der.length)
    const signature = joined(der, 32)
    assert.equal(signature.length, 64)
    assert.ok(verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature))
  }
  assert.ok(lengths.size > 2, 'with and without the zero before each')
})

it('the least numbers are as long as the greatest', () => {
  const signature = joined(Uint8Array.of(0x30, 6, 2, 1, 7, 2, 1, 0), 32)
  assert.deepEqual([signature.length, signature[31], signature[63]], [64, 7, 0])
  assert.equal(signature.filter((byte) => byte !== 0).length, 1)
})
