import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { placeWords, roleWords } from './roles.ts'

const organisation = 'Elm Hospital'

describe('the words of a role', () => {
  it('are the position, then the place', () => {
    assert.equal(roleWords({ position: 'Senior nurse, Ward 7', organisation }), 'Senior nurse, Ward 7, Elm Hospital')
  })
  it('do not repeat what the position says already', () => {
    assert.equal(placeWords({ role: 'Nurse', position: 'Senior nurse, Ward 7', organisation }), organisation)
    assert.equal(placeWords({ role: 'Nurse', position: 'Nurse', organisation }), organisation)
  })
  it('name the role where the position does not', () => {
    assert.equal(placeWords({ role: 'Clerk', position: 'Front desk', organisation }), 'Clerk, Elm Hospital')
  })
})
