import { randomUUID } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

export type SigningKey = { kid: string; alg: string; privateKey: CryptoKey; publicJwk: JWK }

/** A fresh key pair, named `kid`. */
export const newKey = async (kid: string, alg = 'ES256'): Promise<SigningKey> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

/** Serves HTTP on a free port of the loopback. */
export const serve = async (listener: RequestListener) => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise((closed) => server.closeAllConnections() ?? server.close(closed))
  return { origin: `http://127.0.0.1:${port}`, close }
}

/** An issuer on the loopback that publishes keys, and can be told to misbehave; it counts who asks it for what. */
export const startIssuer = async (...keys: SigningKey[]) => {
  const published = {
    keys,
    status: 200,
    claimsToBe: undefined as string | undefined,
    jwksUri: undefined as string | undefined,
  }
  const asked = { discovery: 0, jwks: 0 }

  const { origin, close } = await serve((request, response) => {
    const body = answer(request.url ?? '')
    response.writeHead(body ? published.status : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body ?? {}))
  })

  const answer = (path: string) => {
    if (path === '/.well-known/openid-configuration') {
      asked.discovery += 1
      return { issuer: published.claimsToBe ?? origin, jwks_uri: published.jwksUri ?? `${origin}/jwks` }
    }
    if (path !== '/jwks') return undefined
    asked.jwks += 1
    return { keys: published.keys.map((key) => key.publicJwk) }
  }

  return { issuer: origin, published, asked, close }
}

export type Changes = { header?: Record<string, unknown>; claims?: Record<string, unknown> }

/** Signs as the issuer does. `undefined` among the values removes what is there by default. */
export const sign = (key: SigningKey, header: Record<string, unknown>, claims: Record<string, unknown>) =>
  new SignJWT(withoutUndefined(claims))
    .setProtectedHeader({ alg: key.alg, ...withoutUndefined({ kid: key.kid, ...header }) })
    .sign(key.privateKey)

const withoutUndefined = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))

export const seconds = () => Math.floor(Date.now() / 1000)

export const NURSE = {
  person_orgid: '656005753107',
  person_roleid: '656005754108',
  org_code: 'X09',
  org_name: 'Fictional Hospital',
  role_code: 'S8000:G8000:R8001',
  role_name: 'Nurse',
  position: 'Nurse, Ward 7',
  activities: [{ code: 'B0360', name: 'View Detailed Health Records' }],
}

export const API = 'http://ward.test/api'
export const CLIENT = 'ward-list'

/** An access token for `API`, good unless changed. */
export const accessToken = (issuer: string, key: SigningKey, { header, claims }: Changes = {}) =>
  sign(
    key,
    { typ: 'at+jwt', ...header },
    {
      iss: issuer,
      aud: API,
      sub: '656005750104',
      client_id: CLIENT,
      jti: 'a-token',
      iat: seconds(),
      exp: seconds() + 600,
      scope: 'openid patients.read',
      acr: 'AAL3_FIDO2',
      amr: ['hwk', 'user'],
      auth_time: seconds() - 60,
      sid: 'a-session',
      selected_roleid: NURSE.person_roleid,
      role: NURSE,
      ...claims,
    },
  )

/** An ID token for `CLIENT`, good unless changed. */
export const idToken = (issuer: string, key: SigningKey, { header, claims }: Changes = {}) =>
  sign(
    key,
    { ...header },
    {
      iss: issuer,
      aud: CLIENT,
      sub: '656005750104',
      iat: seconds(),
      exp: seconds() + 600,
      nonce: 'the-nonce',
      acr: 'AAL3_FIDO2',
      ...claims,
    },
  )

export const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/** A logout token for `CLIENT`, good unless changed, and another one each time. */
export const logoutToken = (issuer: string, key: SigningKey, { header, claims }: Changes = {}) =>
  sign(
    key,
    { typ: 'logout+jwt', ...header },
    {
      iss: issuer,
      aud: CLIENT,
      sub: '656005750104',
      sid: 'a-session',
      iat: seconds(),
      exp: seconds() + 120,
      jti: randomUUID(),
      events: { [LOGOUT_EVENT]: {} },
      ...claims,
    },
  )
