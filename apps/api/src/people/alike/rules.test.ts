import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Facts, isSimilarDay, judgeAlike } from './rules.ts'

const stranger: Facts = {
  ...{ sameExternalId: false, sameDocument: false, sameProfession: false, sameEmail: false },
  ...{ birthDate: '1990-02-08', similarity: 0.1, givenSounds: false, familySounds: false },
}
const judge = (facts: Partial<Facts>, birthDate: string | null = '1990-02-08') =>
  judgeAlike(birthDate, { ...stranger, ...facts })

describe('whether two may be one', () => {
  it('takes any identifier that both have for likely, whatever else differs', () => {
    for (const same of ['sameExternalId', 'sameDocument', 'sameProfession', 'sameEmail'] as const)
      assert.equal(judge({ [same]: true, birthDate: '1951-12-31' })?.how, 'likely')
  })

  it('takes a spelling of the name with the same birth date for likely', () => {
    assert.deepEqual(judge({ similarity: 0.6 }), { how: 'likely', alikeIn: ['similar-name', 'birth-date'] })
    assert.equal(judge({ similarity: 0.2, givenSounds: true, familySounds: true })?.how, 'likely')
  })

  it('takes half a name with the same birth date for possible, and the date alone for nothing', () => {
    assert.equal(judge({ givenSounds: true })?.how, 'possible')
    assert.equal(judge({ familySounds: true })?.how, 'possible')
    assert.equal(judge({}), undefined)
  })

  it('takes a birth date that may be written wrongly for the same with the same name, and perhaps with a spelling of it', () => {
    assert.equal(judge({ similarity: 1, birthDate: '1990-08-02' })?.how, 'likely')
    assert.equal(judge({ similarity: 0.6, birthDate: '1991-02-08' })?.how, 'possible')
    assert.equal(judge({ familySounds: true, birthDate: '1991-02-08' }), undefined)
  })

  it('takes one name for possible where a birth date is not known, and for nothing where both are and differ', () => {
    assert.equal(judge({ similarity: 1, birthDate: null })?.how, 'possible')
    assert.equal(judge({ similarity: 1 }, null)?.how, 'possible')
    assert.equal(judge({ similarity: 1, birthDate: '1951-12-31' }), undefined)
  })

  it('knows days that are like each other', () => {
    for (const day of ['1990-08-02', '1991-02-08', '1990-03-08', '1990-02-09'])
      assert.ok(isSimilarDay('1990-02-08', day))
    for (const day of ['1991-03-08', '1951-12-31', '1991-08-02']) assert.ok(!isSimilarDay('1990-02-08', day))
  })
})
