import { decodeProtectedHeader } from 'jose'
import * as openid from 'openid-client'
import { discover, versionOf } from './openid-client.ts'
import { type Later, type Stranger, scopes, type Visit } from './visit.ts'

/** A client with a key of its own for its tokens (DPoP, RFC 9449). */
interface Bound {
  config: openid.Configuration
  DPoP: openid.DPoPHandle
}

/** To its tokens by a pushed request (RFC 9126), with each token bound to the key. */
const getTokens = async ({ config, DPoP }: Bound, visit: Visit, parameters: Record<string, string>) => {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const expectedState = openid.randomState()
  const expectedNonce = openid.randomNonce()
  const pushed = {
    redirect_uri: visit.registration.redirectUri,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...parameters,
  }
  const start = await openid.buildAuthorizationUrlWithPAR(config, pushed, { DPoP })
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true }
  return openid.authorizationCodeGrant(config, await visit.send(start), checks, undefined, { DPoP })
}

/** Whether silence is over and the token dead, which nobody but the client can find out. */
const lookLater = async (bound: Bound, visit: Visit, accessToken: string): Promise<Later> => {
  const { config, DPoP } = bound
  const silent = await getTokens(bound, visit, { scope: 'openid', prompt: 'none' }).then(
    () => 'signed in',
    (error: { error?: string }) => error.error ?? String(error),
  )
  const { userinfo_endpoint: userinfo = '' } = config.serverMetadata()
  const status = await openid
    .fetchProtectedResource(config, accessToken, new URL(userinfo), 'GET', null, undefined, { DPoP })
    .then(
      (answer) => answer.status,
      (error: { status?: number }) => error.status ?? String(error),
    )
  return { silent, userinfo: status }
}

const visitBound = async (visit: Visit) => {
  const config = await discover(visit)
  const bound = { config, DPoP: openid.getDPoPHandle(config, await openid.randomDPoPKeyPair('ES256')) }
  const tokens = await getTokens(bound, visit, { scope: scopes.signIn })
  if (tokens.token_type !== 'dpop') throw new Error(`The access token is not bound: ${tokens.token_type}`)
  const claims = tokens.claims()
  const idToken = tokens.id_token ?? ''
  const userinfo = await openid.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '', bound)
  const { access_token: forApi } = await getTokens(bound, visit, { scope: scopes.api, resource: visit.api })
  const api = new URL(visit.api)
  const answer = await openid.fetchProtectedResource(config, forApi, api, 'GET', null, undefined, bound)
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
    later: () => lookLater(bound, visit, tokens.access_token),
  }
}

/** A client under the FAPI 2.0 Security Profile: pushed requests, bound tokens, and a key to prove itself by. */
export const openidClientByFapi: Stranger = {
  name: 'openid-client, FAPI 2.0',
  version: versionOf('openid-client'),
  ways: ['private_key_jwt'],
  metadata: { profile: 'fapi2' },
  // The profile wants https, and nobody goes there.
  origin: 'https://ward.example.org',
  visit: visitBound,
}
