import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { codeIn } from './code.ts'

const code = 'mJ4kV0sQy8Z1nB7cXw2RtE5uYi9oPaLdFgHjKl3_-xA'

describe('the code of a set-up link', () => {
  it('is what stands after the hash', () => {
    assert.equal(codeIn(`#${code}`), code)
  })
  it('is not there when the link was cut off, or has something else after the hash', () => {
    assert.deepEqual(['', '#', '#maincontent', `#${code}&x=1`, `#${code}${code}`].map(codeIn), Array(5).fill(undefined))
  })
})
