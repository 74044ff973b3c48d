import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { RequestOptions } from '@fobwatch/contracts'
import { fakeClock } from '@fobwatch/testkit'
import { getCode, redeem } from './oidc/code-flow.testing.ts'
import { addPerson, enrol, issuer, registerClient, sql, startService, type TestService } from './service.testing.ts'

describe('a clock that is set forward and back', () => {
  const clock = fakeClock(new Date())
  let service: TestService
  before(async () => {
    service = await startService({ now: clock.now })
    await registerClient(service)
  })
  after(() => service.close())
  const forget = () => service.rooms.oidc.forgetExpired(clock.now())
  const thereAndBack = async () => {
    clock.advance({ hours: 1 })
    await forget()
    clock.advance({ hours: -1 })
  }

  it('makes no code usable again', async () => {
    const { device } = await enrol(service, (await addPerson(service)).id)
    const code = await getCode(service.browser(), device)
    assert.equal((await redeem(service, code)).status, 200)
    await thereAndBack()
    assert.equal((await redeem(service, code)).body['error'], 'invalid_grant')
  })

  it('makes no answer to a challenge usable again', async () => {
    const { device } = await enrol(service, (await addPerson(service)).id)
    const browser = service.browser()
    const { challenge } = (await browser.postJson('/sign-in/fobwatch/options', {})).json<RequestOptions>()
    const response = device.authenticate({ challenge, rpId: 'localhost' }, { origin: issuer })
    assert.equal((await browser.postJson('/sign-in/fobwatch/assertion', { response })).status, 200)
    await thereAndBack()
    assert.notEqual((await browser.postJson('/sign-in/fobwatch/assertion', { response })).status, 200)
  })

  it('forgets no id of a proof or an assertion that would be good again', async () => {
    const now = clock.now().getTime()
    const remember = `insert into oidc_replay (hash, expires_at) values ('\\x01', $1), ('\\x02', $2)`
    await sql(service, remember, new Date(now + 300_000), new Date(now - 3 * 3_600_000))
    await thereAndBack()
    const left = await sql<{ id: string }>(
      service,
      `select encode(hash, 'hex') as id from oidc_replay where length(hash) = 1`,
    )
    assert.deepEqual(left, [{ id: '01' }])
  })

  it('seals the log in the order of its events, and the log verifies', async () => {
    const { auditChain } = service.rooms
    await addPerson(service)
    await auditChain.seal()
    clock.advance({ hours: -1 })
    await enrol(service, (await addPerson(service)).id)
    await auditChain.seal()
    clock.advance({ hours: 1 })
    await auditChain.checkPart()
    assert.deepEqual(
      await sql(
        service,
        'select count(*) from audit_event e where not exists (select from audit_leaf l where l.seq = e.seq)',
      ),
      [{ count: 0 }],
    )
  })
})
