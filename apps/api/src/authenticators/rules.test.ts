import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { modelOf } from './models.ts'
import { isLastWay, isPlausible, tidyName } from './rules.ts'

const yubikey = 'cb69481e-8ff7-4039-93ec-0a2729a154a8'
const chromeOnMac = 'adce0002-35bc-c60a-648b-0b25f1f05503'
const nobody = '00000000-0000-0000-0000-000000000000'

describe('a claim of a maker', () => {
  it('line 9: is not plausible when a certified model vouches for itself', () => {
    assert.equal(isPlausible({ aaguid: yubikey, attestation: { kind: 'self' } }), false)
    assert.equal(isPlausible({ aaguid: yubikey, attestation: { kind: 'certified' } }), true)
    assert.equal(isPlausible({ aaguid: yubikey, attestation: { kind: 'none' } }), true)
    assert.equal(isPlausible({ aaguid: chromeOnMac, attestation: { kind: 'self' } }), true)
    assert.equal(isPlausible({ aaguid: nobody, attestation: { kind: 'self' } }), true)
    assert.equal(isPlausible({ aaguid: nobody, attestation: { kind: 'self' } }, { certified: true }), false)
    assert.equal(isPlausible({ aaguid: nobody, attestation: { kind: 'self' } }, { certified: false }), true)
    assert.equal(isPlausible({ aaguid: nobody, attestation: { kind: 'none' } }, { certified: true }), true)
  })

  it('names no model for what is not in the table, nor for what every object has', () => {
    for (const aaguid of [nobody, 'constructor', '__proto__', yubikey.toUpperCase()])
      assert.equal(modelOf(aaguid), undefined)
  })
})

describe('the last way to log in', () => {
  const held = (...statuses: ('active' | 'suspended')[]) =>
    statuses.map((status, index) => ({ id: `${index}`, status }))

  it('is the only active one; a paused one is no way to log in', () => {
    assert.equal(isLastWay(held('active'), '0'), true)
    assert.equal(isLastWay(held('active', 'suspended'), '0'), true)
    assert.equal(isLastWay(held('active', 'suspended'), '1'), false)
    assert.equal(isLastWay(held('active', 'active'), '0'), false)
    assert.equal(isLastWay(held('suspended'), '0'), false)
  })
})

describe('a name', () => {
  it('is kept without needless space', () => assert.equal(tidyName('  Blue \u00a0 key '), 'Blue key'))
})
