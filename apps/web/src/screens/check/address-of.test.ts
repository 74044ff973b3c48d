import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addressOf } from './address-of.ts'

describe('the address of the check that it is them', () => {
  it('keeps what else the address says, so that the page under it stays as it is', () => {
    assert.equal(addressOf('/desk/positions/new', 'at=ZZX01', 'check'), '/desk/positions/new?at=ZZX01&page=check')
    assert.equal(addressOf('/desk/positions/new', 'at=ZZX01&page=check'), '/desk/positions/new?at=ZZX01')
  })

  it('is that of another page of the screen no more', () => {
    assert.equal(addressOf('/desk/import', 'page=look', 'check'), '/desk/import?page=check')
    assert.equal(addressOf('/desk/import', 'page=check'), '/desk/import')
  })
})
