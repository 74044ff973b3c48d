import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readWorkers } from './read-workers.ts'
import { waitBefore, youngInARow } from './rules.ts'

describe('workers', () => {
  it('are as many as the cores that may be used, unless it is said', () => {
    assert.ok(readWorkers(undefined) >= 1)
    assert.equal(readWorkers('1'), 1)
    assert.equal(readWorkers('64'), 64)
    for (const wrong of ['0', '-1', '1.5', '257', 'all'])
      assert.throws(() => readWorkers(wrong), /from 1 to 256/, wrong)
  })

  it('that end are followed at once, and by and by more slowly where they end young', () => {
    assert.equal(waitBefore(60_000, 5), 0)
    assert.deepEqual(
      [0, 1, 2, 3].map((before) => waitBefore(100, before)),
      [250, 500, 1_000, 2_000],
    )
    assert.equal(waitBefore(100, 60), 30_000)
    assert.deepEqual([youngInARow(100, 2), youngInARow(60_000, 2)], [3, 0])
  })
})
