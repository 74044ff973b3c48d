import type { BrowserLike, RequestOptionsJSON } from '@fobwatch/testkit'
import { authorizeUrl, redemptionOf } from '../single-use/application.ts'
import { attempt, refuse } from './attempt.ts'
import type { Life, Secret, SecretKind } from './ledger.ts'
import type { World } from './world.ts'

/** The application that somebody comes from, and what proves it in a request. */
export interface From {
  clientId: string
  /** What goes with a request of its server. Each proof is used once, and noted. */
  identify: (life: Life) => Promise<{ parameters: Record<string, string>; used: () => void }>
}

const secret = (life: Life, kind: SecretKind, again: Secret['again']): Secret => {
  const made = { kind, successes: 0, again }
  life.secrets.push(made)
  return made
}

/** One of the two applications. */
export const fromApplication = ({ applications, send }: World, isKeyed: boolean): From => {
  if (!isKeyed) {
    const parameters = { client_id: applications.publicId }
    return { clientId: applications.publicId, identify: async () => ({ parameters, used: () => {} }) }
  }
  const identify = async (life: Life) => {
    const parameters = await applications.prove()
    // A code that is not one is refused as such only after the application has been believed.
    const unknown = { ...redemptionOf('not-a-code'), ...parameters }
    const assertion = secret(life, 'client assertion', async () => {
      const { body } = await applications.post(send, '/token', unknown)
      return body['error'] === 'invalid_grant'
    })
    const used = () => {
      assertion.successes += 1
    }
    return { parameters, used }
  }
  return { clientId: applications.keyedId, identify }
}

const codeIn = (location: URL | undefined): string | undefined => location?.searchParams.get('code') ?? undefined

/** Goes somewhere and on to the application. @returns whether a code came back */
const comesBack = async (browser: BrowserLike, start: string | URL): Promise<boolean> =>
  codeIn((await browser.follow(start, { until: 'another-origin' })).location) !== undefined

/** Where the application sends the browser: by a request that it pushed, if it has a key. */
const startOf = async (world: World, life: Life, from: From): Promise<{ start: URL; pushed: Secret | undefined }> => {
  const asked = { scope: 'openid offline_access', prompt: 'consent' }
  const plain = authorizeUrl(world, from.clientId, asked)
  if (from.clientId === world.applications.publicId) return { start: plain, pushed: undefined }
  const { parameters, used } = await from.identify(life)
  const all = { ...Object.fromEntries(plain.searchParams), ...parameters }
  const { body } = await attempt(life, { step: 'push' }, () => world.applications.post(world.send, '/par', all))
  used()
  const start = new URL('/authorize', world.issuer)
  start.search = String(new URLSearchParams({ client_id: from.clientId, request_uri: String(body['request_uri']) }))
  return { start, pushed: secret(life, 'pushed request', () => comesBack(life.browser, start)) }
}

const isSignIn = ({ pathname }: URL): boolean => pathname.startsWith('/sign-in/')

/** Signs in for an application with the first device. @returns the code that came back */
export const signIn = async (world: World, life: Life, from: From): Promise<string> => {
  const { browser, device } = life
  const { start, pushed } = await startOf(world, life, from)
  const arrived = await attempt(life, { step: 'authorize' }, async () => {
    const page = await browser.follow(start, { until: 'another-origin' })
    // The page itself is not needed, and there is one only where the front end was built.
    return page.status === 404 && isSignIn(page.url) ? { ...page, status: 200 } : page
  })
  const at = arrived.url.pathname
  if (!isSignIn(arrived.url)) return refuse(life, 'authorize', arrived.location?.search ?? at)
  const options = await attempt(life, { step: 'options' }, () => browser.postJson(`${at}/options`, {}))
  const answer = { response: device.authenticate(options.json<RequestOptionsJSON>(), { origin: world.issuer }) }

  const assert = () => browser.postJson(`${at}/assertion`, answer)
  const challenge = secret(life, 'sign-in challenge', async () => (await assert()).status === 200)
  life.session = 'either'
  const step = await attempt(life, { step: 'assertion', type: 'signed-in' }, assert)
  challenge.successes += 1
  life.session = 'alive'

  const { url = '' } = step.json<{ url?: string }>()
  const back = secret(life, 'way back', () => comesBack(browser, url))
  const { location } = await attempt(life, { step: 'way back' }, () => browser.follow(url, { until: 'another-origin' }))
  const code = codeIn(location)
  if (code === undefined) return refuse(life, 'way back', location?.search ?? 'nowhere')
  back.successes += 1
  if (pushed) pushed.successes += 1
  return code
}

/** Redeems a code, and notes the refresh token that came with it. */
export const redeem = async (world: World, life: Life, from: From, code: string): Promise<void> => {
  const { post } = world.applications
  const ask = async (identity: Record<string, string>) =>
    post(world.send, '/token', { ...redemptionOf(code), ...identity })
  const once = secret(life, 'authorization code', async () => {
    const { parameters, used } = await from.identify({ ...life, secrets: [] })
    used()
    return (await ask(parameters)).status === 200
  })
  const { parameters, used } = await from.identify(life)
  const { body } = await attempt(life, { step: 'redeem' }, () => ask(parameters))
  once.successes += 1
  used()
  noteRefresh(world, life, from, String(body['refresh_token']))
}

/** Refreshes with the newest token. That of the application without a key is used up by it. */
export const refresh = async (world: World, life: Life, from: From): Promise<void> => {
  if (!life.refresh) return
  const { token } = life.refresh
  const { once, ask } = askToRefresh(world, life, from, token)
  life.refresh.state = 'either'
  const { parameters, used } = await from.identify(life)
  const { body } = await attempt(life, { step: 'refresh' }, () => ask(parameters))
  used()
  if (once) once.successes += 1
  noteRefresh(world, life, from, String(body['refresh_token'] ?? token))
}

const askToRefresh = (world: World, life: Life, from: From, token: string) => {
  const ask = (identity: Record<string, string>) =>
    world.applications.post(world.send, '/token', {
      grant_type: 'refresh_token',
      refresh_token: token,
      ...identity,
    })
  const isUsedUp = from.clientId === world.applications.publicId
  const again = async () => (await ask({ client_id: from.clientId })).status === 200
  return { ask, once: isUsedUp ? secret(life, 'refresh token', again) : undefined }
}

const noteRefresh = (world: World, life: Life, from: From, token: string): void => {
  const use = async () => {
    const { once, ask } = askToRefresh(world, life, from, token)
    const { parameters, used } = await from.identify(life)
    const { status } = await ask(parameters)
    if (status !== 200) return false
    used()
    if (once) once.successes += 1
    return true
  }
  life.refresh = { token, use, state: 'alive' }
}
