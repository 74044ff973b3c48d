import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { safeNext } from './next-page.ts'

const origin = 'https://id.example'
const next = (wanted: string | null) => safeNext(wanted, origin)

describe('the page to go on to after logging in', () => {
  it('may be one of our own pages, with its query', () => {
    assert.equal(next('/ways/add'), '/ways/add')
    assert.equal(next('/desk?search=sam'), '/desk?search=sam')
  })
  it('is never on another site, however it is spelt', () => {
    const elsewhere = [
      'https://evil.example/ways',
      '//evil.example/ways',
      '/\\evil.example/ways',
      'javascript:alert(1)',
    ]
    assert.deepEqual(elsewhere.map(next), [undefined, undefined, undefined, undefined])
  })
  it('is never an address of the API or of an application', () => {
    assert.deepEqual(
      ['/authorize?client_id=x', '/api/session', '/ways/../logout', '/'].map(next),
      Array(4).fill(undefined),
    )
  })
  it('may be missing', () => {
    assert.equal(next(null), undefined)
  })
})
