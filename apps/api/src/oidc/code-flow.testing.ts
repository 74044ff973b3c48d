import { createHash } from 'node:crypto'
import type { BrowserLike, Page, SoftwareAuthenticator } from '@fobwatch/testkit'
import { newSecret } from '#kernel'
import type { Person } from '#people'
import { addSignedIn, assertAt, issuer, stepOf, type TestService } from '../service.testing.ts'

const callback = 'http://localhost:3001/callback'

export const verifier = newSecret()
const challenge = createHash('sha256').update(verifier).digest('base64url')

export type Parameters = Record<string, string | undefined>

const formOf = (parameters: Parameters): URLSearchParams =>
  new URLSearchParams(Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined))

/** The address that the application `ward` sends people to; a parameter that is undefined is left out. */
export const authorizeUrl = (parameters: Parameters = {}): string =>
  `${issuer}/authorize?${formOf({
    client_id: 'ward',
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid',
    state: 'some-state',
    nonce: 'some-nonce',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...parameters,
  })}`

/** The sign-in that an authorization request led to. */
export const interactionOf = (page: Page): string => {
  const id = /^\/sign-in\/([^/]+)$/.exec(page.url.pathname)?.[1]
  if (!id) throw new Error(`Not at a sign-in but at ${page.url.href}: ${page.body.slice(0, 300)}`)
  return id
}

/** Sends the browser to sign in for the application. @returns the id of the sign-in */
export const arrive = async (browser: BrowserLike, parameters?: Parameters): Promise<string> =>
  interactionOf(await browser.follow(authorizeUrl(parameters), { until: 'another-origin' }))

/** Where the browser comes back to the application, after going on from a finished sign-in. */
export const comeBack = async (browser: BrowserLike, step: Page): Promise<URLSearchParams> => {
  const next = stepOf(step)
  if (next.next !== 'continue') throw new Error(`Not done yet: ${step.body}`)
  const page = await browser.follow(next.url, { until: 'another-origin' })
  if (!page.location) throw new Error(`The browser was not sent back, but to ${page.url.href}: ${page.body}`)
  return page.location.searchParams
}

/** From the application to its code, with one person's device. */
export const getCode = async (browser: BrowserLike, device: SoftwareAuthenticator, parameters?: Parameters) => {
  const id = await arrive(browser, parameters)
  const code = (await comeBack(browser, await assertAt(browser, id, device))).get('code')
  if (!code) throw new Error('No code came back')
  return code
}

/** Posts a form to an endpoint, as an application's server does. */
export const post = async (
  { app }: Pick<TestService, 'app'>,
  path: string,
  parameters: Parameters,
  headers: Record<string, string> = {},
) => {
  const answer = await app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', host: new URL(issuer).host, ...headers },
    payload: formOf(parameters).toString(),
  })
  const body = answer.body === '' ? {} : (answer.json() as Record<string, unknown>)
  return { status: answer.statusCode, body, headers: answer.headers }
}

/** Redeems a code; a parameter that is undefined is left out. */
export const redeem = (
  service: Pick<TestService, 'app'>,
  code: string,
  parameters: Parameters = {},
  headers: Record<string, string> = {},
) => {
  const form = { grant_type: 'authorization_code', client_id: 'ward', redirect_uri: callback, code_verifier: verifier }
  return post(service, '/token', { ...form, code, ...parameters }, headers)
}

/** What the application `ward` asks for, as parameters: what `authorizeUrl` puts into an address. */
export const requestOf = (parameters: Parameters = {}): Parameters =>
  Object.fromEntries(new URL(authorizeUrl(parameters)).searchParams)

/** Somebody who is signed in here and, from here, to the application, and all that the application may still hold. */
export interface SignedOn {
  person: Person
  device: SoftwareAuthenticator
  authenticatorId: string
  browser: BrowserLike
  accessToken: string
  refreshToken: string
  /** A code that nobody redeemed yet. */
  code: string
}

/** Adds a fictional person who is signed on so. */
export const addSignedOn = async (service: TestService): Promise<SignedOn> => {
  const { person, device, enrolled, browser } = await addSignedIn(service)
  const offline = { scope: 'openid offline_access', prompt: 'consent', max_age: '0' }
  const { body } = await redeem(service, await getCode(browser, device, offline))
  const again = await browser.follow(authorizeUrl(), { until: 'another-origin' })
  return {
    ...{ person, device, browser, authenticatorId: enrolled.id },
    accessToken: String(body['access_token']),
    refreshToken: String(body['refresh_token']),
    code: again.location?.searchParams.get('code') ?? '',
  }
}
