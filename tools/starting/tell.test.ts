import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readSettings } from './settings.ts'
import { describeStart } from './tell.ts'

describe('what a start says', () => {
  const url = 'http://localhost:3000/enrol#x'
  const waiting = { name: 'Rhodri Fennimoor', job: 'no role at first', staffId: '900000000001', url, paused: false }
  const equipped = { name: 'Ngozi Fairweather', job: 'nurse', staffId: '900000000002', url: null, paused: false }
  const said = (...people: (typeof waiting | typeof equipped)[]) =>
    describeStart(readSettings({}), { people, firstManager: null })

  it('has the number of everyone, those with a device too, and how they get a link to another', () => {
    const both = said(waiting, equipped)
    assert.match(both, /^ {2}900000000001 {2}Rhodri Fennimoor, no role at first {2}http:\S+$/m)
    assert.match(both, /npm run fobwatch -- invite NUMBER\n\n {2}900000000002 {2}Ngozi Fairweather, nurse\n/)
  })

  it('says whose device is paused', () => {
    assert.match(said({ ...equipped, paused: true }), /^ {2}900000000002 {2}Ngozi Fairweather, nurse \(paused\)$/m)
  })

  it('offers no links where there are none, and no others where there are none', () => {
    assert.doesNotMatch(said(equipped), /open one of these links/)
    assert.doesNotMatch(said(waiting), /have a device already/)
  })
})
