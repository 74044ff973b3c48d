import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { HeldRole } from '@fobwatch/contracts'
import { inOrder, matching } from './rules.ts'

const role = (name: string, organisation: string, lastUsedAt: string | null = null): HeldRole => ({
  id: '100000000001',
  role: name,
  position: `${name}, Ward 7`,
  organisation,
  organisationCode: 'RX1',
  lastUsedAt,
})

const nurse = role('Nurse', 'Elm Hospital')
const clerk = role('Clerk', 'Oak Surgery', '2026-11-01T09:00:00.000Z')
const nurseAtOak = role('Nurse', 'Oak Surgery', '2026-11-20T09:00:00.000Z')

describe('roles to choose from', () => {
  it('have the last used on top and the never used at the end, by name and place', () => {
    const auditor = role('Auditor', 'Elm Hospital')
    assert.deepEqual(inOrder([nurse, clerk, auditor, nurseAtOak]), [nurseAtOak, clerk, auditor, nurse])
  })
  it('are found by words in any order, of the role or the place', () => {
    assert.deepEqual(matching([nurse, clerk, nurseAtOak], 'oak NUR'), [nurseAtOak])
  })
  it('are all there for a search of spaces', () => {
    assert.deepEqual(matching([nurse, clerk], '  '), [nurse, clerk])
  })
})
