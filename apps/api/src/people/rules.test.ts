import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { displayName, fullName, initials } from './rules.ts'

const plain = { title: null, givenName: 'Ngozi', middleNames: null, familyName: 'Fairweather' }
const whole = { title: 'Ms', givenName: 'Mei-Ling', middleNames: 'Ada  Órla', familyName: 'Ashgrove' }

describe('names', () => {
  it('calls people by given and family name', () => {
    assert.equal(fullName(plain), 'Ngozi Fairweather')
    assert.equal(fullName(whole), 'Mei-Ling Ashgrove')
  })

  it('displays the whole name with its title, and no gaps where there is none', () => {
    assert.equal(displayName(plain), 'Ngozi Fairweather')
    assert.equal(displayName({ ...whole, middleNames: 'Ada' }), 'Ms Mei-Ling Ada Ashgrove')
  })

  it('takes initials from all names but the family name', () => {
    assert.equal(initials(plain), 'N')
    assert.equal(initials(whole), 'MLAÓ')
    assert.equal(initials({ givenName: 'éloise', middleNames: null }), 'É')
  })
})
