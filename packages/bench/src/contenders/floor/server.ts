/**
 * The floor: the least that a service can do which signs people in with passkeys and speaks OpenID Connect. Fobwatch's
 * round trips and durable writes, on a bare Fastify, node:crypto and pg, in the fewest statements: what a crash may forget
 * (challenges, codes) is unlogged here as it is there, and the rest is committed. It verifies what must be verified of an
 * assertion, a code and a refresh token, and does nothing else: no policies, no roles, no logout, no limits. Not for use.
 */
import {
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  randomUUIDv7,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import pg from 'pg'

const { PORT = '0', DATABASE_URL = '' } = process.env
const issuer = `http://localhost:${PORT}`
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10, idleTimeoutMillis: 0 })
const app = fastify()

const hash = (text: string | Buffer) => createHash('sha256').update(text).digest()
const secret = () => randomBytes(32).toString('base64url')
const json = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const isSame = (one: Buffer, other: Buffer) => one.length === other.length && timingSafeEqual(one, other)

class Refused extends Error {
  status: number
  constructor(code: string, status = 400) {
    super(code)
    this.status = status
  }
}

app.setErrorHandler((error: Error, _request, reply) => {
  const status = error instanceof Refused ? error.status : 500
  return reply.status(status).send({ error: error instanceof Refused ? error.message : 'server_error' })
})
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
  done(null, Object.fromEntries(new URLSearchParams(String(body)))),
)

// What changes seldom is read at start: the applications, and the key that signs.
const { rows } = await pool.query('select id, secret_hash, redirect_uri, resource from client')
const clients = new Map(
  rows.map((row: { id: string; secret_hash: Buffer; redirect_uri: string; resource: string }) => [row.id, row]),
)
const clientOf = (id = '') => {
  const client = clients.get(id)
  if (!client) throw new Refused('invalid_client', 401)
  return client
}
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'floor', alg: 'ES256', use: 'sig' }
const header = json({ alg: 'ES256', kid: 'floor', typ: 'JWT' })
const signJwt = (claims: object) => {
  const signed = `${header}.${json(claims)}`
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}

// The request travels in a cookie with a tag, since nothing in it is used once.
const cookieKey = randomBytes(32)
const tagOf = (text: string) => createHmac('sha256', cookieKey).update(text).digest('base64url')
const cookiesOf = ({ headers }: FastifyRequest) =>
  Object.fromEntries((headers.cookie ?? '').split('; ').map((pair) => pair.split('=') as [string, string]))
const setCookie = (reply: FastifyReply, name: string, value: string) =>
  reply.header('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax`)

type Asked = Record<'id' | 'client' | 'scope' | 'state' | 'nonce' | 'challenge', string>
const askedIn = (request: FastifyRequest): Asked => {
  const [text = '', tag = ''] = cookiesOf(request)['asked']?.split('.') ?? []
  if (!isSame(Buffer.from(tag), Buffer.from(tagOf(text)))) throw new Refused('no_sign_in_in_progress')
  const asked = JSON.parse(Buffer.from(text, 'base64url').toString()) as Asked
  const { id } = request.params as { id: string }
  if (asked.id !== id) throw new Refused('another_sign_in')
  return asked
}

type Query = Record<string, string | undefined>

app.get('/authorize', async (request, reply) => {
  const query = request.query as Query
  const client = clientOf(query['client_id'])
  if (query['redirect_uri'] !== client.redirect_uri) throw new Refused('invalid_client')
  const { scope = '', state = '', nonce = '', code_challenge: challenge = '' } = query
  if (query['response_type'] !== 'code' || query['code_challenge_method'] !== 'S256' || challenge.length !== 43)
    throw new Refused('invalid_request')
  if (!scope.split(' ').includes('openid')) throw new Refused('invalid_scope')
  const id = secret()
  const asked: Asked = { id, client: client.id, scope, state, nonce, challenge }
  const back = cookiesOf(request)['session'] && (await codeFor(request, asked, null))
  if (back) return reply.redirect(back, 303)
  const text = json(asked)
  setCookie(reply, 'asked', `${text}.${tagOf(text)}`)
  return reply.redirect(`/sign-in/${id}`, 303)
})

app.get('/sign-in/:id/state', async (request) => {
  const { client, id } = askedIn(request)
  return { stage: 'sign-in', application: client, id }
})

const statements = {
  keepChallenge: `insert into challenge (hash, bound_to, expires_at) values ($1, $2, now() + interval '5 minutes')`,
  /** Spends the challenge whatever follows, and finds the credential of somebody who is active. */
  spendChallenge: `with spent as (delete from challenge where hash = $1 returning bound_to, expires_at)
    select a.id, a.person_id, a.public_key, a.sign_count, p.user_handle
    from spent, authenticator a join person p on p.id = a.person_id
    where spent.bound_to = $3 and spent.expires_at > now() and a.credential_id = $2 and a.status = 'active'
      and p.status = 'active'`,
  /** The use, the session and the event in one; the counter moves once only. */
  openSession: `with used as (
      update authenticator set sign_count = $2, last_used_at = now() where id = $1 and (sign_count < $2 or $2 = 0)
      returning id, person_id),
    opened as (
      insert into session (id, secret_hash, person_id, authenticator_id, authenticated_at, expires_at)
      select $3, $4, person_id, id, now(), now() + interval '12 hours' from used returning id, person_id)
    insert into audit_event (id, at, type, person, details)
    select $5, now(), 'signed-in', person_id, jsonb_build_object('session', id) from opened`,
  /** Of one sign-in at most one code is given; the application takes part in the session with it. */
  keepCode: `with taken as (
      insert into way_back select $8, now() where $8::bytea is not null on conflict do nothing returning hash),
    live as (
      select s.id from session s join person p on p.id = s.person_id join authenticator a on a.id = s.authenticator_id
      where s.secret_hash = $1 and s.expires_at > now() and p.status = 'active' and a.status = 'active'
        and ($8::bytea is null or exists (select from taken))),
    joined as (
      insert into participation select id, $3, now() from live
      on conflict (session_id, client_id) do update set at = excluded.at)
    insert into code (hash, session_id, client_id, redirect_uri, scope, nonce, challenge, expires_at)
    select $2, id, $3, $4, $5, $6, $7, now() + interval '1 minute' from live`,
  /** Spends the code whatever it was sent with, and keeps a token for it where all of it is right. */
  redeem: `with spent as (delete from code where hash = $1 returning *),
    live as (
      select spent.*, p.staff_id, extract(epoch from s.authenticated_at)::int as auth_time
      from spent join session s on s.id = spent.session_id join person p on p.id = s.person_id
        join authenticator a on a.id = s.authenticator_id
      where spent.challenge = $2 and spent.client_id = $3 and spent.redirect_uri = $4 and spent.expires_at > now()
        and s.expires_at > now() and p.status = 'active' and a.status = 'active'),
    kept as (
      insert into token (hash, session_id, client_id, scope, expires_at)
      select $5, session_id, client_id, scope, now() + interval '1 hour' from live)
    select staff_id, session_id, scope, nonce, auth_time from live`,
  keepRefresh: `insert into refresh_token (hash, session_id, client_id, scope, expires_at)
    values ($1, $2, $3, $4, now() + interval '12 hours')`,
  /** A refresh token is good once; it is kept, so that whoever uses it again could be found out. */
  rotate: `with spent as (
      update refresh_token set used_at = now()
      where hash = $1 and client_id = $2 and used_at is null and expires_at > now()
      returning session_id, scope, expires_at),
    live as (
      select spent.*, p.staff_id, extract(epoch from s.authenticated_at)::int as auth_time
      from spent join session s on s.id = spent.session_id join person p on p.id = s.person_id
        join authenticator a on a.id = s.authenticator_id
      where s.expires_at > now() and p.status = 'active' and a.status = 'active'),
    next as (
      insert into refresh_token (hash, session_id, client_id, scope, expires_at)
      select $3, session_id, $2, scope, expires_at from live),
    kept as (
      insert into token (hash, session_id, client_id, scope, expires_at)
      select $4, session_id, $2, scope, now() + interval '1 hour' from live)
    select staff_id, session_id, scope, auth_time from live`,
  findToken: `select t.scope, t.client_id, p.staff_id, p.given_name, p.family_name
    from token t join session s on s.id = t.session_id join person p on p.id = s.person_id
      join authenticator a on a.id = s.authenticator_id
    where t.hash = $1 and t.expires_at > now() and s.expires_at > now() and p.status = 'active' and a.status = 'active'`,
}
const ask = (name: keyof typeof statements, values: unknown[]) => pool.query({ name, text: statements[name], values })

app.post('/sign-in/:id/options', async (request) => {
  const { id } = askedIn(request)
  const challenge = secret()
  await ask('keepChallenge', [hash(challenge), id])
  return { rpId: 'localhost', challenge, timeout: 60_000, userVerification: 'required', allowCredentials: [] }
})

const [rpIdHash, present, verified] = [hash('localhost'), 0x01, 0x04]
const bytes = (text: unknown) => Buffer.from(String(text), 'base64url')

interface Assertion {
  id: string
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string }
}

app.post('/sign-in/:id/assertion', async (request, reply) => {
  const { id } = askedIn(request)
  const { response: assertion } = request.body as { response: Assertion }
  const clientData = bytes(assertion.response.clientDataJSON)
  const { type, challenge, origin, crossOrigin } = JSON.parse(clientData.toString()) as Record<string, unknown>
  const { rows } = await ask('spendChallenge', [hash(String(challenge)), bytes(assertion.id), id])
  const found = rows[0]
  if (!found) throw new Refused('challenge_or_credential_unknown')
  if (type !== 'webauthn.get' || origin !== issuer || crossOrigin === true) throw new Refused('client_data')
  const data = bytes(assertion.response.authenticatorData)
  if (data.length < 37 || !isSame(data.subarray(0, 32), rpIdHash)) throw new Refused('rp_id')
  if (((data[32] ?? 0) & (present | verified)) !== (present | verified)) throw new Refused('user_verification')
  const { userHandle } = assertion.response
  if (userHandle !== undefined && !isSame(bytes(userHandle), found.user_handle)) throw new Refused('user_handle')
  const key = createPublicKey({ key: found.public_key, format: 'der', type: 'spki' })
  const signed = Buffer.concat([data, hash(clientData)])
  if (!verify('sha256', signed, key, bytes(assertion.response.signature))) throw new Refused('signature')

  const [session, cookie] = [randomUUIDv7(), secret()]
  const count = data.readUInt32BE(33)
  const opened = await ask('openSession', [found.id, count, session, hash(cookie), randomUUIDv7()])
  if (opened.rowCount !== 1) throw new Refused('sign_count')
  setCookie(reply, 'session', cookie)
  return { next: 'continue', url: `${issuer}/authorize/${id}` }
})

/** Where a browser that has a session goes on to, with a code; nowhere for a session that is none. */
const codeFor = async (request: FastifyRequest, asked: Asked, signIn: Buffer | null) => {
  const { client: id, scope, nonce, state, challenge } = asked
  const { redirect_uri } = clientOf(id)
  const [code, session] = [secret(), hash(cookiesOf(request)['session'] ?? '')]
  const kept = await ask('keepCode', [session, hash(code), id, redirect_uri, scope, nonce, challenge, signIn])
  return kept.rowCount === 1 && `${redirect_uri}?${new URLSearchParams({ code, state, iss: issuer })}`
}

app.get('/authorize/:id', async (request, reply) => {
  const asked = askedIn(request)
  const back = await codeFor(request, asked, hash(asked.id))
  if (!back) throw new Refused('login_required')
  return reply.redirect(back, 303)
})

/** @throws Refused unless the application sent its id and secret (RFC 6749 §2.3.1) */
const requireClient = ({ headers }: FastifyRequest) => {
  const [scheme, value = ''] = (headers.authorization ?? '').split(' ')
  const [id, given = ''] = Buffer.from(value, 'base64').toString().split(':')
  const client = clientOf(id)
  if (scheme !== 'Basic' || !isSame(hash(given), client.secret_hash)) throw new Refused('invalid_client', 401)
  return client
}

const tokensFor = (
  client: string,
  { staff_id: sub, session_id: sid, nonce, auth_time, scope }: pg.QueryResultRow,
  token: string,
) => {
  const now = Math.floor(Date.now() / 1000)
  const at_hash = hash(token).subarray(0, 16).toString('base64url')
  const times = { auth_time, iat: now, exp: now + 3600 }
  const id_token = signJwt({ iss: issuer, sub, aud: client, nonce, sid, at_hash, ...times })
  return { access_token: token, token_type: 'Bearer', expires_in: 3600, scope, id_token }
}

app.post('/token', async (request, reply) => {
  const client = requireClient(request)
  const form = request.body as Query
  const [token, refresh] = [secret(), secret()]
  reply.header('cache-control', 'no-store')
  if (form['grant_type'] === 'authorization_code') {
    const challenge = hash(form['code_verifier'] ?? '').toString('base64url')
    const asked = [hash(form['code'] ?? ''), challenge, client.id, form['redirect_uri'], hash(token)]
    const live = (await ask('redeem', asked)).rows[0]
    if (!live) throw new Refused('invalid_grant')
    if (!live.scope.split(' ').includes('offline_access')) return tokensFor(client.id, live, token)
    await ask('keepRefresh', [hash(refresh), live.session_id, client.id, live.scope])
    return { ...tokensFor(client.id, live, token), refresh_token: refresh }
  }
  if (form['grant_type'] === 'refresh_token') {
    const asked = [hash(form['refresh_token'] ?? ''), client.id, hash(refresh), hash(token)]
    const live = (await ask('rotate', asked)).rows[0]
    if (!live) throw new Refused('invalid_grant')
    return { ...tokensFor(client.id, live, token), refresh_token: refresh }
  }
  if (form['grant_type'] !== 'client_credentials') throw new Refused('unsupported_grant_type')
  if (form['resource'] !== client.resource) throw new Refused('invalid_target')
  const now = Math.floor(Date.now() / 1000)
  const own = { sub: client.id, client_id: client.id, aud: client.resource, scope: form['scope'], jti: randomUUIDv7() }
  const access_token = signJwt({ iss: issuer, ...own, iat: now, exp: now + 3600 })
  return { access_token, token_type: 'Bearer', expires_in: 3600, scope: form['scope'] }
})

app.post('/introspect', async (request) => {
  const { id } = requireClient(request)
  const found = (await ask('findToken', [hash((request.body as Query)['token'] ?? '')])).rows[0]
  if (found?.client_id !== id) return { active: false }
  return { active: true, iss: issuer, sub: found.staff_id, client_id: id, scope: found.scope, token_type: 'Bearer' }
})

app.get('/userinfo', async ({ headers }) => {
  const [scheme, token = ''] = (headers.authorization ?? '').split(' ')
  const found = scheme === 'Bearer' ? (await ask('findToken', [hash(token)])).rows[0] : undefined
  if (!found) throw new Refused('invalid_token', 401)
  const { staff_id: sub, given_name, family_name } = found
  return { sub, given_name, family_name, name: `${given_name} ${family_name}` }
})

app.get('/jwks', async () => ({ keys: [jwk] }))
app.get('/health/ready', async () => ({ status: 'ok' }))

process.once('SIGTERM', () => void app.close().then(() => process.exit(0)))
await app.listen({ host: '127.0.0.1', port: Number(PORT) })
