import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { recent } from './recent.ts'

describe('what is remembered of addresses', () => {
  it('takes no more memory however many there are: whichever was set longest ago goes first', () => {
    const few = recent<number>(3)
    for (let each = 0; each < 1_000; each += 1) {
      few.set('comes again', each)
      few.set(`address ${each}`, each)
    }
    assert.equal(few.size, 3)
    assert.deepEqual([few.get('comes again'), few.get('address 999'), few.get('address 0')], [999, 999, undefined])
  })
})
