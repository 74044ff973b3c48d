import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { createTokenVerifier } from '@fobwatch/token-verifier'
import fastify, { type FastifyInstance } from 'fastify'
import { jwksOf, mintAccessToken, newKeys } from '../testing/mint.ts'
import { CLERK, NEWCOMER, NURSE, NURSE_AT_AAL2, NURSE_ELSEWHERE, type TestPerson } from '../testing/people.ts'
import { wardApi } from './api.ts'

const AUDIENCE = 'http://ward.test/api'
const keys = newKeys()

describe('the API of the ward', () => {
  const publisher = createServer((_request, response) => response.end(JSON.stringify(jwksOf(keys.publicKey))))
  let issuer: string
  let app: FastifyInstance

  before(async () => {
    await new Promise<void>((listening) => publisher.listen(0, '127.0.0.1', listening))
    issuer = `http://127.0.0.1:${(publisher.address() as AddressInfo).port}`
    app = fastify()
    const verifier = createTokenVerifier({ issuer, audience: AUDIENCE, jwksUri: `${issuer}/jwks` })
    for (const route of wardApi(verifier)) app.route(route)
  })
  after(async () => {
    await app.close()
    publisher.closeAllConnections()
    publisher.close()
  })

  const tokenOf = (person: TestPerson, changes: object = {}, header: object = {}) => {
    const fixed = { issuer, audience: AUDIENCE, scope: 'openid patients.read' }
    return mintAccessToken(keys.privateKey, { ...fixed, person, changes, header })
  }
  const get = (url: string, token?: string) =>
    app.inject({ url, headers: token ? { authorization: `Bearer ${token}` } : {} })

  it('gives the list, and nothing of the records, to anyone with a role', async () => {
    const answer = await get('/api/patients', tokenOf(CLERK))
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.json().length, 8)
    assert.deepEqual(Object.keys(answer.json()[0]), ['id', 'name', 'bed', 'born', 'number', 'sensitive'])
    assert.equal(answer.headers['cache-control'], 'no-store')
  })

  it('gives a record to a role with B0360', async () => {
    const answer = await get('/api/patients/w7-01', tokenOf(NURSE))
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.json().allergies, 'Penicillin')
  })

  it('gives no record to a role without B0360, and does not say who is here', async () => {
    const here = await get('/api/patients/w7-01', tokenOf(CLERK))
    const notHere = await get('/api/patients/w7-99', tokenOf(CLERK))
    assert.equal(here.statusCode, 403)
    assert.equal(here.json().error, 'activity_required')
    assert.equal(notHere.body, here.body)
  })

  it('gives nothing to someone with no role', async () => {
    for (const url of ['/api/patients', '/api/patients/w7-01']) {
      const answer = await get(url, tokenOf(NEWCOMER))
      assert.equal(answer.statusCode, 403)
      assert.equal(answer.json().error, 'role_required')
    }
  })

  it('gives nothing to a nurse of another organisation, whatever her role may do there', async () => {
    for (const url of ['/api/patients', '/api/patients/w7-01', '/api/patients/w7-99']) {
      const answer = await get(url, tokenOf(NURSE_ELSEWHERE))
      assert.equal(answer.statusCode, 403)
      assert.equal(answer.json().error, 'organisation_required')
    }
  })

  it('gives a sensitive record to a nurse with a strong check', async () => {
    assert.equal((await get('/api/patients/w7-08', tokenOf(NURSE))).json().name, 'Horace Neverwas')
  })

  it('asks for a strong check where a sensitive record wants one, and gives nothing of it (RFC 9470)', async () => {
    for (const changes of [{}, { acr: 'AAL2_OR_AAL3_ANY' }, { acr: undefined }]) {
      const answer = await get('/api/patients/w7-08', tokenOf(NURSE_AT_AAL2, changes))
      assert.equal(answer.statusCode, 401)
      assert.match(
        String(answer.headers['www-authenticate']),
        /^Bearer error="insufficient_user_authentication", .*acr_values="AAL3_ANY"$/,
      )
      assert.equal(answer.json().error, 'level_required')
      assert.doesNotMatch(answer.body, /Horace/)
    }
  })

  it('asks nobody for a strong check whose role would not do with it', async () => {
    assert.equal((await get('/api/patients/w7-08', tokenOf({ ...CLERK, acr: 'AAL2_ANY' }))).statusCode, 403)
  })

  it('says that a patient is not here to those who may know', async () => {
    assert.equal((await get('/api/patients/w7-99', tokenOf(NURSE))).statusCode, 404)
  })

  it('asks for a token where there is none', async () => {
    const answer = await get('/api/patients')
    assert.equal(answer.statusCode, 401)
    assert.equal(answer.headers['www-authenticate'], 'Bearer')
  })

  it('refuses a token that is not for it, too old, of another type or forged', async () => {
    const refused = {
      audience: tokenOf(NURSE, { aud: 'http://elsewhere.test/api' }),
      issuer: tokenOf(NURSE, { iss: 'http://elsewhere.test' }),
      expired: tokenOf(NURSE, { exp: Math.floor(Date.now() / 1000) - 60 }),
      type: tokenOf(NURSE, {}, { typ: 'JWT' }),
      algorithm: tokenOf(NURSE, {}, { alg: 'none' }),
      signature: tokenOf(NURSE).replace(/[^.]+$/, (signature) => `AAAA${signature.slice(4)}`),
      malformed: 'no-token',
    }
    for (const [error, token] of Object.entries(refused)) {
      const answer = await get('/api/patients/w7-01', token)
      assert.equal(answer.statusCode, 401, error)
      assert.equal(answer.json().error, error)
      assert.match(String(answer.headers['www-authenticate']), /^Bearer error="invalid_token"/)
    }
  })

  it('refuses a token without the scope', async () => {
    const answer = await get('/api/patients', tokenOf(NURSE, { scope: 'openid' }))
    assert.equal(answer.statusCode, 403)
    assert.match(String(answer.headers['www-authenticate']), /error="insufficient_scope".*scope="patients.read"/)
  })

  it('takes no token from the address or from a cookie', async () => {
    const token = tokenOf(NURSE)
    assert.equal((await get(`/api/patients?access_token=${token}`)).statusCode, 401)
    const byCookie = await app.inject({ url: '/api/patients', headers: { cookie: `ward_list_session=${token}` } })
    assert.equal(byCookie.statusCode, 401)
  })
})
