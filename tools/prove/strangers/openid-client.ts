import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { decodeProtectedHeader } from 'jose'
import * as openid from 'openid-client'
import { type Registration, type Stranger, scopes, type Visit } from './visit.ts'

/** The version of an installed package. */
export const versionOf = (name: string): string => {
  const manifest = fileURLToPath(import.meta.resolve(`${name}/package.json`))
  return JSON.parse(readFileSync(manifest, 'utf8')).version
}

const authenticationOf = ({ way, secret, privateKey }: Registration): openid.ClientAuth => {
  if (way === 'none') return openid.None()
  if (way === 'client_secret_basic') return openid.ClientSecretBasic(secret)
  if (way === 'client_secret_post') return openid.ClientSecretPost(secret)
  return openid.PrivateKeyJwt(privateKey)
}

/** The service as the library finds it, and the client as it is registered. */
export const discover = async ({ issuer, registration }: Visit): Promise<openid.Configuration> =>
  openid.discovery(
    new URL(issuer),
    registration.id,
    { id_token_signed_response_alg: registration.algorithm },
    authenticationOf(registration),
    // Plain http is for the loopback. Signatures are checked even though the tokens come straight from the service.
    { execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks] },
  )

/** From the application to its tokens. */
const getTokens = async (
  config: openid.Configuration,
  { registration, send }: Visit,
  parameters: Record<string, string>,
) => {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const expectedState = openid.randomState()
  const expectedNonce = openid.randomNonce()
  const start = openid.buildAuthorizationUrl(config, {
    redirect_uri: registration.redirectUri,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...parameters,
  })
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true }
  return openid.authorizationCodeGrant(config, await send(start), checks)
}

/** The certified client for Node (the whole of it checks; the API decides about its own token). */
export const openidClient: Stranger = {
  name: 'openid-client',
  version: versionOf('openid-client'),
  visit: async (visit) => {
    const config = await discover(visit)
    const tokens = await getTokens(config, visit, { scope: scopes.signIn })
    const claims = tokens.claims()
    const idToken = tokens.id_token ?? ''
    const userinfo = await openid.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '')
    const forApi = await getTokens(config, visit, { scope: scopes.api, resource: visit.api })
    const answer = await openid.fetchProtectedResource(config, forApi.access_token, new URL(visit.api), 'GET')
    const signOut = openid.buildEndSessionUrl(config, {
      id_token_hint: idToken,
      post_logout_redirect_uri: visit.registration.afterSignOutUri,
      state: 'left',
    })
    return {
      idToken: { ...claims },
      algorithm: decodeProtectedHeader(idToken).alg,
      userinfo: { ...userinfo },
      accessToken: tokens.access_token,
      apiAnswer: await answer.json(),
      afterSignOut: await visit.send(signOut),
    }
  },
}
