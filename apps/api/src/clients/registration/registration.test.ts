import assert from 'node:assert/strict'
import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type ClientMetadata, tokenExchangeGrant } from '@fobwatch/contracts'
import { openStore, type Store } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { createClients } from '#clients'
import { isRefusal } from '#kernel'
import { createOutbound } from '#outbound'

const api = { resource: 'https://ward.example/api', name: 'Ward API', scopes: ['patients.read'] }
const web: ClientMetadata = { redirect_uris: ['https://ward.example/callback'] }
const jwkOf = (pair: { publicKey: { export: (how: { format: 'jwk' }) => JsonWebKey } }) => ({
  ...pair.publicKey.export({ format: 'jwk' }),
})
const ec = jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }))
const rsa = jwkOf(generateKeyPairSync('rsa', { modulusLength: 2048 }))
const ed = jwkOf(generateKeyPairSync('ed25519'))
const byKey = (...keys: object[]): ClientMetadata => ({
  ...web,
  token_endpoint_auth_method: 'private_key_jwt',
  jwks: { keys: keys as Record<string, unknown>[] },
})
const native: ClientMetadata = {
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  redirect_uris: [
    'org.example.app:/callback',
    'http://127.0.0.1/cb',
    'http://[::1]:4711/cb',
    'https://app.example.org/cb',
  ],
}
const fapi: ClientMetadata = { ...byKey(ec), profile: 'fapi2' }

const scim = { resource: 'https://id.example/scim', name: 'People from an HR system', scopes: ['scim'] }

describe('a registration', () => {
  let database: TestDatabase
  let store: Store
  let clients: ReturnType<typeof createClients>
  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
    clients = createClients({
      store,
      now: () => new Date(),
      whyNotCalled: createOutbound({ allowed: ['10.9.0.0/16'], resolve: async () => [] }).whyNotCalled,
      acrValues: ['AAL3_ANY', 'AAL2_ANY'],
      scopes: ['openid', 'profile', 'offline_access'],
      limits: { idleMinutes: 10, maxMinutes: 600 },
      revokeGrantsOf: async () => {},
      feedApi: scim.resource,
      ownApis: [scim],
      findOrganisation: async (code) => (code === 'RBA' ? {} : undefined),
    })
    await store.inTransaction((tx) => clients.keepOwnApis(tx))
    await store.inTransaction((tx) => clients.defineApi(tx, api))
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const look = (written: object) => clients.lookAt({ id: 'ward', name: 'Ward list', metadata: web, ...written })
  /** The faults of a registration, as sentences. */
  const faults = async (written: object): Promise<string[]> => {
    try {
      await look(written)
      return []
    } catch (error) {
      assert.ok(isRefusal(error, 'client_invalid'), String(error))
      assert.deepEqual(
        error.reasons,
        error.faults.map(({ field, why }) => `${field} ${why}.`),
      )
      return [...error.reasons]
    }
  }
  const of = (metadata: object) => faults({ metadata })
  /** That a registration has one fault, and where. */
  const isFault = async (metadata: object, field: string, why: RegExp) => {
    const found = await of(metadata)
    assert.equal(found.length, 1, `${JSON.stringify(metadata)}: ${found.join(' ')}`)
    assert.ok(found[0]?.startsWith(`${field} `) && why.test(found[0]), found[0])
  }

  it('is taken where it is sound', async () => {
    for (const metadata of [
      web,
      native,
      fapi,
      { ...fapi, redirect_uris: ['https://localhost:3443/callback'] },
      { ...fapi, application_type: 'native', redirect_uris: ['http://127.0.0.1/callback'] },
      byKey(rsa, ec, ed),
      { ...byKey({ ...rsa, kid: '1', alg: 'RS512', use: 'sig' }), token_endpoint_auth_signing_alg: 'RS512' },
      { ...web, token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://ward.example/jwks' },
      { ...web, backchannel_logout_uri: 'https://10.9.1.1/logout', backchannel_logout_session_required: true },
      { ...web, redirect_uris: ['https://ward.example', 'http://localhost:3001/cb?x=1', 'http://127.0.0.1:3001/'] },
      { ...web, grant_types: ['authorization_code', 'refresh_token', 'client_credentials', tokenExchangeGrant] },
      { grant_types: ['client_credentials'], response_types: [] },
      { ...web, response_types: ['code'], pkce_required: false, session_idle_minutes: 5, session_max_minutes: 600 },
      { ...web, default_acr_values: ['AAL3_ANY'], acr_required: true, default_max_age: 0, sandbox: true },
    ])
      assert.deepEqual(await of(metadata), [])
    assert.deepEqual(await look({ apis: [api.resource], metadata: { ...web, scope: 'openid patients.read' } }), {
      id: 'ward',
      name: 'Ward list',
      metadata: { ...web, scope: 'openid patients.read' },
      apis: [api.resource],
    })
  })

  it('has every fault named at once, each by the field where it lies', async () => {
    const metadata = {
      redirect_uris: ['https://ward.example/*', 'http://ward.example/', 'https://ward.example/ok', 'nowhere'],
      grant_types: ['authorization_code', 'implicit'],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks_uri: 'https://169.254.169.254/latest',
      backchannel_logout_uri: 'https://localhost/logout',
      logo_uri: 'https://[::ffff:10.0.0.1]/logo.png',
      default_acr_values: ['AAL9'],
      session_idle_minutes: 15,
      unheard_of: 1,
      pkce_required: 'no',
      default_max_age: -1,
      scope: 'openid admin',
    }
    const found = await faults({ id: 'Ward!', name: '', metadata, apis: ['https://unknown.example/'] })
    assert.deepEqual(found.map((each) => each.split(' ')[0]).toSorted(), [
      'apis[0]',
      'backchannel_logout_uri',
      'default_acr_values[0]',
      'default_max_age',
      'grant_types[1]',
      'id',
      'jwks_uri',
      'logo_uri',
      'name',
      'pkce_required',
      'redirect_uris[0]',
      'redirect_uris[1]',
      'redirect_uris[3]',
      'scope',
      'session_idle_minutes',
      'unheard_of',
    ])
  })

  it('is refused where it is nothing of the kind', async () => {
    for (const metadata of [null, [], 'x', 5])
      assert.match((await faults({ metadata })).join(' '), /metadata must be an object/)
    for (const id of [undefined, null, 5, '', 'a', 'UPPER', '../x', 'a b', 'x'.repeat(64), 'fobwatch', '656005750104'])
      assert.match((await faults({ id })).join(' '), /^id /)
    for (const name of [undefined, '', ' ', 'two\nlines', 'x'.repeat(81), '\u202e'])
      assert.equal((await faults({ name })).length, 1)
    assert.match((await faults({ apis: 'x' })).join(' '), /^apis must be a list/)
    assert.match((await of(JSON.parse('{"__proto__": {"sandbox": true}}'))).join(' '), /__proto__ is not known/)
    for (const scope of ['openid \0', 'openid \ud800'])
      assert.match((await of({ ...web, scope })).join(' '), /characters that cannot be kept/)
  })

  describe('line 26: its redirect addresses', () => {
    const bad: Record<string, RegExp> = {
      'http://ward.example/cb': /https/,
      'https://ward.example/cb#x': /fragment/,
      'https://ward.example/cb#': /fragment/,
      'https://user@ward.example/cb': /user name/,
      'https://user:pw@ward.example/cb': /user name/,
      'https://*.ward.example/cb': /wildcard/,
      'https://ward.example/*': /wildcard/,
      'https://ward.example/a/../cb': /climb/,
      'https://ward.example/a/..;/cb': /climb/,
      'https://ward.example/a/%2e%2e/cb': /climb/,
      'https://ward.example/a/%2E./cb': /climb/,
      'https://ward.example/a%2f..%2fcb': /climb/,
      'https://ward.example/..\\cb': /climb/,
      'https://ward.example\\cb': /climb|backslash/,
      'https://WARD.example/cb': /as browsers write it, https:\/\/ward\.example\/cb/,
      'https://ward.example:443/cb': /as browsers write it/,
      'https://0x7f.1/cb': /as browsers write it/,
      'https:ward.example/cb': /as browsers write it/,
      'https://ward.example/cb?code=x': /leave/,
      'https://ward.example/cb?state=x': /leave/,
      'javascript:alert(1)': /https/,
      'data:text/html,x': /https/,
      'org.example.app:/cb': /https/,
      '//ward.example/cb': /not an address/,
      '/cb': /not an address/,
      'ward.example': /not an address/,
    }
    for (const [uri, why] of Object.entries(bad)) {
      it(`refuses ${uri}`, async () => {
        await isFault({ redirect_uris: [uri] }, 'redirect_uris[0]', why)
        await isFault({ ...web, post_logout_redirect_uris: [uri] }, 'post_logout_redirect_uris[0]', why)
      })
    }

    it('are schemes of its own, claimed addresses or the loopback for a native app', async () => {
      for (const [uri, why] of [
        ['app:/cb', /domain turned round/],
        ['javascript:alert(1)', /domain turned round/],
        ['file:///etc/passwd', /domain turned round/],
        ['http://app.example.org/cb', /127\.0\.0\.1/],
        ['http://localhost/cb', /127\.0\.0\.1/],
        ['https://127.0.0.1/cb', /http:\/\/ on this machine/],
      ] as const)
        await isFault({ ...native, redirect_uris: [uri] }, 'redirect_uris[0]', why)
    })

    it('must be there where codes are, and nowhere else', async () => {
      await isFault({}, 'redirect_uris', /must name/)
      await isFault({ ...web, grant_types: ['client_credentials'] }, 'redirect_uris', /no use/)
    })
  })

  describe('line 41: the addresses that the service would call', () => {
    for (const field of ['jwks_uri', 'backchannel_logout_uri', 'logo_uri'] as const)
      it(`refuses a ${field} on this machine and in private networks`, async () => {
        const base = field === 'jwks_uri' ? { ...web, token_endpoint_auth_method: 'private_key_jwt' } : web
        for (const host of [
          'localhost',
          '127.0.0.1',
          '10.0.0.1',
          '169.254.169.254',
          '[::1]',
          '[fd00::1]',
          '2130706433',
        ])
          await isFault({ ...base, [field]: `https://${host}/x` }, field, /private network/)
        await isFault({ ...base, [field]: 'http://ward.example/x' }, field, /https/)
        assert.deepEqual(await of({ ...base, [field]: 'https://10.9.3.4/x' }), [])
      })
  })

  it('of a public client has no more than a public client can have', async () => {
    const open = { ...web, token_endpoint_auth_method: 'none' }
    await isFault({ ...open, pkce_required: false }, 'pkce_required', /public/)
    for (const grant of ['client_credentials', tokenExchangeGrant])
      await isFault({ ...open, grant_types: ['authorization_code', grant] }, 'grant_types', /public client cannot/)
    await isFault({ ...native, token_endpoint_auth_method: 'client_secret_post' }, 'token_endpoint_auth_method', /8252/)
  })

  it('has grants and response types that agree', async () => {
    await isFault({ ...web, response_types: [] }, 'response_types', /must be \["code"\]/)
    await isFault({ grant_types: ['client_credentials'], response_types: ['code'] }, 'response_types', /must be empty/)
    await isFault({ grant_types: ['refresh_token'] }, 'grant_types', /authorization_code only/)
    await isFault({ grant_types: [] }, 'grant_types', /empty/)
  })

  it('has public keys that are sound, and one for its algorithm', async () => {
    const weak = jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }))
    const { d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
    for (const [jwk, why] of [
      [{ ...ec, d }, /private member d/],
      [{ kty: 'oct', k: 'AAAA' }, /private member k/],
      [{ kty: 'oct' }, /must be RSA, EC/],
      [weak, /weak: RSA takes 2048/],
      [{ ...rsa, e: 'AQ' }, /weak|is no key/],
      [{ ...rsa, e: 'Aw' }, /exponent/],
      [{ ...ec, x: ec.y }, /is no key/],
      [{ ...ec, x: undefined }, /is no key/],
      [{ ...ec, crv: 'P-521' }, /must be RSA, EC/],
      [{ ...ec, crv: 'secp256k1' }, /must be RSA, EC/],
      [{ ...ed, x: 'AA' }, /is no key/],
      [{ ...ec, alg: 'RS256' }, /can be for ES256/],
      [{ ...ec, kid: 5 }, /no text/],
      [{}, /must be RSA, EC/],
    ] as const)
      await isFault(byKey(jwk), 'jwks.keys[0]', why)
    await isFault(byKey({ ...ec, kid: 'a' }, { ...ed, kid: 'a' }), 'jwks.keys[1]', /kid a/)
    await isFault({ ...byKey(ec), token_endpoint_auth_signing_alg: 'RS512' }, 'jwks.keys', /none for signing by RS512/)
    await isFault(byKey({ ...ec, use: 'enc' }), 'jwks.keys', /none for signing/)
    await isFault({ ...byKey(ec), jwks_uri: 'https://ward.example/jwks' }, 'jwks_uri', /exclude/)
    await isFault({ ...web, token_endpoint_auth_method: 'private_key_jwt' }, 'jwks', /must be given/)
    await isFault({ ...web, token_endpoint_auth_signing_alg: 'RS256' }, 'token_endpoint_auth_signing_alg', /no use/)
  })

  it('of a FAPI client has what the profile demands', async () => {
    await isFault({ ...web, profile: 'fapi2' }, 'token_endpoint_auth_method', /private_key_jwt/)
    for (const field of ['require_pushed_authorization_requests', 'dpop_bound_access_tokens', 'pkce_required'])
      await isFault({ ...fapi, [field]: false }, field, /cannot be false/)
    for (const field of ['id_token_signed_response_alg', 'userinfo_signed_response_alg'])
      await isFault({ ...fapi, [field]: 'RS256' }, field, /PS256, ES256, EdDSA/)
    await isFault(
      { ...fapi, ...byKey(rsa), token_endpoint_auth_signing_alg: 'RS512' },
      'token_endpoint_auth_signing_alg',
      /PS256/,
    )
    await isFault({ ...fapi, redirect_uris: ['http://localhost:3001/'] }, 'redirect_uris[0]', /fapi2/)
  })

  it('asks for scopes, classes and APIs that there are, and for sessions no longer than ours', async () => {
    await isFault({ ...web, scope: 'openid patients.read' }, 'scope', /has patients\.read/)
    await isFault({ ...web, scope: 'openid  profile' }, 'scope', /one space/)
    await isFault({ ...web, default_acr_values: ['AAL2_ANY', 'AAL1_USERPASS'] }, 'default_acr_values[1]', /AAL3_ANY/)
    await isFault({ ...web, session_idle_minutes: 11 }, 'session_idle_minutes', /at most 10/)
    await isFault({ ...web, session_max_minutes: 601 }, 'session_max_minutes', /at most 600/)
    await isFault({ ...web, access_token_seconds: 3601 }, 'access_token_seconds', /at most 3600/)
    assert.deepEqual(await faults({ apis: [`${api.resource}/`] }), [`apis[0] is not an API that is defined here.`])
  })

  it('of an HR system says for which organisation it comes, and comes as itself', async () => {
    const hr = { grant_types: ['client_credentials'], feed_organisation: 'RBA' }
    const about = async (metadata: object, apis = [scim.resource]) =>
      (await faults({ metadata, apis })).map((sentence: string) => sentence.replace(/ .*/, ''))
    assert.deepEqual(await about(hr), [])
    assert.deepEqual(await about(hr, []), ['feed_organisation'])
    assert.deepEqual(await about({ grant_types: ['client_credentials'] }), ['feed_organisation'])
    assert.deepEqual(await about({ ...hr, sandbox: true }), ['feed_organisation'])
    assert.deepEqual(await about({ ...hr, feed_organisation: 'X99' }), ['feed_organisation'])
    assert.deepEqual(await about({ ...hr, grant_types: undefined, ...web }), ['grant_types'])
    for (const feed_organisation of ["X' or '1'='1", '{"$gt":""}', 'rba', '', 7])
      assert.deepEqual(await about({ ...hr, feed_organisation }), ['feed_organisation'], 'line 40')
  })

  it('of an API has an address or a URN of its own, and scopes of its own', async () => {
    const define = (changed: object) => store.inTransaction((tx) => clients.defineApi(tx, { ...api, ...changed }))
    await define({ resource: 'urn:example:lab' })
    for (const resource of [
      'lab',
      'http://lab.example/',
      'https://lab.example/#x',
      'https://lab.example/?x',
      'https://a@b.example/',
    ])
      await assert.rejects(define({ resource }), (error) => isRefusal(error, 'client_invalid'))
    await assert.rejects(
      define({ scopes: ['ok', 'openid'] }),
      (error) => isRefusal(error) && error.faults[0]?.field === 'scopes[1]',
    )
  })
})
