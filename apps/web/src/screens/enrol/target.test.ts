import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { targetOf } from './target.ts'

const own = { hasLock: true, isShared: false }
const shared = { hasLock: true, isShared: true }
const computer = { userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0.0.0', maxTouchPoints: 0 }
const phone = { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Mobile', maxTouchPoints: 5 }

describe('what is offered to be set up', () => {
  it('is the device in hand where nobody planned anything', () => {
    assert.equal(targetOf(undefined, null, own, computer).it, 'this computer')
    assert.equal(targetOf(undefined, null, own, phone).it, 'this phone')
  })

  it('is what the desk planned, with a hint to the browser', () => {
    assert.deepEqual([targetOf(undefined, 'security-key', own, computer).hint], ['security-key'])
    assert.equal(targetOf(undefined, 'smartcard', own, computer).it, 'a smartcard')
    const far = targetOf(undefined, 'phone', own, computer)
    assert.deepEqual([far.it, far.hint, far.isFar], ['your phone', 'hybrid', true])
    assert.equal(targetOf(undefined, 'phone', own, phone).it, 'this phone')
  })

  it('is nothing that stays on a device that other people use', () => {
    for (const planned of [null, 'computer', 'security-key'] as const)
      assert.equal(targetOf(undefined, planned, shared, computer).it, 'a security key')
    assert.equal(targetOf('here', null, shared, computer).it, 'a security key')
    assert.equal(targetOf(undefined, 'phone', shared, computer).it, 'your phone')
  })

  it('is what the person asks for', () => {
    assert.equal(targetOf('security-key', 'computer', own, computer).it, 'a security key')
    assert.equal(targetOf('here', 'security-key', own, computer).it, 'this computer')
  })
})
