import { decodeProtectedHeader } from 'jose'
import * as oauth from 'oauth4webapi'
import { versionOf } from './openid-client.ts'
import { type Registration, type Stranger, scopes, type Visit } from './visit.ts'

/** Plain http is for the loopback. */
const onLoopback = { [oauth.allowInsecureRequests]: true }

interface Application {
  server: oauth.AuthorizationServer
  client: oauth.Client
  authentication: oauth.ClientAuth
}

const authenticationOf = ({ way, secret, privateKey }: Registration): oauth.ClientAuth => {
  if (way === 'none') return oauth.None()
  if (way === 'client_secret_basic') return oauth.ClientSecretBasic(secret)
  if (way === 'client_secret_post') return oauth.ClientSecretPost(secret)
  return oauth.PrivateKeyJwt(privateKey)
}

const discover = async ({ issuer, registration }: Visit): Promise<Application> => {
  const url = new URL(issuer)
  const answer = await oauth.discoveryRequest(url, { algorithm: 'oidc', ...onLoopback })
  return {
    server: await oauth.processDiscoveryResponse(url, answer),
    client: { client_id: registration.id, id_token_signed_response_alg: registration.algorithm },
    authentication: authenticationOf(registration),
  }
}

const beginAt = async (
  { server, client }: Application,
  { registration }: Visit,
  parameters: Record<string, string>,
) => {
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const nonce = oauth.generateRandomNonce()
  const start = new URL(server.authorization_endpoint ?? '')
  const all = {
    client_id: client.client_id,
    redirect_uri: registration.redirectUri,
    response_type: 'code',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...parameters,
  }
  for (const [name, value] of Object.entries(all)) start.searchParams.set(name, value)
  return { start, verifier, state, nonce }
}

/** From the application to its tokens, with the signature of the ID token checked against the service's keys. */
const getTokens = async (application: Application, visit: Visit, parameters: Record<string, string>) => {
  const { server, client, authentication } = application
  const { start, verifier, state, nonce } = await beginAt(application, visit, parameters)
  const answer = oauth.validateAuthResponse(server, client, await visit.send(start), state)
  const { redirectUri } = visit.registration
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authentication,
    answer,
    redirectUri,
    verifier,
    onLoopback,
  )
  const checks = { expectedNonce: nonce, requireIdToken: true }
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, checks)
  await oauth.validateApplicationLevelSignature(server, response, onLoopback)
  return tokens
}

const fetchUserinfo = async ({ server, client }: Application, accessToken: string, subject: string) => {
  const response = await oauth.userInfoRequest(server, client, accessToken, onLoopback)
  return oauth.processUserInfoResponse(server, client, subject, response)
}

/** Calls the API, and looks at the token as an API on this library would (RFC 9068). */
const callApi = async ({ server }: Application, accessToken: string, api: string): Promise<unknown> => {
  const request = new Request(api, { headers: { authorization: `Bearer ${accessToken}` } })
  await oauth.validateJwtAccessToken(server, request, api, onLoopback)
  const url = new URL(api)
  return (await oauth.protectedResourceRequest(accessToken, 'GET', url, undefined, undefined, onLoopback)).json()
}

const signOutUrl = ({ server }: Application, { registration }: Visit, idToken: string): URL => {
  const url = new URL(server.end_session_endpoint ?? '')
  url.searchParams.set('id_token_hint', idToken)
  url.searchParams.set('post_logout_redirect_uri', registration.afterSignOutUri)
  url.searchParams.set('state', 'left')
  return url
}

/** The library of low-level steps that other clients are built from. */
export const oauth4webapi: Stranger = {
  name: 'oauth4webapi',
  version: versionOf('oauth4webapi'),
  visit: async (visit) => {
    const application = await discover(visit)
    const tokens = await getTokens(application, visit, { scope: scopes.signIn })
    const claims = oauth.getValidatedIdTokenClaims(tokens)
    const idToken = tokens.id_token ?? ''
    const userinfo = await fetchUserinfo(application, tokens.access_token, claims?.sub ?? '')
    const forApi = await getTokens(application, visit, { scope: scopes.api, resource: visit.api })
    return {
      idToken: { ...claims },
      algorithm: decodeProtectedHeader(idToken).alg,
      userinfo: { ...userinfo },
      accessToken: tokens.access_token,
      apiAnswer: await callApi(application, forApi.access_token, visit.api),
      afterSignOut: await visit.send(signOutUrl(application, visit, idToken)),
    }
  },
}
