import { createTokenVerifier } from '@fobwatch/token-verifier'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { versionOf } from '../strangers/openid-client.ts'
import type { Library } from './ask.ts'
import type { Task } from './cases.ts'
import { algorithms } from './sign.ts'

/** Our own: it has one use, since it decides itself what a token must be. */
export const tokenVerifier: Library = {
  name: '@fobwatch/token-verifier',
  version: 'of this commit',
  readers: async ({ issuer, audience, clientId }) => {
    const { verifyAccessToken, verifyIdToken } = createTokenVerifier({ issuer, audience, clientId })
    const readers = { access: verifyAccessToken, id: (token: string) => verifyIdToken(token) }
    return { documented: readers, advised: readers }
  },
}

const jose: Library = {
  name: 'jose',
  version: versionOf('jose'),
  readers: async ({ issuer, jwksUri, audience, clientId }) => {
    const keys = createRemoteJWKSet(new URL(jwksUri))
    const known = { issuer, algorithms: [...algorithms] }
    const advised = { ...known, requiredClaims: ['exp', 'sub'] }
    return {
      documented: {
        access: (token) => jwtVerify(token, keys, { ...known, audience }),
        id: (token) => jwtVerify(token, keys, { ...known, audience: clientId }),
      },
      advised: {
        access: (token) => jwtVerify(token, keys, { ...advised, audience, typ: 'at+jwt' }),
        id: async (token) => {
          await jwtVerify(token, keys, { ...advised, audience: clientId })
          checkIdTokenType(token)
        },
      },
    }
  },
}

/** It takes access tokens out of a request to an API. */
const oauth4webapi: Library = {
  name: 'oauth4webapi',
  version: versionOf('oauth4webapi'),
  readers: async ({ issuer, jwksUri, audience }) => {
    const server: oauth.AuthorizationServer = { issuer, jwks_uri: jwksUri }
    const access = (token: string) => {
      const request = new Request(audience, { headers: { authorization: `Bearer ${token}` } })
      const options = { [oauth.allowInsecureRequests]: true, signingAlgorithms: [...algorithms] }
      return oauth.validateJwtAccessToken(server, request, audience, options)
    }
    return { documented: { access }, advised: { access } }
  },
}

/**
 * It takes ID tokens out of an answer of the token endpoint, which it asks by a connection that it trusts (OpenID Connect
 * Core 1.0 §3.1.3.7): it looks at no signature unless it is told to.
 */
const openidClient: Library = {
  name: 'openid-client',
  version: versionOf('openid-client'),
  readers: async (task) => ({
    documented: { id: await answeredWith(task, [openid.allowInsecureRequests]) },
    advised: {
      id: thenCheckType(await answeredWith(task, [openid.allowInsecureRequests, openid.enableNonRepudiationChecks])),
    },
  }),
}

const thenCheckType = (read: (token: string) => Promise<void>) => async (token: string) => {
  await read(token)
  checkIdTokenType(token)
}

/** The service gives ID tokens no type; one of another type is another token (RFC 8725 §3.11). */
const checkIdTokenType = (token: string): void => {
  const typ = headerOf(token)['typ'] ?? 'JWT'
  if (typ !== 'JWT') throw new Error(`${typ} is not the type of an ID token`)
}

/** A client that gets this ID token for its code. */
const answeredWith = async (
  { issuer, clientId, jwksUri }: Task,
  execute: ((config: openid.Configuration) => void)[],
) => {
  const server = { issuer, token_endpoint: `${issuer}/token`, jwks_uri: jwksUri }
  return async (token: string) => {
    // A client registers for one algorithm; the header that says which is all that the forger can choose.
    const named = headerOf(token)['alg']
    const algorithm = algorithms.find((each) => each === named) ?? 'ES256'
    const config = new openid.Configuration(
      server,
      clientId,
      { id_token_signed_response_alg: algorithm },
      openid.None(),
    )
    for (const each of execute) each(config)
    config[openid.customFetch] = async (url, options) =>
      url === server.token_endpoint
        ? Response.json({ access_token: 'some', token_type: 'Bearer', id_token: token })
        : fetch(url, options as RequestInit)
    const back = new URL(`https://ward.test/callback?code=some`)
    const nonce = String(claimsOf(token)['nonce'])
    const checks = { pkceCodeVerifier: 'x'.repeat(43), expectedNonce: nonce, idTokenExpected: true }
    await openid.authorizationCodeGrant(config, back, checks)
  }
}

const partOf = (token: string, at: number): Record<string, unknown> => {
  try {
    return JSON.parse(Buffer.from(token.split('.')[at] ?? '', 'base64url').toString())
  } catch {
    return {}
  }
}
const headerOf = (token: string) => partOf(token, 0)
const claimsOf = (token: string) => partOf(token, 1)

/** Libraries that are installed with the rest of the project; ours is the first. */
export const atHand: readonly Library[] = [tokenVerifier, jose, oauth4webapi, openidClient]
