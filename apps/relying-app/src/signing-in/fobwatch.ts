import type { StepUp } from '@fobwatch/token-verifier'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  None,
} from 'openid-client'
import type { Config } from '../config.ts'

/** The secrets of one log in: they go out with the visitor, and must come back with them. */
export type Secrets = { nonce: string; verifier: string }

export type Tokens = { idToken: string; accessToken: string }

export type Fobwatch = {
  /** Where to send a browser to log in; `changeRole` asks afresh for a role, `stepUp` for another way to log in. */
  logInUrl: (secrets: Secrets & { state: string; changeRole: boolean; stepUp: StepUp }) => Promise<URL>
  /** Exchanges the code in the address that the browser came back to, and checks what comes of it. */
  redeem: (cameBackTo: URL, secrets: Secrets & { state: string }) => Promise<Tokens>
  /** Where to send a browser to log out at Fobwatch and come back here (OpenID Connect RP-Initiated Logout 1.0). */
  logOutUrl: (idToken: string) => Promise<URL>
}

const SCOPES = ['openid', 'profile', 'nhsperson', 'nationalrbacaccess', 'selectedrole', 'assurance', 'patients.read']

const TIMEOUT_SECONDS = 5

/** Nobody stays logged in for longer than this, however often their tokens are renewed. */
const MAX_AGE_SECONDS = 12 * 60 * 60

/**
 * Speaks OpenID Connect with Fobwatch: authorization code with PKCE, for our own API as the resource (RFC 8707).
 * Nothing is asked of Fobwatch before the first visitor logs in, and a failure is not remembered.
 * @throws (its methods) what `faultOf` tells apart
 */
export const createFobwatch = (config: Config): Fobwatch => {
  let known: Configuration | undefined

  /** Asked before every way to Fobwatch: a browser that is sent to a Fobwatch that is away has no page of ours to read. */
  const discovered = async () => {
    known = await discover(config)
    return known
  }

  return {
    logInUrl: async ({ state, nonce, verifier, changeRole, stepUp }) =>
      buildAuthorizationUrl(await discovered(), {
        redirect_uri: `${config.url}/callback`,
        scope: [...SCOPES, ...(changeRole ? ['changedrole'] : [])].join(' '),
        resource: config.apiUrl,
        ...stepUp,
        max_age: String(Math.min(Number(stepUp.max_age ?? MAX_AGE_SECONDS), MAX_AGE_SECONDS)),
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    redeem: async (cameBackTo, { state, nonce, verifier }) => {
      const sent = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, maxAge: MAX_AGE_SECONDS }
      const checks = { ...sent, idTokenExpected: true }
      const answer = await authorizationCodeGrant(known ?? (await discovered()), cameBackTo, checks, {
        resource: config.apiUrl,
      })
      if (!answer.id_token)
        throw new Error('openid-client let an answer through without the ID token it was told to expect')
      return { idToken: answer.id_token, accessToken: answer.access_token }
    },
    logOutUrl: async (idToken) =>
      buildEndSessionUrl(await discovered(), { id_token_hint: idToken, post_logout_redirect_uri: `${config.url}/` }),
  }
}

const discover = ({ issuer, clientId, clientSecret }: Config) =>
  discovery(new URL(issuer), clientId, {}, clientSecret ? ClientSecretBasic(clientSecret) : None(), {
    // Plain http is for a Fobwatch on this machine: `config.ts` refuses it elsewhere.
    execute: issuer.startsWith('http:') ? [allowInsecureRequests] : [],
    timeout: TIMEOUT_SECONDS,
  })
