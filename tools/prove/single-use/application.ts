import { createHash, randomBytes } from 'node:crypto'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import { passThrough } from '../stage/person.ts'
import type { Stage } from '../stage/set-stage.ts'

export const redirectUri = 'http://localhost:9/callback'
const verifier = randomBytes(32).toString('base64url')
const challenge = createHash('sha256').update(verifier).digest('base64url')

/** The address that the application sends a browser to for a code. */
export const authorizeUrl = (
  { issuer }: Pick<Stage, 'issuer'>,
  clientId: string,
  parameters: Record<string, string> = {},
): URL => {
  const url = new URL('/authorize', issuer)
  const all = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...parameters,
  }
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value)
  return url
}

/** Brings a browser to a code: with the device the first time, and by single sign-on from then on. */
export const getCode = async (browser: BrowserLike, device: SoftwareAuthenticator, start: URL): Promise<string> => {
  const back = await passThrough(browser, device, start)
  const code = back.searchParams.get('code')
  if (!code) throw new Error(`No code came back, but ${back.search}`)
  return code
}

/** What is sent to redeem a code, less what proves the client. */
export const redemptionOf = (code: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  redirect_uri: redirectUri,
  code_verifier: verifier,
  code,
})
