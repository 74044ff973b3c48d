import assert from 'node:assert/strict'
import { it } from 'node:test'
import { factsOf } from './facts.ts'

const device = '0192b5a0-0000-7000-8000-000000000001'

it('says everything that the log has of an event, leaves no value empty, and puts ids last', () => {
  const facts = factsOf({
    ...{ id: 'an-id', at: '', type: 'signed-in', outcome: 'done', person: null, actor: null, requestId: null },
    client: { id: 'ward', name: 'Ward list' },
    details: {
      assuranceLevel: 2,
      amr: ['hwk', 'user'],
      isShared: false,
      because: 'lost',
      sessions: 1,
      none: [],
      authenticator: device,
    },
    personal: { userAgent: 'A browser' },
  })
  assert.deepEqual(
    facts.map(({ key, value }) => `${key}: ${value}`),
    [
      'Application: Ward list',
      'Browser: A browser',
      'Check: 2',
      'How they proved it: hwk, user',
      'Is shared: No',
      'Reason: lost',
      'Sessions ended: 1',
      'None: None',
      'Name in the log: signed-in',
      `Device id: ${device}`,
      'Number in the log: an-id',
    ],
  )
})
