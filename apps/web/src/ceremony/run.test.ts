import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { WebAuthnAbortService } from '@simplewebauthn/browser'
import { asTrouble } from '../trouble.ts'
import { closeBox, runCeremony } from './run.ts'

describe('a box of the browser', () => {
  before(() => {
    Object.assign(globalThis, { PublicKeyCredential: () => {} })
  })

  const opened: string[] = []
  /** Asks for a box that stays open until it is closed. @returns what it ends in */
  const ask = (name: string, options: { timeout: number } | Promise<{ timeout: number }>) =>
    runCeremony('authentication', options, () => {
      opened.push(name)
      const closed = WebAuthnAbortService.createNewAbortSignal()
      return new Promise<never>((_resolve, reject) => {
        closed.addEventListener('abort', () => reject(Object.assign(new Error('closed'), { name: 'AbortError' })))
      })
    }).catch((thrown) => asTrouble(thrown).code)
  const options = { timeout: 1000 }

  it('never opens where its page went while it waited for its challenge', async () => {
    const asked = Promise.withResolvers<typeof options>()
    const told = ask('gone', asked.promise)
    closeBox()
    asked.resolve(options)
    assert.equal(await told, 'cancelled')
    assert.ok(!opened.includes('gone'))
  })

  it('never opens where its page went as its challenge came', async () => {
    const asked = Promise.withResolvers<typeof options>()
    const told = ask('late', asked.promise)
    asked.resolve(options)
    await asked.promise
    closeBox()
    assert.equal(await told, 'cancelled')
  })

  it('takes the place of one that waits, which never opens, and is the one that Cancel closes', async () => {
    const asked = Promise.withResolvers<typeof options>()
    const first = ask('first', asked.promise)
    const second = ask('second', options)
    asked.resolve(options)
    assert.equal(await first, 'cancelled')
    assert.ok(opened.includes('second') && !opened.includes('first'))
    closeBox()
    assert.equal(await second, 'cancelled')
  })
})
