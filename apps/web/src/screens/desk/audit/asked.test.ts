import assert from 'node:assert/strict'
import { it } from 'node:test'
import { addressOf, askedIn, dayOf, faultsIn, nothingAsked, searchOf, typedDay } from './asked.ts'

it('stands in the address, and comes back from it', () => {
  const asked = { ...nothingAsked, person: '123456789012', from: '2026-11-01', after: '1.2' }
  assert.equal(addressOf(asked), '/desk/audit?person=123456789012&from=2026-11-01&after=1.2')
  assert.deepEqual(askedIn(new URL(addressOf(asked), 'http://localhost').searchParams), asked)
  assert.equal(addressOf(nothingAsked), '/desk/audit')
  assert.deepEqual(askedIn(new URLSearchParams('more=1')), nothingAsked)
})

it('asks the API for whole days, the last one too, and for nothing that is left empty', () => {
  assert.deepEqual(searchOf(nothingAsked), {})
  const { from, to, person } = searchOf({
    ...nothingAsked,
    person: '1234 5678 9012',
    from: '2026-03-28',
    to: '2026-03-31',
  })
  assert.equal(person, '123456789012')
  assert.deepEqual(
    [new Date(from ?? '').getTime(), new Date(to ?? '').getTime()],
    [new Date(2026, 2, 28).getTime(), new Date(2026, 3, 1).getTime()],
  )
})

it('finds fault with numbers that nobody has, and with days in the wrong order', () => {
  const asked = { ...nothingAsked, person: 'Asha', actor: '12', from: '2026-11-02', to: '2026-11-01' }
  assert.deepEqual(
    faultsIn(asked).map(({ field }) => field),
    ['person', 'actor', 'to'],
  )
  assert.deepEqual(faultsIn({ ...nothingAsked, actor: '1234 5678 9012', from: '2026-11-01', to: '2026-11-01' }), [])
})

it('takes a day as it is typed, and types it again', () => {
  assert.equal(dayOf({ day: '1', month: '3', year: '2026' }), '2026-03-01')
  assert.deepEqual(typedDay('2026-03-01'), { day: '1', month: '3', year: '2026' })
  assert.equal(dayOf(typedDay('')), '')
  assert.equal(dayOf({ day: '31', month: '2', year: '2026' }), undefined)
})
