import { createHash, createPublicKey, type KeyObject, randomBytes, verify } from 'node:crypto'
import type { Running } from '../contenders/index.ts'
import type { Wire } from './wire.ts'

/** What an application asked for, and remembers until the browser is back. */
export interface Asked {
  url: URL
  state: string
  nonce: string
  verifier: string
}

export interface Tokens {
  access_token: string
  id_token: string
  refresh_token?: string
}

type Served = Pick<Running, 'issuer' | 'endpoints' | 'application'>

const secret = () => randomBytes(32).toString('base64url')

/** Where the application sends a browser (OpenID Connect Core §3.1.2.1, with PKCE). */
export const authorize = ({ endpoints, application }: Served): Asked => {
  const [state, nonce, verifier] = [secret(), secret(), secret()]
  const url = new URL(endpoints.authorization)
  url.search = new URLSearchParams({
    client_id: application.id,
    response_type: 'code',
    redirect_uri: application.redirectUri,
    scope: application.scope,
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  return { url, state, nonce, verifier }
}

/** Posts a form to an endpoint as the application, which proves itself by its secret. @throws Error unless it is a 200 */
export const post = async (
  wire: Wire,
  { application }: Served,
  endpoint: string,
  form: Record<string, string>,
): Promise<Record<string, unknown>> => {
  const { pathname } = new URL(endpoint)
  const { status, body } = await wire.send({
    method: 'POST',
    path: pathname,
    headers: {
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(`${application.id}:${application.secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form).toString(),
  })
  if (status !== 200) throw new Error(`${pathname} answered ${status}: ${body.slice(0, 500)}`)
  return JSON.parse(body)
}

/** Redeems the code that the browser brought back. @throws Error where it brought none, or another state than was sent */
export const redeem = async (wire: Wire, running: Served, asked: Asked, back: URL): Promise<Tokens> => {
  const code = back.searchParams.get('code')
  if (!code || back.searchParams.get('state') !== asked.state) throw new Error(`No code came back, but ${back.search}`)
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: running.application.redirectUri,
    code_verifier: asked.verifier,
  }
  return (await post(wire, running, running.endpoints.token, form)) as unknown as Tokens
}

/** Asks userinfo. @returns the `sub` */
export const askUserinfo = async (wire: Wire, { endpoints }: Served, { access_token }: Tokens): Promise<unknown> => {
  const { pathname } = new URL(endpoints.userinfo)
  const headers = { accept: 'application/json', authorization: `Bearer ${access_token}` }
  const { status, body } = await wire.send({ method: 'GET', path: pathname, headers })
  if (status !== 200) throw new Error(`${pathname} answered ${status}: ${body.slice(0, 500)}`)
  return JSON.parse(body).sub
}

/** The claims of a token, unverified. */
export const claimsOf = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())

/** Fetches the keys of a service. @returns whether the signature of an ES256 or EdDSA token is right */
export const signatureCheck = async (wire: Wire, { endpoints }: Served): Promise<(jwt: string) => boolean> => {
  const { body } = await wire.send({ method: 'GET', path: new URL(endpoints.jwks).pathname, headers: {} })
  const { keys } = JSON.parse(body) as { keys: { kid: string; kty: string }[] }
  const known = new Map(keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]))
  return (jwt) => {
    const [header = '', claims = '', signature = ''] = jwt.split('.')
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString())
    const key = known.get(kid)
    return key !== undefined && isSigned(key, `${header}.${claims}`, Buffer.from(signature, 'base64url'))
  }
}

const isSigned = (key: KeyObject, text: string, signature: Buffer) =>
  key.asymmetricKeyType === 'ec'
    ? verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature)
    : verify(null, Buffer.from(text), key, signature)
