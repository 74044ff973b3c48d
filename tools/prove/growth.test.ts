import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { watchGrowth } from './growth/run.ts'
import { tellGrowth } from './growth/tell.ts'

describe('the proof that memory does not grow', { skip: process.platform !== 'linux' }, () => {
  it('looks at a process as often as asked on the way, and tells what was left', async () => {
    const samples = await watchGrowth({ count: 40, looks: 4, pinned: false, say: () => {} })
    assert.equal(samples.length, 4)
    assert.deepEqual(
      samples.filter(({ heap, rss }) => !(heap > 0 && rss > heap)),
      [],
    )
    assert.match(tellGrowth(samples, undefined), /\| 40 \| [\d.]+ MiB \|/)
  })
})
