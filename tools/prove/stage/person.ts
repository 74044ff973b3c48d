import {
  type BrowserLike,
  type CreationOptionsJSON,
  createSoftwareAuthenticator,
  type Page,
  type RequestOptionsJSON,
  type SoftwareAuthenticator,
} from '@fobwatch/testkit'
import type { Stage } from './set-stage.ts'

/** Somebody with a device that is set up. */
export interface Person {
  id: string
  staffId: string
  device: SoftwareAuthenticator
}

/** Asks to set up a device with a link, and lets the device answer. @returns what to send back */
export const answerLink = async (
  { issuer, browser }: Pick<Stage, 'issuer' | 'browser'>,
  code: string,
  device: SoftwareAuthenticator,
) => {
  const options = expectOk(await browser().postJson('/api/enrolment/options', { code })).json<CreationOptionsJSON>()
  return { code, response: device.register(options, { origin: issuer }) }
}

/** Adds a person, and sets up a device for them with a link. */
export const enrolPerson = async (
  stage: Pick<Stage, 'issuer' | 'browser' | 'house'>,
  givenName: string,
  device: SoftwareAuthenticator = createSoftwareAuthenticator(),
): Promise<Person> => {
  const { id, staffId } = await stage.house.addPerson(givenName, 'Fiction')
  const answer = await answerLink(stage, await stage.house.invite(id), device)
  expectOk(await stage.browser().postJson('/api/enrolment', answer))
  return { id, staffId, device }
}

/** The address of the sign-in that a browser has come to. */
export const signInAt = ({ url, body }: Page): string => {
  if (!url.pathname.startsWith('/sign-in/')) throw new Error(`Not at a sign-in but at ${url.href}: ${body}`)
  return url.pathname
}

/** Asks for the challenge of a sign-in, and lets the device answer. @returns what to send back */
export const answerChallenge = async (browser: BrowserLike, at: string, device: SoftwareAuthenticator) => {
  const page = expectOk(await browser.postJson(`${at}/options`, {}))
  return { response: device.authenticate(page.json<RequestOptionsJSON>(), { origin: page.url.origin }) }
}

/**
 * What a person and their browser do for an application: go where it sends them, use the device if they are asked to,
 * and come back.
 * @param start where the application sends them
 * @returns the address at the application that they come back to
 */
export const passThrough = async (browser: BrowserLike, device: SoftwareAuthenticator, start: URL): Promise<URL> => {
  const arrived = await browser.follow(start, { until: 'another-origin' })
  if (arrived.location) return arrived.location

  const at = signInAt(arrived)
  const step = expectOk(await browser.postJson(`${at}/assertion`, await answerChallenge(browser, at, device)))
  const { url } = step.json<{ url?: string }>()
  const back = url && (await browser.follow(url, { until: 'another-origin' })).location
  if (!back) throw new Error(`Not sent back to the application: ${step.body}`)
  return back
}

/** @throws an Error that says what the service answered, unless it was a success */
export const expectOk = (page: Page): Page => {
  if (page.status !== 200) throw new Error(`${page.url.pathname} answered ${page.status}: ${page.body}`)
  return page
}
