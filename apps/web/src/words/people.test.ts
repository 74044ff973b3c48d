import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { alikeIn, closedBecause, documents, type EvidencePart, suspendedBecause } from '@fobwatch/contracts'
import { alikeWords, becauseWords, documentsFor } from './people.ts'

describe('the words for people', () => {
  it('offer for each part of a proof the documents that the service takes for it', () => {
    for (const part of ['photo', 'address', 'other'] as EvidencePart[]) {
      const taken = Object.entries(documents).filter(([, parts]) => (parts as readonly string[]).includes(part))
      assert.deepEqual(documentsFor[part].toSorted(), taken.map(([document]) => document).toSorted(), part)
    }
  })

  it('say every reason and everything that two can have in common', () => {
    for (const because of [...suspendedBecause, ...closedBecause]) assert.ok(becauseWords[because], because)
    for (const alike of alikeIn) assert.ok(alikeWords[alike], alike)
  })
})
