import type { Person, Running } from '../contenders/index.ts'
import { authorize, claimsOf, redeem, type Tokens } from './application.ts'
import { type Browser, expectRedirect, openBrowser } from './browser.ts'
import type { Wire } from './wire.ts'

/** Somebody who is logged in to an application, in a browser that keeps the session. */
export interface LoggedIn {
  browser: Browser
  tokens: Tokens
}

/** Follows where the browser is sent, until it is back at the application. @returns the address that it came back to */
export const comeBack = async (browser: Browser, { application }: Pick<Running, 'application'>, from: URL) => {
  let next = from
  while (!next.href.startsWith(application.redirectUri)) next = expectRedirect(await browser.get(next))
  return next
}

/**
 * Logs somebody in to the application with a browser that has no cookies, up to the tokens.
 * @throws Error where the ID token is not the one that was asked for
 */
export const logIn = async (wire: Wire, running: Running, person: Person): Promise<LoggedIn> => {
  const browser = openBrowser(wire)
  const asked = authorize(running)
  const page = expectRedirect(await browser.get(asked.url))
  const next = await running.logIn(browser, person, page)
  const tokens = await redeem(wire, running, asked, await comeBack(browser, running, next))
  requireIdToken(running, tokens, asked.nonce)
  return { browser, tokens }
}

/** @throws Error unless the ID token is of this issuer, and answers this request */
export const requireIdToken = ({ issuer }: Running, { id_token }: Tokens, nonce: string): void => {
  const claims = claimsOf(id_token)
  if (claims['iss'] === issuer && claims['nonce'] === nonce) return
  throw new Error(`Not the ID token asked for: ${JSON.stringify(claims)}`)
}
