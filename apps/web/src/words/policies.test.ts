import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { countWords, demands, demandWords } from './policies.ts'

const models = [{ aaguid: 'a', name: 'YubiKey 5' }]

describe('the words for rules', () => {
  it('say what holds where nothing is demanded', () => {
    assert.deepEqual(
      demands.map((demand) => demandWords(demand, {}, [])),
      [
        ...['Any kind', 'Allowed', 'Any check', 'Any level', 'Not needed', 'Any model that is safe', 'None'],
        ...['None needed', 'Only those that make a model unsafe', 'Keep working', 'Paused'],
      ],
    )
  })
  it('say what is demanded', () => {
    assert.equal(
      demandWords('kinds', { kinds: ['phone', 'tablet', 'security-key'] }, []),
      'Phones, tablets and security keys only',
    )
    assert.equal(demandWords('minimumAssuranceLevel', { minimumAssuranceLevel: 3 }, []), 'Strong check (AAL3)')
    assert.equal(demandWords('minimumCertification', { minimumCertification: 'L1plus' }, []), 'Level 1+ or higher')
    assert.equal(
      demandWords('maximumUnusedDays', { maximumUnusedDays: 90 }, []),
      'Stop working after 90 days without use',
    )
  })
  it('name models, and say so of one that nobody knows', () => {
    assert.equal(demandWords('denyAaguids', { denyAaguids: ['a', 'b'] }, models), 'YubiKey 5, Unknown model b')
    assert.equal(demandWords('allowAaguids', { allowAaguids: ['a'] }, models), 'YubiKey 5 only')
  })
  it('count them', () => {
    assert.deepEqual(
      [countWords({}), countWords({ synced: 'refused' }), countWords({ synced: 'refused', kinds: [] })],
      ['No rules', '1 rule', '2 rules'],
    )
  })
})
