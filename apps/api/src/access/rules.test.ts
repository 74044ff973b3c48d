import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lastUsedFirst, plainName, quotedName } from './rules.ts'

describe('names of roles', () => {
  it('are written as CIS2 writes them', () => {
    const names = {
      staffGroup: 'Admin & Clerical',
      subGroup: 'Management - A & C',
      name: 'Registration Authority Manager',
    }
    assert.equal(quotedName(names), '"Admin & Clerical":"Management - A & C":"Registration Authority Manager"')
  })

  it('are said without "Access Role"', () => {
    assert.equal(plainName({ name: 'Nurse Access Role' }), 'Nurse')
    assert.equal(plainName({ name: 'Privacy Officer' }), 'Privacy Officer')
  })
})

describe('the list of roles to choose from', () => {
  it('has what was used last on top, and leaves the rest as it was', () => {
    const list = [
      { id: 'a', lastUsedAt: null },
      { id: 'b', lastUsedAt: '2026-11-20T08:00:00.000Z' },
      { id: 'c', lastUsedAt: null },
      { id: 'd', lastUsedAt: '2026-11-21T08:00:00.000Z' },
    ]
    assert.equal(
      lastUsedFirst(list)
        .map(({ id }) => id)
        .join(''),
      'dbac',
    )
  })
})
