import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { createTokenVerifier, type RefusalCode } from './index.ts'
import { API, accessToken, CLIENT, idToken, newKey, seconds, startIssuer } from './testing/issuer.ts'

const key = await newKey('key-1')

describe('an ID token', async () => {
  const issuer = await startIssuer(key)
  const verifier = createTokenVerifier({ issuer: issuer.issuer, audience: API, clientId: CLIENT })
  after(issuer.close)

  const token = (changes = {}) => idToken(issuer.issuer, key, changes)
  const refuses = (code: RefusalCode, refused: string, nonce?: string) =>
    assert.rejects(verifier.verifyIdToken(refused, nonce === undefined ? {} : { nonce }), {
      name: 'TokenRefused',
      code,
    })

  it('is accepted with the nonce of the request', async () => {
    const { claims } = await verifier.verifyIdToken(await token(), { nonce: 'the-nonce' })
    assert.equal(claims.nonce, 'the-nonce')
    assert.equal(claims.acr, 'AAL3_FIDO2')
  })

  it('is accepted with the general type, or with none', async () => {
    await verifier.verifyIdToken(await token({ header: { typ: 'JWT' } }))
    await verifier.verifyIdToken(await token())
  })

  it('is refused with another nonce, or with none where one was sent', async () => {
    await refuses('claims', await token(), 'another')
    await refuses('claims', await token({ claims: { nonce: undefined } }), 'the-nonce')
  })

  it('is refused when it is an access token or a logout token', async () => {
    await refuses('type', await accessToken(issuer.issuer, key, { claims: { aud: CLIENT } }))
    await refuses('type', await token({ header: { typ: 'logout+jwt' } }))
  })

  it('is not taken for an access token', async () => {
    await assert.rejects(verifier.verifyAccessToken(await token({ claims: { aud: API } })), { code: 'type' })
  })

  it('is refused for another client', async () => {
    await refuses('audience', await token({ claims: { aud: API } }))
    await refuses('audience', await token({ claims: { azp: 'another-client' } }))
  })

  it('is refused for several audiences unless it says that this client was authorised', async () => {
    const aud = [CLIENT, 'another-client']
    await refuses('audience', await token({ claims: { aud } }))
    await verifier.verifyIdToken(await token({ claims: { aud, azp: CLIENT } }))
  })

  it('is refused after its time', async () => refuses('expired', await token({ claims: { exp: seconds() - 60 } })))

  it('is for the audience where no client id was configured', async () => {
    const plain = createTokenVerifier({ issuer: issuer.issuer, audience: CLIENT })
    assert.equal((await plain.verifyIdToken(await token())).claims.sub, '656005750104')
  })
})
