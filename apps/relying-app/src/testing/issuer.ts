import { createHash, type KeyObject, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { jwksOf, mintAccessToken, mintIdToken, newKeys } from './mint.ts'
import { CLERK, type TestPerson } from './people.ts'

/** What the issuer knows of the application: without a secret, a public client. */
type Client = { id: string; secret: string | undefined; url: string }

type Code = { query: URLSearchParams; person: TestPerson }

type Issuer = { origin: string; client: Client; codes: Map<string, Code>; state: State }

/** What a test may change, and what it may look at afterwards. */
type State = {
  /** Who is at the keyboard. */
  person: TestPerson
  /** Instead of a code: an error, as Fobwatch would send one back. */
  answerWith: string | undefined
  /** Instead of tokens: a status and an error. */
  tokenAnswer: { status: number; error: string } | undefined
  signingKey: KeyObject
  publishedKey: KeyObject
  idClaims: Record<string, unknown>
  accessClaims: Record<string, unknown>
  /** The authorization requests and the log outs that came. */
  authorized: URLSearchParams[]
  loggedOut: URLSearchParams[]
}

/**
 * A small OpenID provider of our neighbour's kind, for tests: it keeps to the protocol, checks what a real one checks,
 * and can be told to answer badly.
 */
export const createIssuer = (port: number, client: Client) => {
  const { publicKey, privateKey } = newKeys()
  const fresh = {
    answerWith: undefined,
    tokenAnswer: undefined,
    idClaims: {},
    accessClaims: {},
    authorized: [],
    loggedOut: [],
  }
  const state: State = { person: CLERK, signingKey: privateKey, publishedKey: publicKey, ...fresh }
  const issuer: Issuer = { origin: `http://localhost:${port}`, client, codes: new Map(), state }
  let server: Server | undefined

  const start = async () => {
    server = createServer((request, response) => void answer(issuer, request, response)).listen(port, 'localhost')
    await new Promise((listening) => server?.once('listening', listening))
  }
  const stop = async () => {
    server?.closeAllConnections()
    await new Promise((closed) => (server ? server.close(closed) : closed(undefined)))
    server = undefined
  }
  return { origin: issuer.origin, state, start, stop }
}

export type TestIssuer = ReturnType<typeof createIssuer>

const answer = async (issuer: Issuer, request: IncomingMessage, response: ServerResponse) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', issuer.origin)
  switch (pathname) {
    case '/.well-known/openid-configuration':
      return sendJson(response, 200, discoveryDocument(issuer.origin))
    case '/jwks':
      return sendJson(response, 200, jwksOf(issuer.state.publishedKey))
    case '/authorize':
      return authorize(issuer, searchParams, response)
    case '/token':
      return token(issuer, await formOf(request), request.headers.authorization, response)
    case '/logout':
      return logOut(issuer, searchParams, response)
    default:
      return sendJson(response, 404, {})
  }
}

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

const authorize = ({ origin, client, codes, state }: Issuer, query: URLSearchParams, response: ServerResponse) => {
  const wanted = {
    client_id: client.id,
    redirect_uri: `${client.url}/callback`,
    response_type: 'code',
    code_challenge_method: 'S256',
    resource: `${client.url}/api`,
  }
  const wrong = Object.entries(wanted).find(([name, value]) => query.get(name) !== value)
  if (wrong) return sendJson(response, 400, { error: 'invalid_request', error_description: wrong[0] })

  state.authorized.push(query)
  const code = randomBytes(16).toString('hex')
  codes.set(code, { query, person: state.person })
  const result = state.answerWith ? { error: state.answerWith } : { code }
  return redirect(response, `${client.url}/callback`, { ...result, state: query.get('state') ?? '', iss: origin })
}

const token = (issuer: Issuer, form: URLSearchParams, authorization: string | undefined, response: ServerResponse) => {
  const { client, codes, state } = issuer
  if (state.tokenAnswer) return sendJson(response, state.tokenAnswer.status, { error: state.tokenAnswer.error })
  if (!isClient(client, form, authorization)) return sendJson(response, 401, { error: 'invalid_client' })

  const code = codes.get(form.get('code') ?? '')
  codes.delete(form.get('code') ?? '')
  const isHonoured = code && fits(code, form) && form.get('resource') === `${client.url}/api`
  return isHonoured
    ? sendJson(response, 200, tokensFor(issuer, code))
    : sendJson(response, 400, { error: 'invalid_grant' })
}

/** PKCE (RFC 7636 §4.6), and the redirect URI once more (RFC 6749 §4.1.3). */
const fits = ({ query }: Code, form: URLSearchParams) => {
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  return query.get('code_challenge') === challenge && query.get('redirect_uri') === form.get('redirect_uri')
}

const tokensFor = ({ origin, client, state }: Issuer, { query, person }: Code) => {
  const forId = { clientId: client.id, nonce: query.get('nonce'), changes: state.idClaims }
  const forApi = { audience: `${client.url}/api`, scope: query.get('scope') ?? '', changes: state.accessClaims }
  return {
    token_type: 'Bearer',
    expires_in: 600,
    id_token: mintIdToken(state.signingKey, { issuer: origin, person, ...forId }),
    access_token: mintAccessToken(state.signingKey, { issuer: origin, person, ...forApi }),
  }
}

const isClient = (client: Client, form: URLSearchParams, authorization: string | undefined) => {
  if (client.secret) return basicCredentials(authorization) === `${client.id} ${client.secret}`
  return authorization === undefined && form.get('client_id') === client.id
}

/** The id and the secret are form-encoded before they are joined (RFC 6749 §2.3.1). */
const basicCredentials = (authorization = '') => {
  const joined = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString()
  return joined
    .split(':')
    .map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
    .join(' ')
}

const logOut = ({ client, state }: Issuer, query: URLSearchParams, response: ServerResponse) => {
  state.loggedOut.push(query)
  const back = query.get('post_logout_redirect_uri')
  if (back !== `${client.url}/`) return sendJson(response, 400, { error: 'invalid_request' })
  return redirect(response, back, {})
}

const redirect = (response: ServerResponse, to: string, parameters: Record<string, string>) => {
  const url = new URL(to)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  response.writeHead(303, { location: url.href }).end()
}

const sendJson = (response: ServerResponse, status: number, body: object) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const formOf = async (request: IncomingMessage) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return new URLSearchParams(Buffer.concat(chunks).toString())
}
