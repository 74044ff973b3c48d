import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CeremonyFailure, ceremonyCode } from './faults.ts'

const timeout = 300_000
const code = (ceremony: CeremonyFailure['ceremony'], name: string, elapsed = 20_000) =>
  ceremonyCode({ ceremony, name, elapsed, timeout })

describe("a browser's error, by its name", () => {
  it('is a closed box when it came after a while', () => {
    assert.equal(code('authentication', 'NotAllowedError'), 'box_closed')
    assert.equal(code('registration', 'NotAllowedError'), 'box_closed')
  })
  it('is a box that did not stay open when it came at once', () => {
    assert.equal(code('authentication', 'NotAllowedError', 999), 'box_did_not_stay_open')
    assert.equal(code('authentication', 'NotAllowedError', 1_000), 'box_closed')
  })
  it('is a time-out when it came close to the end of the wait, or says so itself', () => {
    assert.equal(code('authentication', 'NotAllowedError', 295_000), 'box_timed_out')
    assert.equal(code('authentication', 'NotAllowedError', 294_999), 'box_closed')
    assert.equal(code('registration', 'TimeoutError', 5), 'box_timed_out')
  })
  it('is a closed box when something else ended it', () => {
    assert.equal(code('authentication', 'AbortError'), 'box_closed')
  })
  it('is a device that is set up already, when it is being set up', () => {
    assert.equal(code('registration', 'InvalidStateError'), 'already_set_up')
    assert.equal(code('authentication', 'InvalidStateError'), 'unexpected')
  })
  it('is a browser that cannot log in, or a device that cannot be set up', () => {
    assert.equal(code('authentication', 'NotSupportedError'), 'browser_unsupported')
    assert.equal(code('registration', 'NotSupportedError'), 'device_unsupported')
    assert.equal(code('registration', 'ConstraintError'), 'device_unsupported')
  })
  it('is an address that the device does not trust', () => {
    assert.equal(code('authentication', 'SecurityError', 5), 'address_not_trusted')
  })
  it('is a device that could not be read', () => {
    assert.equal(code('authentication', 'NotReadableError'), 'device_unreadable')
    assert.equal(code('registration', 'UnknownError'), 'device_unreadable')
  })
  it('is unexpected under any other name', () => {
    assert.equal(code('authentication', 'TypeError'), 'unexpected')
    assert.equal(code('registration', ''), 'unexpected')
  })
})
