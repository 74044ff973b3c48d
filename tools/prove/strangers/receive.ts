import assert from 'node:assert/strict'
import { type BrowserLike, createBrowserLike } from '@fobwatch/testkit'
import { enrolPerson, type Person, passThrough } from '../stage/person.ts'
import type { Stage } from '../stage/set-stage.ts'
import type { Outcome } from './tell.ts'
import type { Later, Registration, Seen, Stranger } from './visit.ts'

const givenName = 'Signy'

/**
 * Lets a stranger's application sign somebody in, and holds what it saw against what is true.
 * @param api the API that it calls with its token
 * @returns whether it called the API, and whether it was told of a log out elsewhere
 * @throws an Error, the library's own or one that says what was not as it must be
 */
export const receive = async (
  stage: Stage,
  stranger: Stranger,
  registration: Registration,
  api: string,
): Promise<Pick<Outcome, 'calledApi' | 'isTold'>> => {
  await stage.house.registerClient(registration.client)
  const person = await enrolPerson(stage, givenName)
  await stage.house.makeNurse(person.id)
  const browser = createBrowserLike(stage.issuer)
  const states: (string | null)[] = []
  const send = (start: URL) => {
    states.push(start.searchParams.get('state'))
    return passThrough(browser, person.device, start)
  }
  const seen = await stranger.visit({
    issuer: stage.issuer,
    registration,
    api,
    send,
    endElsewhere: () => logOut(stage, browser),
  })
  checkTokens(seen, person, registration)
  if (seen.apiAnswer !== undefined) checkApi(seen, person)
  assert.equal(seen.afterSignOut.searchParams.get('state'), states.at(-1), 'the state of the application came back')
  await checkSignedOut(stage, seen, registration, browser)
  return { calledApi: seen.apiAnswer !== undefined, isTold: seen.isTold ?? false }
}

const logOut = async ({ issuer }: Stage, browser: BrowserLike): Promise<void> => {
  const url = new URL('/api/session', issuer)
  const headers = { cookie: browser.cookieHeader(url), origin: issuer, 'sec-fetch-site': 'same-origin' }
  const { status } = await fetch(url, { method: 'DELETE', headers })
  assert.equal(status, 204, 'the person logs out at the service')
}

const checkTokens = ({ idToken, algorithm, userinfo }: Seen, { staffId }: Person, registration: Registration): void => {
  assert.equal(idToken['sub'], staffId, 'the subject is the staff id')
  if (algorithm !== undefined)
    assert.equal(algorithm, registration.algorithm, 'the ID token is signed as the client is registered')
  assert.equal(idToken['acr'], 'AAL2_ANY')
  assert.deepEqual(idToken['amr'], ['pop', 'user', 'mfa'])
  assert.match(String(idToken['selected_roleid']), /^\d{12}$/)
  assert.equal(userinfo['sub'], staffId)
  assert.equal(userinfo['given_name'], givenName)
}

const checkApi = ({ apiAnswer }: Seen, { staffId }: Person): void => {
  const { sub, scope, role } = apiAnswer as { sub?: string; scope?: string; role?: unknown }
  assert.deepEqual({ sub, scope }, { sub: staffId, scope: 'patients.read' }, 'the API takes its token')
  assert.ok(JSON.stringify(role).includes('B0360'), 'the API learns what the role may do')
}

/** Where the browser is, whether single sign-on is over, and whether the tokens are dead. */
const checkSignedOut = async (
  stage: Stage,
  seen: Seen,
  registration: Registration,
  browser: BrowserLike,
): Promise<void> => {
  const { afterSignOut } = seen
  assert.equal(afterSignOut.origin + afterSignOut.pathname, registration.afterSignOutUri)
  const { silent, userinfo } = await (seen.later?.() ?? lookLater(stage, seen, registration, browser))
  assert.equal(silent, 'login_required', 'nobody is signed in any more')
  assert.equal(userinfo, 401, 'the access token died with the session')
}

const lookLater = async (
  { issuer }: Stage,
  { accessToken }: Seen,
  { id, redirectUri }: Registration,
  browser: BrowserLike,
): Promise<Later> => {
  const url = new URL('/authorize', issuer)
  const parameters = {
    client_id: id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid',
    prompt: 'none',
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  const { location } = await browser.get(url)
  const { status } = await browser.get('/userinfo', { headers: { authorization: `Bearer ${accessToken}` } })
  return { silent: location?.searchParams.get('error') ?? 'no error', userinfo: status }
}
