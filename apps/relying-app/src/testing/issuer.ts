import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { CLERK, type TestPerson } from './people.ts'

const KID = 'test-key'
const TOKEN_LIFE_SECONDS = 600

type Code = { query: URLSearchParams; person: TestPerson }

/**
 * A small OpenID provider of our neighbour's kind, for tests: it keeps to the protocol, checks what a real one checks,
 * and can be told to answer badly.
 */
export const createIssuer = (port: number, client: { id: string; secret: string | undefined; url: string }) => {
  const origin = `http://localhost:${port}`
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const codes = new Map<string, Code>()
  const state = {
    /** Who is at the keyboard. */
    person: CLERK as TestPerson,
    /** Instead of a code: an error, as Fobwatch would send one back. */
    answerWith: undefined as string | undefined,
    /** Instead of tokens: a status and an error. */
    tokenAnswer: undefined as { status: number; error: string } | undefined,
    signingKey: keys.privateKey,
    idClaims: {} as Record<string, unknown>,
    accessClaims: {} as Record<string, unknown>,
    /** The authorization requests and the log outs that came. */
    authorized: [] as URLSearchParams[],
    loggedOut: [] as URLSearchParams[],
  }

  const authorize = (query: URLSearchParams, response: ServerResponse) => {
    const wanted = {
      client_id: client.id,
      redirect_uri: `${client.url}/callback`,
      response_type: 'code',
      code_challenge_method: 'S256',
      resource: `${client.url}/api`,
    }
    for (const [name, value] of Object.entries(wanted)) {
      if (query.get(name) !== value)
        return sendJson(response, 400, { error: 'invalid_request', error_description: name })
    }
    state.authorized.push(query)
    const code = randomBytes(16).toString('hex')
    codes.set(code, { query, person: state.person })
    const answer = state.answerWith ? { error: state.answerWith } : { code }
    return redirect(response, `${client.url}/callback`, { ...answer, state: query.get('state') ?? '', iss: origin })
  }

  const token = (form: URLSearchParams, authorization: string | undefined, response: ServerResponse) => {
    if (state.tokenAnswer) return sendJson(response, state.tokenAnswer.status, { error: state.tokenAnswer.error })
    if (!isClient(form, authorization)) return sendJson(response, 401, { error: 'invalid_client' })

    const code = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const holds =
      code?.query.get('code_challenge') === challenge && code.query.get('redirect_uri') === form.get('redirect_uri')
    if (!code || !holds || form.get('resource') !== `${client.url}/api`)
      return sendJson(response, 400, { error: 'invalid_grant' })
    return sendJson(response, 200, tokensFor(code))
  }

  const isClient = (form: URLSearchParams, authorization: string | undefined) => {
    if (client.secret) return basicCredentials(authorization) === `${client.id} ${client.secret}`
    return authorization === undefined && form.get('client_id') === client.id
  }

  const tokensFor = ({ query, person }: Code) => {
    const now = Math.floor(Date.now() / 1000)
    const shared = {
      iss: origin,
      sub: person.sub,
      iat: now,
      exp: now + TOKEN_LIFE_SECONDS,
      auth_time: now,
      acr: 'AAL3_FIDO2',
      amr: ['hwk', 'user'],
      sid: 'a-session',
      ...(person.role && { selected_roleid: person.role.person_roleid }),
    }
    const idClaims = { ...shared, aud: client.id, nonce: query.get('nonce'), ...person.claims, ...state.idClaims }
    const accessClaims = {
      ...shared,
      aud: `${client.url}/api`,
      client_id: client.id,
      jti: randomBytes(8).toString('hex'),
      scope: query.get('scope'),
      ...(person.role && { role: person.role }),
      ...state.accessClaims,
    }
    return {
      token_type: 'Bearer',
      expires_in: TOKEN_LIFE_SECONDS,
      id_token: signJwt(state.signingKey, { alg: 'ES256', kid: KID }, idClaims),
      access_token: signJwt(state.signingKey, { alg: 'ES256', kid: KID, typ: 'at+jwt' }, accessClaims),
    }
  }

  const logOut = (query: URLSearchParams, response: ServerResponse) => {
    state.loggedOut.push(query)
    const back = query.get('post_logout_redirect_uri')
    return back === `${client.url}/`
      ? redirect(response, back, {})
      : sendJson(response, 400, { error: 'invalid_request' })
  }

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', origin)
    if (pathname === '/.well-known/openid-configuration') return sendJson(response, 200, discoveryDocument(origin))
    if (pathname === '/jwks')
      return sendJson(response, 200, {
        keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: KID, alg: 'ES256', use: 'sig' }],
      })
    if (pathname === '/authorize') return authorize(searchParams, response)
    if (pathname === '/token')
      return token(new URLSearchParams(await bodyOf(request)), request.headers.authorization, response)
    if (pathname === '/logout') return logOut(searchParams, response)
    return sendJson(response, 404, {})
  }

  let server: Server | undefined
  const start = async () => {
    server = createServer((request, response) => void answer(request, response)).listen(port, 'localhost')
    await new Promise((listening) => server?.once('listening', listening))
  }
  const stop = async () => {
    server?.closeAllConnections()
    await new Promise((closed) => (server ? server.close(closed) : closed(undefined)))
    server = undefined
  }
  return { origin, state, start, stop }
}

export type TestIssuer = ReturnType<typeof createIssuer>

const discoveryDocument = (origin: string) => ({
  issuer: origin,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
  jwks_uri: `${origin}/jwks`,
  end_session_endpoint: `${origin}/logout`,
  response_types_supported: ['code'],
  id_token_signing_alg_values_supported: ['ES256'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
})

/** Signs as Fobwatch does, but with node:crypto alone: not with the library that the verifier uses. */
export const signJwt = (key: KeyObject, header: object, claims: object): string => {
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

/** The id and the secret are form-encoded before they are joined (RFC 6749 §2.3.1). */
const basicCredentials = (authorization = '') => {
  const [id = '', secret = ''] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':')
  return [id, secret].map((part) => decodeURIComponent(part.replaceAll('+', ' '))).join(' ')
}

const redirect = (response: ServerResponse, to: string, parameters: Record<string, string>) => {
  const url = new URL(to)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  response.writeHead(303, { location: url.href }).end()
}

const sendJson = (response: ServerResponse, status: number, body: object) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const bodyOf = async (request: IncomingMessage) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
