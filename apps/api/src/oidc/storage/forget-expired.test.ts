import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { addPerson, enrol, registerClient, sql, startService, type TestService } from '../../service.testing.ts'
import { arrive, getCode, post, redeem, requestOf } from '../code-flow.testing.ts'

const hour = 3_600_000

describe('what is forgotten', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    await registerClient(service)
  })
  after(() => service.close())

  const kindsIn = async (table: string) =>
    (await sql<{ kind: string }>(service, `select distinct kind from ${table} order by kind`)).map(({ kind }) => kind)
  const afterHours = (hours: number) => service.rooms.oidc.forgetExpired(new Date(Date.now() + hours * hour))

  it('is a sign-in and an access token when they end, and a code and a refresh token a day later', async () => {
    const { device } = await enrol(service, (await addPerson(service)).id)
    const browser = service.browser()
    // Too long for its browser to keep.
    await arrive(service.browser(), { state: 'x'.repeat(2048), nonce: 'x'.repeat(2048) })
    const code = await getCode(browser, device, { scope: 'openid offline_access', prompt: 'consent' })
    const { body } = await redeem(service, code)
    await post(service, '/token', {
      grant_type: 'refresh_token',
      client_id: 'ward',
      refresh_token: String(body['refresh_token']),
    })

    await afterHours(0)
    assert.deepEqual(await kindsIn('oidc_transient'), ['AuthorizationCode', 'Interaction'])
    assert.deepEqual(await kindsIn('oidc_token'), ['AccessToken', 'RefreshToken'])

    await afterHours(13)
    assert.deepEqual(await kindsIn('oidc_transient'), ['AuthorizationCode'])
    assert.deepEqual(await kindsIn('oidc_token'), ['RefreshToken'])
    assert.equal((await redeem(service, code)).body['error'], 'invalid_grant')
    const [event] = await sql<{ why: string }>(
      service,
      `select details->>'why' as why from audit_event where type = 'tokens-revoked'`,
    )
    assert.equal(event?.why, 'used-twice')

    await afterHours(37)
    assert.deepEqual(await kindsIn('oidc_transient'), [])
    assert.deepEqual(await kindsIn('oidc_token'), [])
  })

  it('is a pushed request an hour after its minute: anybody may send them', async () => {
    await post(service, '/par', requestOf())
    await afterHours(1)
    assert.deepEqual(await kindsIn('oidc_transient'), ['PushedAuthorizationRequest'])
    await afterHours(1.1)
    assert.deepEqual(await kindsIn('oidc_transient'), [])
  })

  it('is no id that was used and is still good, by an instance whose clock is ahead', async () => {
    await sql(
      service,
      `insert into oidc_replay (hash, expires_at)
       values ('\\x01', now() + interval '10 minutes'), ('\\x02', now() - interval '1 second')`,
    )
    await afterHours(3)
    const left = await sql<{ hash: string }>(
      service,
      `select encode(hash, 'hex') as hash from oidc_replay where length(hash) = 1`,
    )
    assert.deepEqual(left, [{ hash: '01' }])
  })
})
