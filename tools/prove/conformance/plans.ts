import { randomBytes } from 'node:crypto'
import type { ClientMetadata } from '@fobwatch/contracts'
import { exportJWK, generateKeyPair } from 'jose'
import type { NewClient } from '../stage/house.ts'

/** A plan of the suite, with what it is told of the service, and the applications that the service is told of. */
export interface Plan {
  name: string
  variant: Record<string, string>
  config: object
  clients: NewClient[]
}

/** Where the service and the suite are. */
interface Places {
  issuer: string
  suite: string
}

/** The suite's own addresses, of the applications that it plays. */
const alias = 'fobwatch'
const addressesOf = ({ suite }: Places) => {
  const at = `${suite}/test/a/${alias}`
  return {
    callback: `${at}/callback`,
    // Its second application has a query, to see that it is kept.
    secondCallback: `${at}/callback?dummy1=lorem&dummy2=ipsum`,
    signedOut: `${at}/post_logout_redirect`,
    backchannel: `${at}/backchannel_logout`,
  }
}

const commonConfig = ({ issuer }: Places) => ({
  alias,
  description: 'Fobwatch',
  server: { discoveryUrl: `${issuer}/.well-known/openid-configuration` },
})

const basicApplication = (id: string, metadata: ClientMetadata): NewClient & { secret: string } => ({
  id,
  name: `Conformance suite: ${id}`,
  secret: randomBytes(32).toString('base64url'),
  apis: [],
  metadata: {
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: 'RS256',
    // The plans of OpenID Connect are older than PKCE, and one test of them uses it.
    pkce_required: false,
    ...metadata,
  },
})

const toldOf = ({ id, secret }: { id: string; secret: string }) => ({ client_id: id, client_secret: secret })

const connectPlan = (name: string, variant: Record<string, string>, places: Places, prefix: string): Plan => {
  const { callback, signedOut, backchannel } = addressesOf(places)
  const logout: ClientMetadata = {
    post_logout_redirect_uris: [signedOut],
    ...(prefix === 'backchannel' && {
      backchannel_logout_uri: backchannel,
      backchannel_logout_session_required: true,
    }),
  }
  const basic: ClientMetadata = {
    token_endpoint_auth_method: 'client_secret_basic',
    redirect_uris: [callback],
    ...logout,
  }
  const client = basicApplication(`${prefix}-one`, basic)
  const client2 = basicApplication(`${prefix}-two`, basic)
  const posting = basicApplication(`${prefix}-post`, { ...basic, token_endpoint_auth_method: 'client_secret_post' })
  const config = {
    ...commonConfig(places),
    client: toldOf(client),
    client2: toldOf(client2),
    client_secret_post: toldOf(posting),
  }
  return { name, variant, config, clients: [client, client2, posting] }
}

/** The plans of OpenID Connect that Fobwatch is held against. */
const connectPlans = (places: Places): Plan[] => {
  const discovered = { server_metadata: 'discovery', client_registration: 'static_client' }
  const registered = { client_registration: 'static_client', response_type: 'code' }
  return [
    connectPlan('oidcc-basic-certification-test-plan', discovered, places, 'basic'),
    connectPlan('oidcc-config-certification-test-plan', {}, places, 'config'),
    connectPlan('oidcc-rp-initiated-logout-certification-test-plan', registered, places, 'rp-logout'),
    connectPlan('oidcc-backchannel-rp-initiated-logout-certification-test-plan', registered, places, 'backchannel'),
  ]
}

/** An application of FAPI 2.0, with the private key that the suite plays it with. */
const fapiApplication = async (id: string, ...redirectUris: string[]) => {
  const { publicKey, privateKey } = await generateKeyPair('PS256', { extractable: true })
  const named = { kid: id, alg: 'PS256', use: 'sig' }
  const client: NewClient = {
    id,
    name: `Conformance suite: ${id}`,
    apis: [],
    metadata: {
      profile: 'fapi2',
      redirect_uris: redirectUris,
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'PS256',
      id_token_signed_response_alg: 'PS256',
      jwks: { keys: [{ ...(await exportJWK(publicKey)), ...named }] },
      dpop_bound_access_tokens: true,
      require_pushed_authorization_requests: true,
    },
  }
  const told = {
    client_id: id,
    scope: 'openid profile offline_access',
    jwks: { keys: [{ ...(await exportJWK(privateKey)), ...named }] },
  }
  return { client, told }
}

const fapiPlan = async (places: Places): Promise<Plan> => {
  const { callback, secondCallback } = addressesOf(places)
  const one = await fapiApplication('fapi-one', callback)
  // Both addresses, so that what is refused is refused for the request and not for its address.
  const two = await fapiApplication('fapi-two', secondCallback, callback)
  return {
    name: 'fapi2-security-profile-final-test-plan',
    variant: {
      client_auth_type: 'private_key_jwt',
      sender_constrain: 'dpop',
      fapi_profile: 'plain_fapi',
      openid: 'openid_connect',
    },
    config: {
      ...commonConfig(places),
      client: one.told,
      client2: two.told,
      resource: { resourceUrl: `${places.issuer}/userinfo` },
    },
    clients: [one.client, two.client],
  }
}

/** Every plan, the oldest first. */
export const makePlans = async (places: Places): Promise<Plan[]> => [...connectPlans(places), await fapiPlan(places)]
