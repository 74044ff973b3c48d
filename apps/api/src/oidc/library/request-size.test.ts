import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { registerClient, sql, startService, type TestService } from '../../service.testing.ts'
import { arrive, authorizeUrl } from '../code-flow.testing.ts'

describe('a request to OpenID Connect', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    await registerClient(service)
  })
  after(() => service.close())

  const stored = async () => (await sql<{ count: number }>(service, 'select count(*) from oidc_transient'))[0]?.count
  const refused = async (url: string, why: RegExp) => {
    const before = await stored()
    const { pathname, search } = new URL(url)
    const answer = await service.app.inject(pathname + search)
    assert.equal(answer.statusCode, 400)
    assert.match(String(answer.headers['content-type']), /^text\/html/)
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.match(answer.body, why)
    assert.match(answer.body, /reference: [0-9a-f-]{36}/)
    assert.equal(await stored(), before)
  }

  it('takes a state and a nonce of 2,048 characters', async () => {
    assert.ok(await arrive(service.browser(), { state: 'x'.repeat(2048), nonce: 'ä'.repeat(2048).slice(0, 300) }))
  })

  for (const name of ['state', 'nonce', 'login_hint', 'claims', 'acr_values', 'unheard_of'])
    it(`with a ${name} of 2,049 characters is refused by a page, and nothing of it is kept`, () =>
      refused(authorizeUrl({ [name]: 'x'.repeat(2049) }), /a parameter is longer than 2048 characters/))

  for (const name of ['state', 'nonce', 'login_hint', 'claims', 'acr_values', 'client_id', 'unheard_of'])
    it(`line 22: with a NUL in its ${name} is refused by a page, and nothing of it is kept`, () =>
      refused(authorizeUrl({ [name]: 'a\0b' }), /a parameter has a NUL in it/))

  it('line 22: with a NUL in JSON, or in what is posted, is refused', async () => {
    const claims = JSON.stringify({ id_token: { sub: { value: 'a\0b' } } })
    const { pathname, search } = new URL(authorizeUrl({ claims }))
    assert.ok((await service.app.inject(pathname + search)).statusCode < 500)
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const url of ['/par', '/token', '/introspect', '/revoke', '/authorize']) {
      const payload = 'client_id=a%00b&grant_type=authorization_code&code=x&token=x&state=a%00b'
      const answer = await service.app.inject({ method: 'POST', url, headers: type, payload })
      assert.ok(answer.statusCode < 500 && answer.statusCode >= 300, `${url}: ${answer.statusCode}`)
    }
  })

  it('with a query of more than 8 KiB is refused, whatever it is made of', async () => {
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`p${index}`, 'x'.repeat(1700)]))
    await refused(authorizeUrl(many), /the query is longer than 8192 bytes/)
    await refused(authorizeUrl({ state: '\u{1f511}'.repeat(1000) }), /the query is longer than 8192 bytes/)
    await refused(`http://localhost:3000/logout?id_token_hint=${'x'.repeat(8192)}`, /the query is longer/)
  })

  it('posted as a form that is longer than 8 KiB as a query is refused, so that no answer has such a header', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const url of ['/authorize', '/logout']) {
      const post = (payload: string) => service.app.inject({ method: 'POST', url, headers, payload })
      assert.equal((await post(`a=${'!'.repeat(1000)}`)).statusCode, 303, url)
      const many = Array.from({ length: 4 }, (_, index) => `p${index}=${'!'.repeat(1500)}`).join('&')
      for (const form of [`a=${'!'.repeat(6000)}`, many]) {
        const answer = await post(form)
        assert.deepEqual([answer.statusCode, answer.headers.location], [400, undefined], url)
        assert.match(answer.body, /the query is longer than 8192 bytes/)
      }
    }
  })

  it('with a form of more than 56 KiB is refused, and nothing of it is kept', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const before = await stored()
    for (const url of ['/par', '/token', '/introspect', '/revoke', '/userinfo']) {
      const payload = `client_id=ward&grant_type=authorization_code&token=x&state=${'x'.repeat(100_000)}`
      const answer = await service.app.inject({ method: 'POST', url, headers: type, payload })
      assert.equal(answer.statusCode, 400, url)
    }
    assert.equal(await stored(), before)
  })

  it('may bring a longer token of ours as a hint', async () => {
    const answer = await service.app.inject(`/logout?id_token_hint=${'x'.repeat(4000)}`)
    assert.doesNotMatch(answer.body, /is longer than/)
  })
})
