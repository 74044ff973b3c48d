import { randomBytes } from 'node:crypto'
import type { ClientMetadata } from '@fobwatch/contracts'
import { exportJWK, generateKeyPair } from 'jose'
import type { Registration, Stranger, Way } from './visit.ts'

/** Both algorithms are met by someone. */
const algorithmOf = (way: Way) => (way.startsWith('client_secret') ? 'RS256' : 'ES256')

/**
 * Makes up an application on this library that proves itself in this way.
 * @param origin where it is served
 * @param api the resource indicator of the API that it may call
 */
export const makeRegistration = async (
  { name: library, callbackPath = '/callback', backChannelPath, metadata: more }: Stranger,
  way: Way,
  origin: string,
  api: string,
): Promise<Registration> => {
  const id = `${library}-${way}`.toLowerCase().replaceAll(/[^\w-]+/g, '-')
  const secret = randomBytes(32).toString('base64url')
  const algorithm = more?.id_token_signed_response_alg ?? algorithmOf(way)
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const named = { kid: id, alg: 'ES256', use: 'sig' }
  const redirectUri = origin + callbackPath
  const afterSignOutUri = `${origin}/signed-out`
  const metadata: ClientMetadata = {
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [afterSignOutUri],
    token_endpoint_auth_method: way,
    id_token_signed_response_alg: algorithm,
    ...(way === 'private_key_jwt' && { jwks: { keys: [{ ...(await exportJWK(publicKey)), ...named }] } }),
    ...(backChannelPath && { backchannel_logout_uri: origin + backChannelPath }),
    ...more,
  }
  return {
    client: {
      id,
      name: `${library} (${way})`,
      ...(way.startsWith('client_secret') && { secret }),
      metadata,
      apis: [{ resource: api, name: 'Proving API', scopes: ['patients.read'] }],
    },
    way,
    id,
    secret,
    privateKey,
    privateJwk: { ...(await exportJWK(privateKey)), ...named },
    algorithm,
    redirectUri,
    afterSignOutUri,
  }
}
