import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { findCommand, readWords } from '#commands'
import { recoveryCommands } from '#recovery'
import { addSignedOn, post, redeem, type SignedOn } from '../oidc/code-flow.testing.ts'
import { addAgent, raiseLink, requestsAs } from '../registration-authority/requests/requests.testing.ts'
import { inviteCode, registerClient, signInHere, sql, startService, type TestService } from '../service.testing.ts'

describe('a database that comes from a backup', () => {
  let service: TestService
  let person: SignedOn
  let code: string
  let requestId: string
  let said: string
  const count = async (rows: string) =>
    (await sql<{ count: number }>(service, `select count(*) from ${rows}`))[0]?.count

  before(async () => {
    service = await startService()
    await registerClient(service)
    person = await addSignedOn(service)
    code = await inviteCode(service, person.person.id)
    const place = await service.store.inTransaction((tx) =>
      service.rooms.access.addOrganisation(tx, { code: 'ZZR01', name: 'Recovery Hospital (fictional)' }),
    )
    const [one, other] = [await addAgent(service, 'manager', place), await addAgent(service, 'manager', place)]
    const { person: someone } = await addAgent(service, 'agent', place)
    requestId = await raiseLink(one, someone)
    await requestsAs(other).hold(requestId)
    await requestsAs(other).approve(requestId)
    await service.browser().postJson('/sign-in/fobwatch/options', {})

    const { command, rest } = findCommand(recoveryCommands, ['after-restore'])
    assert.ok(command)
    said = String(await command.run(service.rooms.recovery, readWords(command, rest)))
  })
  after(() => service.close())

  it('has no session left that is alive, and tells the applications of each', async () => {
    assert.equal((await person.browser.get('/api/session')).status, 401)
    assert.equal(await count('session where ended_at is null'), 0)
    const told = await sql<{ client: string }>(
      service,
      `select fact->>'client' as client from outbox where kind = 'session-ended' and fact->>'why' = 'restored'`,
    )
    assert.deepEqual(told, [{ client: 'ward' }])
  })

  it('takes no code, refresh token or access token from before', async () => {
    const { refreshToken, accessToken } = person
    assert.equal((await redeem(service, person.code)).body['error'], 'invalid_grant')
    const refreshed = await post(service, '/token', {
      grant_type: 'refresh_token',
      client_id: 'ward',
      refresh_token: refreshToken,
    })
    assert.equal(refreshed.body['error'], 'invalid_grant')
    const headers = { authorization: `Bearer ${accessToken}` }
    assert.equal((await service.app.inject({ url: '/userinfo', headers })).statusCode, 401)
  })

  it('sets up no device with a link from before, nor with one that was used and could be undone', async () => {
    const page = await service.browser().postJson('/api/enrolment/options', { code })
    assert.equal(page.status, 410)
    assert.equal(await count('invitation where voided_at is null and undone_at is null and expires_at > now()'), 0)
  })

  it('has no request left that could be approved or used', async () => {
    const [request] = await sql<{ status: string }>(service, 'select status from request where id = $1', requestId)
    assert.equal(request?.status, 'cancelled')
    assert.equal(
      await count(`audit_event where type = 'request-cancelled' and details->>'request' = '${requestId}'`),
      1,
    )
  })

  it('has no challenge left that somebody could answer', async () => {
    assert.equal(await count('challenge'), 0)
  })

  it('says what was ended, and of which time it is, and keeps that in the log', async () => {
    assert.match(said, /^Ended: 4 sessions, \d+ tokens, 1 links, codes and passes, 1 requests\.$/m)
    const [event] = await sql<{ details: Record<string, unknown> }>(
      service,
      `select details from audit_event where type = 'database-restored'`,
    )
    assert.match(said, new RegExp(`is of ${RegExp.escape(String(event?.details['knownUntil']))}\\.`))
    assert.deepEqual([event?.details['sessions'], event?.details['invitations']], [4, 1])
  })

  it('lets people in again with the devices that it knows, and takes being told twice', async () => {
    const browser = await signInHere(service, person.device)
    assert.equal((await browser.get('/api/session')).status, 200)
    const again = await service.rooms.recovery.afterRestore()
    assert.deepEqual([again.sessions, again.requests], [1, 0])
    const third = await service.rooms.recovery.afterRestore()
    assert.deepEqual(
      [third.sessions, third.knownUntil],
      [0, again.knownUntil],
      'of the same time, where nothing happened',
    )
  })
})
