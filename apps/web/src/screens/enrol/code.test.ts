import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { codeIn, isOfLink } from './code.ts'

const code = 'mJ4kV0sQy8Z1nB7cXw2RtE5uYi9oPaLdFgHjKl3_-xA'

describe('the code of a set-up link', () => {
  it('is what stands after the hash', () => {
    assert.equal(codeIn(`#${code}`), code)
  })
  it('is not there when the link was cut off, or has something else after the hash', () => {
    assert.deepEqual(['', '#', '#maincontent', `#${code}&x=1`, `#${code}${code}`].map(codeIn), Array(5).fill(undefined))
  })
})

describe('the fragment of an address', () => {
  it('is of a set-up link, though one that was cut off', () => {
    for (const hash of [`#${code}`, '#not-a-real-link', `#${code.slice(0, 9)}`, `#${code}${code}`])
      assert.ok(isOfLink(hash), hash)
  })
  it('is of none when the page was reloaded, or its content skipped to', () => {
    for (const hash of ['', '#', '#maincontent']) assert.ok(!isOfLink(hash), hash)
  })
})
