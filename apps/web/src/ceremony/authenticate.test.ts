import assert from 'node:assert/strict'
import { before, beforeEach, describe, it } from 'node:test'
import type { RequestOptions } from '@fobwatch/contracts'
import { asTrouble } from '../trouble.ts'
import { authenticate, closeBox } from './index.ts'

const options: RequestOptions = {
  challenge: 'AAAA',
  rpId: 'localhost',
  timeout: 1000,
  userVerification: 'required',
  allowCredentials: [],
  hints: [],
}

/** What a browser is asked, and when. */
const begin = () => ({
  askedWhetherItCan: Promise.withResolvers<void>(),
  saysThatItCan: Promise.withResolvers<boolean>(),
  boxOpened: Promise.withResolvers<string>(),
  requests: [] as { autofill: boolean; signal: AbortSignal }[],
})

describe('a box for an assertion, after autofill', () => {
  let browser = begin()
  const get = ({ mediation, signal }: CredentialRequestOptions & { signal: AbortSignal }) => {
    browser.requests.push({ autofill: mediation === 'conditional', signal })
    if (!mediation) browser.boxOpened.resolve('opened')
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  }
  const isConditionalMediationAvailable = () => {
    browser.askedWhetherItCan.resolve()
    return browser.saysThatItCan.promise
  }
  const told = (answer: Promise<unknown>) => answer.catch((thrown) => asTrouble(thrown).code)

  before(() => {
    const PublicKeyCredential = Object.assign(() => {}, { isConditionalMediationAvailable })
    const document = { querySelectorAll: () => ['a field'] }
    Object.assign(globalThis, { PublicKeyCredential, document, window: globalThis })
    Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { credentials: { get } } })
  })
  beforeEach(() => {
    browser = begin()
  })

  it('never opens where its page went in the moment of the press', async () => {
    const pressed = told(authenticate(Promise.resolve(options)))
    closeBox()
    assert.equal(await Promise.race([pressed, browser.boxOpened.promise]), 'cancelled')
    assert.deepEqual(browser.requests, [])
  })

  it('never opens where its page went before autofill had begun, which ends as it begins', async () => {
    const suggested = told(authenticate(options, { autofill: true }))
    await browser.askedWhetherItCan.promise
    const pressed = told(authenticate(options))
    closeBox()
    browser.saysThatItCan.resolve(true)
    assert.equal(await Promise.race([pressed, browser.boxOpened.promise]), 'cancelled')
    assert.equal(await suggested, 'cancelled')
    assert.deepEqual(
      browser.requests.map(({ autofill, signal }) => [autofill, signal.aborted]),
      [[true, true]],
    )
  })

  it('opens when the autofill that it takes the place of has begun, and is the one that Cancel closes', async () => {
    const suggested = told(authenticate(options, { autofill: true }))
    await browser.askedWhetherItCan.promise
    const pressed = told(authenticate(options))
    browser.saysThatItCan.resolve(true)
    assert.equal(await suggested, 'cancelled')
    await browser.boxOpened.promise
    closeBox()
    assert.equal(await pressed, 'cancelled')
  })
})
