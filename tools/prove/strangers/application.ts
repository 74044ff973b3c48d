import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { type BrowserLike, createBrowserLike, type Page } from '@fobwatch/testkit'
import { decodeProtectedHeader } from 'jose'
import { expectOk } from '../stage/person.ts'
import { sendTo } from '../stage/send-to.ts'
import type { Seen, Visit } from './visit.ts'

/** Longer than any of them takes to start, however busy the machine. Milliseconds. */
const patience = 120_000

/** A program that serves an application at an origin. */
export interface Launch {
  command: readonly string[]
  cwd?: string
  env?: NodeJS.ProcessEnv
}

/** Where an application is served: the origin of its redirect URI. */
export const originOf = ({ registration }: Visit): string => new URL(registration.redirectUri).origin

/**
 * Runs an application, which serves at this origin, while somebody uses it. It is stopped by SIGTERM.
 * @throws Error with what the application said, when it does not start or its visitor is let down
 */
export const whileServed = async <Result>(
  origin: string,
  { command: [program = '', ...args], cwd, env = {} }: Launch,
  use: () => Promise<Result>,
): Promise<Result> => {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const ended = once(child, 'close').catch((error: Error) => said.push(error.message))
  try {
    const failed = ended.then(() => 'it ended')
    const why = await Promise.race([untilItAnswers(origin), failed])
    if (why !== undefined) throw new Error(`The application did not start: ${why}`)
    return await use()
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : error}\nThe application said:\n${said.join('').slice(-8000)}`,
      { cause: error },
    )
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

/** Waits until something answers at an origin. @returns why it was given up, if it was */
export const untilItAnswers = async (origin: string): Promise<string | undefined> => {
  const until = Date.now() + patience
  while (Date.now() < until) {
    const answers = await fetch(origin, { redirect: 'manual' }).then(
      () => true,
      () => false,
    )
    if (answers) return undefined
    await delay(50)
  }
  return 'it does not answer'
}

/** The person's browser at the application. */
export const browserAt = (visit: Visit): BrowserLike => {
  const origin = originOf(visit)
  // Node's `fetch` says that a script asks, and scripts are not sent to sign in.
  return createBrowserLike(origin, undefined, sendTo(origin))
}

/** Goes where a page sends, to the service and back. @returns the page of the application at the end */
export const goAndComeBack = async ({ send }: Visit, browser: BrowserLike, start: string | Page): Promise<Page> => {
  const page = await browser.follow(start, { until: 'another-origin' })
  if (!page.location) throw new Error(`${page.url.pathname} answered ${page.status} and sent nobody on: ${page.body}`)
  return expectOk(await browser.follow(await browser.get(await send(page.location))))
}

/** What an application tells of what its library verified: claims, what userinfo said, and the tokens. */
export interface Told {
  idToken: Record<string, unknown>
  idTokenText: string
  userinfo: Record<string, unknown>
  accessToken: string
}

/** How somebody begins to sign in, and to sign out: the page, or what they do. */
export interface Buttons {
  signIn: string | ((browser: BrowserLike) => Promise<Page>)
  signOut: string | ((browser: BrowserLike) => Promise<Page>)
}

/** What an application tells of whoever is signed in at it. */
const know = async (browser: BrowserLike) => expectOk(await browser.get('/what-it-knows')).json<Told>()

/**
 * Signs in and out at an application whose page `/what-it-knows` answers those who are signed in with what it knows. One
 * that is registered to be told of a log out elsewhere is told of one first, and signed in at again.
 */
export const useApplication = async (visit: Visit, { signIn, signOut }: Buttons): Promise<Seen> => {
  const browser = browserAt(visit)
  const press = (button: Buttons['signIn']) => (typeof button === 'string' ? browser.get(button) : button(browser))
  await goAndComeBack(visit, browser, await press(signIn))
  const isTold = visit.registration.client.metadata.backchannel_logout_uri !== undefined
  if (isTold) {
    await endElsewhere(visit, browser, '/what-it-knows')
    await goAndComeBack(visit, browser, await press(signIn))
  }
  const { idTokenText, idToken, userinfo, accessToken } = await know(browser)
  const leaving = await browser.follow(await press(signOut), { until: 'another-origin' })
  if (!leaving.location) throw new Error(`${leaving.url.pathname} answered ${leaving.status}: ${leaving.body}`)
  const afterSignOut = await visit.send(leaving.location)
  expectOk(await browser.get(afterSignOut))
  return { idToken, userinfo, accessToken, algorithm: decodeProtectedHeader(idTokenText).alg, afterSignOut, isTold }
}

/**
 * Ends the session at the service without the application's doing, and waits until the application has heard of it.
 * @param page what only somebody who is signed in gets
 */
export const endElsewhere = async (visit: Visit, browser: BrowserLike, page: string): Promise<void> => {
  await visit.endElsewhere()
  const until = Date.now() + patience
  while ((await browser.get(page)).status === 200) {
    if (Date.now() > until) throw new Error('The application has not heard of the end of the session')
    await delay(100)
  }
}
