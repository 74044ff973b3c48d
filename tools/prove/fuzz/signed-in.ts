import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import { answerChallenge, enrolPerson, expectOk } from '../stage/person.ts'
import type { Visitor } from './door.ts'
import type { InProcess } from './service.ts'

/** Where people sign in to the service's own pages. */
export const ownPages = '/sign-in/fobwatch'

/** Somebody new with a device, which is counted as set up. */
export const newPerson = async (service: InProcess, setUp: Visitor['setUp'], device: SoftwareAuthenticator) => {
  await enrolPerson(service, 'Fay', device)
  setUp.authenticators += 1
}

/** Signs in with a device, which is counted as set up. @returns the browser */
export const signIn = async (
  service: InProcess,
  setUp: Visitor['setUp'],
  device: SoftwareAuthenticator,
): Promise<BrowserLike> => {
  const browser = service.browser()
  expectOk(await browser.postJson(`${ownPages}/assertion`, await answerChallenge(browser, ownPages, device)))
  setUp.signIns += 1
  return browser
}
