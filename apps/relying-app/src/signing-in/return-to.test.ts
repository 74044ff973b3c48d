import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { returnToOf } from './return-to.ts'

describe('the page to come back to', () => {
  it('is a path of ours', () => {
    assert.equal(returnToOf('/patients/w7-01?from=list'), '/patients/w7-01?from=list')
  })

  it('is never another website, however it is written', () => {
    const elsewhere = [
      'https://elsewhere.example/',
      '//elsewhere.example/',
      '/\\elsewhere.example/',
      '/.//elsewhere.example/',
      '/a/..//elsewhere.example/',
      '/%2e//elsewhere.example/',
      'javascript:alert(1)',
      undefined,
      ['/a', '/b'],
    ]
    for (const value of elsewhere) assert.equal(returnToOf(value), '/', String(value))
  })
})
