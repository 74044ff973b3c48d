import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { signerAt } from './scale/fill.ts'
import { scale } from './scale/run.ts'
import { tellScale } from './scale/tell.ts'

describe('the proof that a sign-in costs the same among many people', { skip: process.platform !== 'linux' }, () => {
  it('measures everybody of two small databases, and tells it', async () => {
    const small = { sizes: [50, 200], rounds: 1, seconds: 1, warmUpSeconds: 0.1, pinned: false, say: () => {} }
    const scaled = await scale(small)
    assert.deepEqual(
      scaled.map(({ people }) => people),
      [50, 200],
    )
    assert.equal(scaled[0]?.ratio.median, 1)
    assert.ok(scaled.every(({ cpuMs, databaseCpuMs }) => cpuMs.median > 0 && databaseCpuMs.median > 0))
    assert.match(tellScale(scaled), /\| 200 \| [\d.]+ \([\d.]+–[\d.]+\) \|/)
  })

  it('has every tenth person sign in before anybody does twice', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => signerAt(index, 10_000).credentialId)
    assert.equal(new Set(ids).size, 1000)
  })
})
