/**
 * The floor: the least that a service can do which signs people in with passkeys and speaks OpenID Connect. Fobwatch's
 * round trips and durable writes, on a bare Fastify, node:crypto and pg, in the fewest statements: what a crash may forget
 * (challenges, codes) is unlogged here as it is there, and the rest is committed. It verifies what must be verified of an
 * assertion and of a code, and does nothing else: no policies, no roles, no logout, no limits. Not for use.
 */
import {
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import pg from 'pg'

const { PORT = '0', DATABASE_URL = '' } = process.env
const issuer = `http://localhost:${PORT}`
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 })
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

// What changes seldom is read at start: the one application, and the key that signs.
const { rows: clients } = await pool.query('select id, secret_hash, redirect_uri from client')
const client = clients[0] as { id: string; secret_hash: Buffer; redirect_uri: string }
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

interface Asked {
  id: string
  scope: string
  state: string
  nonce: string
  challenge: string
}
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
  if (query['client_id'] !== client.id || query['redirect_uri'] !== client.redirect_uri)
    throw new Refused('invalid_client')
  const { scope = '', state = '', nonce = '', code_challenge: challenge = '' } = query
  if (query['response_type'] !== 'code' || query['code_challenge_method'] !== 'S256' || challenge.length !== 43)
    throw new Refused('invalid_request')
  if (!scope.split(' ').includes('openid')) throw new Refused('invalid_scope')
  const id = secret()
  const text = json({ id, scope, state, nonce, challenge } satisfies Asked)
  setCookie(reply, 'asked', `${text}.${tagOf(text)}`)
  return reply.redirect(`/sign-in/${id}`, 303)
})

app.get('/sign-in/:id/state', async (request) => ({
  stage: 'sign-in',
  application: client.id,
  id: askedIn(request).id,
}))

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
  keepCode: `insert into code (hash, session_id, client_id, redirect_uri, scope, nonce, challenge, expires_at)
    select $2, s.id, $3, $4, $5, $6, $7, now() + interval '1 minute'
    from session s join person p on p.id = s.person_id join authenticator a on a.id = s.authenticator_id
    where s.secret_hash = $1 and s.expires_at > now() and p.status = 'active' and a.status = 'active'`,
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
  findToken: `select t.scope, p.staff_id, p.given_name, p.family_name
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

const rpIdHash = hash('localhost')
const present = 0x01
const verified = 0x04
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

  const [session, cookie] = [randomUUID(), secret()]
  const count = data.readUInt32BE(33)
  const opened = await ask('openSession', [found.id, count, session, hash(cookie), randomUUID()])
  if (opened.rowCount !== 1) throw new Refused('sign_count')
  setCookie(reply, 'session', cookie)
  return { next: 'continue', url: `${issuer}/authorize/${id}` }
})

app.get('/authorize/:id', async (request, reply) => {
  const { scope, nonce, state, challenge } = askedIn(request)
  const code = secret()
  const session = hash(cookiesOf(request)['session'] ?? '')
  const values = [session, hash(code), client.id, client.redirect_uri, scope, nonce, challenge]
  if ((await ask('keepCode', values)).rowCount !== 1) throw new Refused('login_required')
  return reply.redirect(`${client.redirect_uri}?${new URLSearchParams({ code, state, iss: issuer })}`, 303)
})

/** @throws Refused unless the application sent its id and secret (RFC 6749 §2.3.1) */
const requireClient = ({ headers }: FastifyRequest) => {
  const [scheme, value = ''] = (headers.authorization ?? '').split(' ')
  const [id, given = ''] = Buffer.from(value, 'base64').toString().split(':')
  if (scheme !== 'Basic' || id !== client.id || !isSame(hash(given), client.secret_hash))
    throw new Refused('invalid_client', 401)
}

app.post('/token', async (request, reply) => {
  requireClient(request)
  const form = request.body as Query
  if (form['grant_type'] !== 'authorization_code') throw new Refused('unsupported_grant_type')
  const challenge = hash(form['code_verifier'] ?? '').toString('base64url')
  const token = secret()
  const asked = [hash(form['code'] ?? ''), challenge, client.id, form['redirect_uri'], hash(token)]
  const live = (await ask('redeem', asked)).rows[0]
  if (!live) throw new Refused('invalid_grant')
  const now = Math.floor(Date.now() / 1000)
  const { staff_id: sub, nonce, auth_time, session_id: sid } = live
  const at_hash = hash(token).subarray(0, 16).toString('base64url')
  const id_token = signJwt({
    iss: issuer,
    sub,
    aud: client.id,
    nonce,
    auth_time,
    sid,
    at_hash,
    iat: now,
    exp: now + 3600,
  })
  reply.header('cache-control', 'no-store')
  return { access_token: token, token_type: 'Bearer', expires_in: 3600, scope: live.scope, id_token }
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
