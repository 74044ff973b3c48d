import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { deviceWord, unlockWords, whatWasSetUp } from './device.ts'

const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 Version/26.1 Mobile/15E148 Safari/604.1'
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.1 Safari/605.1.15'
const windows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0'
const androidPhone = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36'
const androidTablet = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36'
const firefoxPhone = 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'

const word = (userAgent: string, maxTouchPoints = 0) => deviceWord({ userAgent, maxTouchPoints })

describe('the word for a device', () => {
  it('is phone for an iPhone and for an Android phone in any browser', () => {
    assert.deepEqual(
      [iPhone, androidPhone, firefoxPhone].map((agent) => word(agent, 5)),
      ['phone', 'phone', 'phone'],
    )
  })
  it('is iPad for an iPad, which calls itself a Mac', () => {
    assert.equal(word(mac, 5), 'iPad')
  })
  it('is computer for a Mac and for Windows, with or without a touch screen', () => {
    assert.deepEqual([word(mac), word(windows), word(windows, 10)], ['computer', 'computer', 'computer'])
  })
  it('is tablet for an Android tablet', () => {
    assert.equal(word(androidTablet, 5), 'tablet')
  })
})

describe('what unlocks a device', () => {
  it('is a passcode too on devices of Apple', () => {
    assert.equal(unlockWords({ userAgent: iPhone, maxTouchPoints: 5 }), 'fingerprint, face, PIN or passcode')
    assert.equal(unlockWords({ userAgent: windows, maxTouchPoints: 0 }), 'fingerprint, face or PIN')
  })
})

describe('what was set up', () => {
  it('is the device in hand when the passkey is part of it', () => {
    assert.equal(whatWasSetUp('passkey', 'platform', 'phone'), 'This phone')
  })
  it('is the other kind when the person used another device than planned', () => {
    assert.equal(whatWasSetUp('security-key', 'cross-platform', 'computer'), 'Your security key')
    assert.equal(whatWasSetUp('phone', 'cross-platform', 'computer'), 'Your phone')
  })
  it('never titles a page with the word passkey', () => {
    assert.equal(whatWasSetUp('passkey', undefined, 'computer'), 'Your device')
  })
})
