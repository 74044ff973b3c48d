import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'
import { countWords, textGiven, textOf } from '#commands'

describe('what commands say', () => {
  it('counts one as one', () => {
    assert.deepEqual(
      [0, 1, 2].map((count) => countWords(count, 'row')),
      ['0 rows', '1 row', '2 rows'],
    )
    assert.equal(countWords(2, 'person', 'people'), '2 people')
  })

  it('names the place where a file was looked for', async () => {
    const message = `${resolve('no-such-file.json')} cannot be read.`
    await assert.rejects(textOf('no-such-file.json'), { message })
    await assert.rejects(textGiven('no-such-file.json'), { message })
  })
})
