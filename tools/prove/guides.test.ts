import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createBrowserLike, createTestDatabase } from '@fobwatch/testkit'
import { exportJWK, generateKeyPair } from 'jose'
import * as openid from 'openid-client'
import { blockOf } from './stage/guide.ts'
import type { NewClient } from './stage/house.ts'
import { enrolPerson, passThrough } from './stage/person.ts'
import { type Stage, setStage } from './stage/set-stage.ts'

describe('a guide', () => {
  const run = {
    'node.md': ['app.js'],
    'python.md': ['app.py', 'api.py'],
    'spring-security.md': ['pom.xml', 'application.yaml', 'SignInConfiguration.java', 'ApiConfiguration.java'],
    'apache-nginx.md': ['apache.conf', 'oauth2-proxy.cfg', 'nginx.conf'],
    'moving-from-cis2.md': ['registration.json'],
  }
  for (const [guide, names] of Object.entries(run))
    it(`${guide} has what the proofs run: ${names.join(', ')}`, async () => {
      for (const name of names) assert.ok((await blockOf(guide, name)).length > 100, name)
    })

  it('has no block that it does not have', async () => {
    await assert.rejects(blockOf('node.md', 'other.js'), /has no block called other\.js/)
  })
})

describe('an application that was written for CIS2, under the registration of its guide', () => {
  const undo: (() => Promise<void>)[] = []
  let stage: Stage
  before(async () => {
    const { url, drop } = await createTestDatabase()
    undo.push(drop)
    stage = await setStage({ instances: 1, databaseUrl: url })
    undo.push(stage.strike)
  })
  after(async () => {
    for (const each of undo.reverse()) await each()
  })

  it('logs somebody in without PKCE, by an assertion signed with RS512, and reads the claims of CIS2', async () => {
    const { id, name, metadata } = JSON.parse(await blockOf('moving-from-cis2.md', 'registration.json')) as NewClient
    const { publicKey, privateKey } = await generateKeyPair('RS512', { extractable: true })
    const { jwks_uri: _, ...rest } = metadata
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'its-key', alg: 'RS512', use: 'sig' }] }
    await stage.house.registerClient({ id, name, metadata: { ...rest, jwks }, apis: [] })
    const person = await enrolPerson(stage, 'Cisley')
    await stage.house.makeNurse(person.id)
    const [redirectUri = ''] = metadata.redirect_uris ?? []

    const client = { id_token_signed_response_alg: 'RS256' }
    const key = { key: privateKey, kid: 'its-key' }
    const config = await openid.discovery(new URL(stage.issuer), id, client, openid.PrivateKeyJwt(key), {
      execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks],
    })
    const expectedState = openid.randomState()
    const expectedNonce = openid.randomNonce()
    const start = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid profile nationalrbacaccess selectedrole',
      state: expectedState,
      nonce: expectedNonce,
    })
    const back = await passThrough(createBrowserLike(stage.issuer), person.device, start)
    const tokens = await openid.authorizationCodeGrant(config, back, { expectedState, expectedNonce })

    const claims = tokens.claims()
    assert.equal(claims?.sub, person.staffId)
    assert.equal(claims?.['authentication_assurance_level'], 2)
    assert.match(String(claims?.['selected_roleid']), /^\d{12}$/)
    const userinfo = await openid.fetchUserInfo(config, tokens.access_token, person.staffId)
    const [role] = userinfo['nhsid_nrbac_roles'] as Record<string, unknown>[]
    assert.equal(role?.['role_code'], 'S8000:G8000:R8001')
    assert.match(String(role?.['role_name']), /^"/, "a name in CIS2's own form")
  })
})
