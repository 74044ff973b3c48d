import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { ClientMetadata } from '@fobwatch/contracts'
import type { BrowserLike } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
import {
  addPerson,
  enrol,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { authorizeUrl, type Parameters, post, redeem } from '../code-flow.testing.ts'

const offline = { scope: 'openid offline_access patients.read', prompt: 'consent' }
const resource = 'http://localhost:3001/api'

describe('how long tokens last', () => {
  let service: TestService
  let browser: BrowserLike
  before(async () => {
    service = await startService()
    await register('ward')
    await register('brief', { access_token_seconds: 90, refresh_token_seconds: 3600 })
    browser = await signInHere(service, (await enrol(service, (await addPerson(service)).id)).device)
  })
  after(() => service.close())

  const register = (id: string, metadata: ClientMetadata = {}) =>
    registerClient(service, { ...ward, id, metadata: { ...ward.metadata, ...metadata } })
  const signOn = async (client_id: string, parameters: Parameters = {}) => {
    const page = await browser.follow(authorizeUrl({ client_id, ...offline, ...parameters }), {
      until: 'another-origin',
    })
    const { status, body } = await redeem(service, page.location?.searchParams.get('code') ?? '', { client_id })
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
  const refresh = (client_id: string, token: unknown) =>
    post(service, '/token', { grant_type: 'refresh_token', client_id, refresh_token: String(token) })
  const rowOf = async (token: unknown) => {
    const hash = createHash('sha256').update(String(token)).digest()
    const [row] = await sql<{ left: number }>(
      service,
      'select round(extract(epoch from expires_at - now()))::int as left from oidc_token where hash = $1',
      hash,
    )
    return row?.left ?? 0
  }
  const about = (actual: unknown, expected: number) => assert.ok(Math.abs(Number(actual) - expected) <= 5, `${actual}`)

  it('is 10 minutes, and 12 hours to refresh, for a client that says nothing', async () => {
    const body = await signOn('ward')
    assert.equal(body['expires_in'], 600)
    about(await rowOf(body['access_token']), 600)
    about(await rowOf(body['refresh_token']), 43_200)
    const { iat, exp } = decodeJwt(String((await signOn('ward', { resource }))['access_token']))
    assert.equal(Number(exp) - Number(iat), 600)
  })

  it('is what the registration of the client says', async () => {
    const body = await signOn('brief')
    assert.equal(body['expires_in'], 90)
    about(await rowOf(body['access_token']), 90)
    about(await rowOf(body['refresh_token']), 3600)
    const { iat, exp } = decodeJwt(String((await signOn('brief', { resource }))['access_token']))
    assert.equal(Number(exp) - Number(iat), 90)
  })

  it('is not prolonged by refreshing: the last of a family ends when the first would have', async () => {
    const { refresh_token } = await signOn('brief')
    const earlier = `payload || jsonb_build_object('exp', (payload->>'exp')::int - 3000)`
    const hash = createHash('sha256').update(String(refresh_token)).digest()
    await sql(service, `update oidc_token set payload = ${earlier} where hash = $1`, hash)
    const { status, body } = await refresh('brief', refresh_token)
    assert.equal(status, 200)
    about(await rowOf(body['refresh_token']), 600)
  })

  it('is over when it is over', async () => {
    const { refresh_token } = await signOn('brief')
    const hash = createHash('sha256').update(String(refresh_token)).digest()
    await sql(service, `update oidc_token set payload = payload || '{"exp": 1}' where hash = $1`, hash)
    assert.equal((await refresh('brief', refresh_token)).body['error'], 'invalid_grant')
  })
})
