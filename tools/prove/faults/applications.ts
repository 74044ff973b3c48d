import { randomUUID } from 'node:crypto'
import type { ClientMetadata } from '@fobwatch/contracts'
import type { Send } from '@fobwatch/testkit'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { redirectUri } from '../single-use/application.ts'
import { fromServer } from '../single-use/race.ts'
import type { House } from '../stage/house.ts'

/** What an application's server says to the service, and what it hears. */
export interface Said {
  status: number
  body: Record<string, unknown>
}

/** Two applications: one whose server proves itself by a key, and one that cannot. */
export interface Applications {
  publicId: string
  keyedId: string
  /** A new proof of the keyed application, to be used once. */
  prove: () => Promise<Record<string, string>>
  post: (send: Send, path: string, parameters: Record<string, string>) => Promise<Said>
}

const publicId = 'prove-faults-public'
const keyedId = 'prove-faults-keyed'
const grants = ['authorization_code', 'refresh_token'] as const

/** Registers both. */
export const registerApplications = async (house: House, issuer: string): Promise<Applications> => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'proof', alg: 'ES256', use: 'sig' }
  const common: ClientMetadata = { redirect_uris: [redirectUri], grant_types: [...grants] }
  const open: ClientMetadata = { ...common, token_endpoint_auth_method: 'none' }
  const keyed: ClientMetadata = {
    ...common,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [jwk] },
  }
  await house.registerClient({ id: publicId, name: 'Faults, without a key', metadata: open, apis: [] })
  await house.registerClient({ id: keyedId, name: 'Faults, with a key', metadata: keyed, apis: [] })
  return {
    publicId,
    keyedId,
    prove: async () => ({
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await new SignJWT()
        .setProtectedHeader({ alg: 'ES256', kid: 'proof' })
        .setIssuer(keyedId)
        .setSubject(keyedId)
        .setAudience(issuer)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('10m')
        .sign(privateKey),
    }),
    post: async (send, path, parameters) => {
      const { path: _path, ...init } = fromServer(path, parameters)
      const answer = await send(new URL(path, issuer), { method: 'POST', ...init })
      const text = await answer.text()
      return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : {} }
    },
  }
}
