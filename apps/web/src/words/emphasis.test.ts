import assert from 'node:assert/strict'
import { it } from 'node:test'
import { runsOf } from './emphasis.ts'

it('makes strong what stands between double asterisks', () => {
  assert.deepEqual(runsOf('Select **Log in**. Or call.'), [
    { text: 'Select ', strong: false },
    { text: 'Log in', strong: true },
    { text: '. Or call.', strong: false },
  ])
})

it('begins with a strong run when the words do', () => {
  assert.deepEqual(runsOf('**Keep** it'), [
    { text: 'Keep', strong: true },
    { text: ' it', strong: false },
  ])
})
