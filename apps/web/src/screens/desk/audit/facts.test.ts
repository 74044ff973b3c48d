import assert from 'node:assert/strict'
import { it } from 'node:test'
import { factsOf } from './facts.ts'

it('says everything that the log has of an event, and leaves no value empty', () => {
  const facts = factsOf({
    ...{ id: 'an-id', at: '', type: 'signed-in', outcome: 'done', person: null, actor: null, requestId: null },
    client: { id: 'ward', name: 'Ward list' },
    details: { assuranceLevel: 2, amr: ['hwk', 'user'], isShared: false, because: null, none: [] },
    personal: { userAgent: 'A browser' },
  })
  assert.deepEqual(
    facts.map(({ key, value }) => `${key}: ${value}`),
    [
      'Application: Ward list',
      'User agent: A browser',
      'Assurance level: 2',
      'Amr: hwk, user',
      'Is shared: No',
      'Because: None',
      'None: None',
      'Name in the log: signed-in',
      'Number in the log: an-id',
    ],
  )
})
