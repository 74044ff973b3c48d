import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { signalAccepted, signalDetails, signalUnknown } from './signals.ts'

const signals = {
  rpId: 'id.example',
  userId: 'dQ',
  name: 'asha',
  displayName: 'Asha Patel',
  credentialIds: ['aQ', 'ag'],
}

const browser = (api: object) =>
  Object.defineProperty(globalThis, 'PublicKeyCredential', { value: api, configurable: true })
const all = () => {
  signalAccepted(signals)
  signalDetails(signals)
  signalUnknown('id.example', 'aw')
}

describe('a signal to the devices of a person', () => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'PublicKeyCredential'))

  it('says which passkeys are theirs, what they are called, and which is none any more', () => {
    const told: unknown[] = []
    const note = (name: string) => (options: object) => {
      told.push([name, options])
      return Promise.resolve()
    }
    browser({
      signalAllAcceptedCredentials: note('accepted'),
      signalCurrentUserDetails: note('details'),
      signalUnknownCredential: note('unknown'),
    })
    all()
    assert.deepEqual(told, [
      ['accepted', { rpId: 'id.example', userId: 'dQ', allAcceptedCredentialIds: ['aQ', 'ag'] }],
      ['details', { rpId: 'id.example', userId: 'dQ', name: 'asha', displayName: 'Asha Patel' }],
      ['unknown', { rpId: 'id.example', credentialId: 'aw' }],
    ])
  })
  it('is no trouble in a browser that knows none', () => {
    assert.doesNotThrow(all)
    browser({})
    assert.doesNotThrow(all)
  })
  it('is no trouble when the browser refuses it, at once or later', async () => {
    browser({
      signalAllAcceptedCredentials: () => Promise.reject(new DOMException('No', 'SecurityError')),
      signalCurrentUserDetails: () => {
        throw new TypeError('No')
      },
      signalUnknownCredential: () => Promise.reject(new Error('No')),
    })
    assert.doesNotThrow(all)
    await new Promise(setImmediate) // A rejection that nobody hears would end this process.
  })
})
