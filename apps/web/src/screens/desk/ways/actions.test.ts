import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { actionsOf } from './actions.ts'

const card = { kind: 'smartcard', status: 'active', because: null } as const
const paused = (because: 'lost' | 'stolen' | 'desk' | 'model' | 'copied') =>
  ({ ...card, status: 'suspended', because }) as const

describe('what the desk can do to a way to log in', () => {
  it('is everything for whoever issues them, but starting one whose model is not safe', () => {
    const tasks = ['find-person', 'issue-authenticator', 'unlock-smartcard']
    assert.deepEqual(actionsOf(card, tasks), ['pause', 'end', 'remove'])
    assert.deepEqual(actionsOf({ ...paused('stolen'), kind: 'phone' }, tasks), ['start', 'end', 'remove'])
    assert.deepEqual(actionsOf(paused('model'), tasks), ['end', 'remove'])
    assert.deepEqual(actionsOf({ ...card, status: 'expired' }, tasks), ['remove'])
  })

  it('is starting and renewing smartcards for whoever unlocks them, unless they are not safe or the desk has a reason', () => {
    const tasks = ['find-person', 'unlock-smartcard']
    assert.deepEqual(actionsOf(card, tasks), ['end'])
    assert.deepEqual(actionsOf(paused('lost'), tasks), ['start', 'end'])
    for (const because of ['stolen', 'desk', 'model', 'copied'] as const)
      assert.deepEqual(actionsOf(paused(because), tasks), [], because)
    assert.deepEqual(actionsOf({ ...card, status: 'expired' }, tasks), [])
    for (const kind of ['phone', 'tablet', 'computer', 'security-key', 'passkey'] as const)
      assert.deepEqual(actionsOf({ ...paused('lost'), kind }, tasks), [], kind)
  })

  it('is nothing for anybody else', () => {
    for (const way of [card, paused('lost')]) assert.deepEqual(actionsOf(way, ['find-person']), [])
  })
})
