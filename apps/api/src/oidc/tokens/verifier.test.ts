import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createTokenVerifier, demand, levelOf, receiveLogout, type TokenVerifier } from '@fobwatch/token-verifier'
import {
  addPerson,
  addPosition,
  enrol,
  giveRole,
  issuer,
  registerClient,
  signInHere,
  startService,
  ward,
} from '../../service.testing.ts'
import { type Receiver, startReceiver } from '../../sessions/telling/receiver.testing.ts'
import { makeProver } from '../clients/signing-client.testing.ts'
import { authorizeUrl, type Parameters, redeem } from '../code-flow.testing.ts'

const resource = 'http://localhost:3001/api'
const place = { code: 'ZTV01', name: 'Test Hospital' }

describe('the verifier that applications install', () => {
  let service: Awaited<ReturnType<typeof startService>>
  let receiver: Receiver
  let verifier: TokenVerifier
  let position: string
  before(async () => {
    service = await startService({ environment: { FOBWATCH_OUTBOUND_ALLOWED: '127.0.0.1' } })
    receiver = await startReceiver()
    await registerClient(service, {
      ...ward,
      metadata: { ...ward.metadata, backchannel_logout_uri: receiver.address },
    })
    position = await addPosition(service, place, { name: 'Nurse, Ward 7', roleCode: 'S8000:G8000:R8001' })
    const address = await service.app.listen({ host: '127.0.0.1', port: 0 })
    const keys = { issuer, jwksUri: `${address}/jwks` }
    verifier = createTokenVerifier({ ...keys, audience: resource, clientId: 'ward', origin: 'http://localhost:3001' })
  })
  after(async () => {
    await service.close()
    await receiver.stop()
  })

  const nurse = async () => {
    const person = await addPerson(service)
    await giveRole(service, person.id, position)
    const { device } = await enrol(service, person.id)
    return { person, browser: await signInHere(service, device) }
  }
  const tokensOf = async (
    { browser }: Awaited<ReturnType<typeof nurse>>,
    parameters: Parameters = {},
    headers: Record<string, string> = {},
  ) => {
    const scope = 'openid selectedrole nationalrbacaccess patients.read'
    const back = await browser.follow(authorizeUrl({ scope, resource, ...parameters }), { until: 'another-origin' })
    const { status, body } = await redeem(service, back.location?.searchParams.get('code') ?? '', { resource }, headers)
    assert.equal(status, 200, JSON.stringify(body))
    return { accessToken: String(body['access_token']), idToken: String(body['id_token']) }
  }
  const asking = (authorization: string, dpop?: string) => ({
    method: 'GET',
    url: '/api/patients',
    headers: { authorization, dpop },
  })

  it('takes our access tokens, and what they say of the role and the level', async () => {
    const someone = await nurse()
    const { accessToken } = await tokensOf(someone)
    const { claims } = await verifier.verifyRequest(asking(`Bearer ${accessToken}`))
    assert.equal(claims.sub, someone.person.staffId)
    demand(claims, { scope: 'patients.read', organisation: 'ZTV01', role: 'R8001', activity: 'B0360', level: 2 })
    demand(claims, { maxAgeSeconds: 60 })
    assert.throws(() => demand(claims, { level: 3 }), { code: 'level_required', status: 401 })
  })

  it('knows the level also where the class that was asked for promises less', async () => {
    const { accessToken, idToken } = await tokensOf(await nurse(), { acr_values: 'AAL2_OR_AAL3_ANY' })
    for (const { claims } of [await verifier.verifyAccessToken(accessToken), await verifier.verifyIdToken(idToken)]) {
      assert.equal(claims.acr, 'AAL2_OR_AAL3_ANY')
      assert.equal(claims['authentication_assurance_level'], 2)
      assert.equal(levelOf(claims), 2)
    }
  })

  it('takes our ID tokens, with the chosen role', async () => {
    const { idToken } = await tokensOf(await nurse())
    const { claims } = await verifier.verifyIdToken(idToken, { nonce: 'some-nonce' })
    demand(claims, { organisation: 'ZTV01', role: 'R8001', activity: 'B0360' })
    await assert.rejects(verifier.verifyAccessToken(idToken), { code: 'type' })
  })

  it('takes tokens that are bound to a key with its proof alone', async () => {
    const mine = await makeProver()
    const someone = await nurse()
    const dpop = await mine.proof('POST', '/token')
    const { accessToken: token } = await tokensOf(someone, {}, { dpop })
    const htu = 'http://localhost:3001/api/patients'
    const proof = await mine.proof('GET', '/', { token, htu })
    await assert.rejects(verifier.verifyRequest(asking(`Bearer ${token}`, proof)), { code: 'proof_required' })
    assert.equal((await verifier.verifyRequest(asking(`DPoP ${token}`, proof))).claims.sub, someone.person.staffId)
    await assert.rejects(verifier.verifyRequest(asking(`DPoP ${token}`, proof)), { code: 'proof_invalid' })
    const thief = await (await makeProver()).proof('GET', '/', { token, htu })
    await assert.rejects(verifier.verifyRequest(asking(`DPoP ${token}`, thief)), { code: 'proof_invalid' })
  })

  it('takes our logout tokens, once', async () => {
    const someone = await nurse()
    const { claims } = await verifier.verifyIdToken((await tokensOf(someone)).idToken)
    const { statusCode } = await service.app.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { cookie: someone.browser.cookieHeader(`${issuer}/`) },
    })
    assert.equal(statusCode, 204)
    await service.rooms.outbox.beginDelivering()
    await service.rooms.outbox.deliveriesSettled()
    const sent = receiver.received.find((each) => each.claims['sid'] === claims.sid)?.form.toString()
    const ended: unknown[] = []
    const receive = () => receiveLogout(verifier, sent, (who) => void ended.push(who))
    assert.equal((await receive()).status, 200)
    assert.equal((await receive()).status, 400)
    assert.deepEqual(ended, [{ sid: claims.sid, sub: someone.person.staffId }])
  })
})
