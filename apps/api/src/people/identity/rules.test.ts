import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { documents, type EvidencePart } from '@fobwatch/contracts'
import { endOf, whatIsMissing } from './rules.ts'

const passport = { part: 'photo', document: 'passport', number: '533119041' } as const
const bill = { part: 'address', document: 'utility-bill' } as const
const certificate = { part: 'other', document: 'birth-certificate' } as const
const enough = (level: number, evidence: Parameters<typeof whatIsMissing>[1]) => {
  const { faults, reasons } = whatIsMissing(level, evidence)
  return faults.length === 0 && reasons.length === 0
}

describe('what proves an identity', () => {
  it('takes a photo, an address and one more for level 3', () => {
    assert.ok(enough(3, [passport, bill, certificate]))
    for (const two of [
      [passport, bill],
      [passport, certificate],
      [bill, certificate],
      [passport, { part: 'other', document: 'utility-bill' }, certificate],
    ] as const)
      assert.ok(!enough(3, two))
    assert.deepEqual(whatIsMissing(3, [certificate]).reasons, [
      'Level 3 needs one with a photo.',
      'Level 3 needs one that shows the address.',
      'Level 3 needs 3 documents.',
    ])
  })

  it('takes a photo and one more for level 2, and any one for level 1', () => {
    assert.ok(enough(2, [passport, certificate]))
    assert.ok(!enough(2, [bill, certificate]))
    assert.ok(!enough(2, [passport]))
    assert.ok(enough(1, [certificate]))
    assert.ok(!enough(1, []))
    assert.ok(!enough(0, [passport]) && !enough(4, [passport, bill, certificate]))
  })

  it('counts each document once, and only for what it shows', () => {
    const licence = { document: 'driving-licence', number: 'FAIR9-1' } as const
    const twice = [{ ...licence, part: 'photo' }, { ...licence, part: 'address' }, certificate] as const
    assert.deepEqual(whatIsMissing(3, twice).faults, [
      { field: 'identity.evidence[1]', why: 'Each document counts once.' },
    ])
    assert.equal(whatIsMissing(1, [{ part: 'photo', document: 'utility-bill', number: '12345' }]).faults.length, 1)
  })

  it('asks for the number of what has a photo', () => {
    assert.equal(whatIsMissing(1, [{ part: 'photo', document: 'passport' }]).faults.length, 1)
  })

  it('knows a document for every part', () => {
    for (const part of ['photo', 'address', 'other'] as EvidencePart[])
      assert.ok(Object.values(documents).some((parts) => (parts as readonly EvidencePart[]).includes(part)))
  })

  it('keeps the last 3 signs of a number that say something', () => {
    assert.equal(endOf('53 311-9a4.'), '9A4')
  })
})
