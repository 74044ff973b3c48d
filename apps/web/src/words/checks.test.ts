import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkWords } from './checks.ts'

describe('how sure a check is', () => {
  it('gives the one reason of a standard check', () => {
    const reasons = ['this phone can copy its passkey to your other devices']
    assert.equal(
      checkWords({ assuranceLevel: 2, reasons }),
      'Standard check (AAL2), because this phone can copy its passkey to your other devices.',
    )
  })
  it('lists all the reasons of a strong check', () => {
    const reasons = ['the passkey cannot leave this key', 'we confirmed the maker', 'you used your PIN']
    assert.equal(
      checkWords({ assuranceLevel: 3, reasons }),
      'Strong check (AAL3), because the passkey cannot leave this key, we confirmed the maker and you used your PIN.',
    )
  })
  it('stands without a reason', () => {
    assert.equal(checkWords({ assuranceLevel: 2, reasons: [] }), 'Standard check (AAL2).')
  })
})
