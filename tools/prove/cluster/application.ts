import type { ClientMetadata } from '@fobwatch/contracts'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import { authorizeUrl, getCode, redemptionOf, redirectUri } from '../single-use/application.ts'
import { fromServer } from '../single-use/race.ts'
import type { Stage } from '../stage/set-stage.ts'

const clientId = 'prove-many'

export interface Tokens {
  id_token: string
  access_token: string
  refresh_token: string
}

/** Registers an application that people log in to and that goes on by refresh tokens. */
export const registerApplication = ({ house }: Stage): Promise<void> => {
  const metadata: ClientMetadata = {
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
  }
  return house.registerClient({ id: clientId, name: 'Many', metadata, apis: [] })
}

type Answer = { status: number; body: Record<string, unknown> }

/** Asks for tokens, as the application's server does. */
const askForTokens = async ({ issuer, instances }: Stage, form: Record<string, string>): Promise<Answer> => {
  const { path, ...init } = fromServer('/token', { client_id: clientId, ...form })
  const answer = await instances[0](new URL(path, issuer), { method: 'POST', ...init })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

/** A whole sign-in to the application, to the code or to its tokens. */
export const signInTo = async (stage: Stage, device: SoftwareAuthenticator, browser: BrowserLike = stage.browser()) => {
  const start = authorizeUrl(stage, clientId, { scope: 'openid offline_access', prompt: 'consent' })
  const { status, body } = await askForTokens(stage, redemptionOf(await getCode(browser, device, start)))
  if (status !== 200) throw new Error(`No tokens, but ${status} ${JSON.stringify(body)}`)
  return { browser, tokens: body as unknown as Tokens }
}

/** Begins a sign-in and leaves it half-way. */
export const beginSignIn = async (stage: Stage): Promise<void> => {
  const browser = stage.browser()
  const { url } = await browser.follow(authorizeUrl(stage, clientId), { until: 'another-origin' })
  await browser.postJson(`${url.pathname}/options`, {})
}

export const refresh = (stage: Stage, token: string): Promise<Answer> =>
  askForTokens(stage, { grant_type: 'refresh_token', refresh_token: token })
