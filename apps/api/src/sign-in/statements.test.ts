import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { AuthenticationResponse, RequestOptions } from '@fobwatch/contracts'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import { arrive } from '../oidc/code-flow.testing.ts'
import { addPerson, enrol, issuer, registerClient, startService, type TestService } from '../service.testing.ts'

describe('logging in', () => {
  const asked: string[] = []
  let service: TestService
  let device: SoftwareAuthenticator
  before(async () => {
    service = await startService({ onStatement: (name) => void asked.push(name) })
    await registerClient(service)
    const person = await addPerson(service)
    device = (await enrol(service, person.id)).device
  })
  after(() => service.close())

  /** What the database is asked for one answer to a challenge. */
  const askedFor = async (browser: BrowserLike, interaction: string, id?: string): Promise<string[]> => {
    const options = (await browser.postJson(`/sign-in/${interaction}/options`, {})).json<RequestOptions>()
    const misbehave = id === undefined ? {} : { id }
    const response: AuthenticationResponse = device.authenticate(options, { origin: issuer, misbehave })
    asked.length = 0
    await browser.postJson(`/sign-in/${interaction}/assertion`, { response })
    // What is known of an application is remembered for a moment.
    return asked.filter((name) => !/^(oidc|clients):/.test(name))
  }

  const known = ['webauthn:spend-challenge', 'authenticators:find-credential']
  const atOnce = [
    ...['authenticators:record-use-or-stop', 'sessions:lock-browser', 'sessions:open-first', 'audit:add-event'],
  ]
  const stepByStep = [
    ...['authenticators:record-use', 'sessions:lock-browser', 'sessions:lock-in', 'sessions:live-in'],
    ...['sessions:end-others-in', 'sessions:renew', 'audit:add-event'],
  ]

  it('asks the database once for all that is known of a credential, whoever asks, and of whichever', async () => {
    assert.deepEqual(await askedFor(service.browser(), 'fobwatch'), [...known, ...atOnce])
    const browser = service.browser()
    assert.deepEqual(await askedFor(browser, await arrive(browser)), [...known, ...atOnce])
    // What fails is counted besides.
    const refused = [...known, 'authenticators:find-owner', 'limits:count']
    assert.deepEqual(await askedFor(service.browser(), 'fobwatch', 'AAAAAAAAAAAAAAAAAAAAAA'), refused)
  })

  it('decides step by step where the browser has a session already', async () => {
    const browser = service.browser()
    await askedFor(browser, 'fobwatch')
    assert.deepEqual(await askedFor(browser, 'fobwatch'), ['sessions:look', ...known, ...stepByStep])
  })
})
