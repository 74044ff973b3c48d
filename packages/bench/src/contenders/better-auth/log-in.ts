import {
  type CreationOptionsJSON,
  coseAlgorithm,
  createSoftwareAuthenticator,
  type RequestOptionsJSON,
} from '@fobwatch/testkit'
import { type Browser, expectOk } from '../../load/browser.ts'
import type { Person } from '../contender.ts'

/** Where its endpoints are, below the origin. */
export const base = '/api/auth'

/**
 * What a log-in page with its client library does: it asks for a challenge, and sends the answer of the device with the
 * signed query that the page was opened with, which goes on with the authorization by itself.
 */
export const logInWithPasskey = async (browser: Browser, { device }: Person, page: URL): Promise<URL> => {
  const at = (path: string) => new URL(`${base}/passkey/${path}`, page)
  const options = expectOk(await browser.ask(at('generate-authenticate-options'), page)).body
  const response = device.authenticate(JSON.parse(options) as RequestOptionsJSON, { origin: page.origin })
  const body = { response, oauth_query: page.search.slice(1) }
  const { url } = JSON.parse(expectOk(await browser.ask(at('verify-authentication'), page, body)).body) as {
    url?: string
  }
  if (!url) throw new Error('Not sent on after the log-in')
  return new URL(url, page)
}

/** Sets up a device with a link. */
export const setUpPasskey = async (browser: Browser, origin: string, link: string): Promise<Person> => {
  const page = new URL('/set-up', origin)
  const at = (path: string) => new URL(`${base}/passkey/${path}`, origin)
  const ask = at('generate-register-options')
  ask.search = new URLSearchParams({ context: link }).toString()
  const options = JSON.parse(expectOk(await browser.ask(ask, page)).body) as CreationOptionsJSON
  const device = createSoftwareAuthenticator({ algorithms: [coseAlgorithm.ES256] })
  const response = device.register(options, { origin })
  expectOk(await browser.ask(at('verify-registration'), page, { response }))
  return { device }
}
