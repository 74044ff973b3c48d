import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { canonical } from './canonical.ts'
import { batchHasher, leafOf } from './hashes.ts'

describe('JSON in its canonical form', () => {
  it('is that of RFC 8785, section 3.2.2', () => {
    const value = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]}`)
    const expected = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`
    assert.equal(canonical(value), expected)
  })

  it('has its members in the order of section 3.2.3', () => {
    const value = JSON.parse(String.raw`{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}`)
    assert.equal(canonical(value), '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}')
  })
})

describe('hashes', () => {
  const head = { number: 1, previous: null, count: 1, total: 1, sealedAt: '2026-11-25T21:00:00.000Z' }

  it('are SHA-256 over what docs/audit.md says', () => {
    const leaf = createHash('sha256').update('fobwatch audit event 1\n{"a":1}').digest()
    assert.deepEqual(leafOf({ a: 1 }), leaf)
    const hasher = batchHasher(head)
    hasher.add(leaf)
    const batch = createHash('sha256')
      .update('fobwatch audit batch 1\n')
      .update('{"count":1,"number":1,"previous":null,"sealedAt":"2026-11-25T21:00:00.000Z","total":1}\n')
      .update(leaf)
    assert.deepEqual(hasher.digest(), batch.digest())
  })

  it('tell a batch from an event that says the same', () => {
    assert.notDeepEqual(batchHasher(head).digest(), leafOf(head))
  })
})
