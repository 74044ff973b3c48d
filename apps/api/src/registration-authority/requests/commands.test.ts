import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { isRefusal } from '#kernel'
import { sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places } from '../desk.testing.ts'
import { requestCommands } from './commands.ts'
import { type Agent, addAgent, raiseLink, requestsAs, saying } from './requests.testing.ts'

describe('the commands about requests', () => {
  let service: TestService
  let place: Places
  let agent: Agent
  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    agent = await addAgent(service, 'manager', place.hospital)
  })
  after(() => service.close())

  const run = async (name: string, operands: string[] = [], options: Record<string, string> = {}) => {
    const found = requestCommands.find((each) => each.name === `requests ${name}`)
    const answer = await found?.run(service.rooms.registrationAuthority, { operands, options } as never)
    return String(answer)
  }
  const raise = async () => {
    const person = await addAt(service, place.hospital, { identityLevel: 3 })
    return { person, id: await raiseLink(agent, person) }
  }

  it('list what is open, the first due first, and show one with what it asks for', async () => {
    const [{ id, person }, later] = [await raise(), await raise()]
    const rows = (await run('list')).trim().split('\n')
    assert.deepEqual(
      rows.map((row) => row.split('\t')[0]),
      [id, later.id],
    )
    assert.match(rows[0] ?? '', new RegExp(`enrol-level-3\topen\t${person.staffId}\tZZX01\t${agent.person.staffId}\t`))
    const shown = JSON.parse(await run('show', [id]))
    assert.deepEqual([shown.id, shown.asked, shown.decidedBy], [id, { how: 'link' }, null])
    assert.equal(await run('list', [], { state: 'rejected' }), 'There are none.\n')
  })

  it('approve as the second person, so that a single manager is not stuck; recorded as by command', async () => {
    const { id, person } = await raise()
    assert.match(await run('approve', [id]), /within 24 hours/)
    const url = `/api/desk/people/${person.staffId}/invitations`
    assert.equal(saying(await agent.browser.postJson(url, { how: 'link', request: id })), '200')
    const [event] = await sql<{ actor: string | null; by: string }>(
      service,
      `select actor, details->>'by' as by from audit_event where type = 'request-approved' and details->>'request' = $1`,
      id,
    )
    assert.deepEqual(event, { actor: null, by: 'command' })
  })

  it('reject with a reason, and not without', async () => {
    const { id } = await raise()
    await assert.rejects(run('reject', [id]), /--because/)
    assert.equal(await run('reject', [id], { because: 'Nobody knows them.' }), 'Rejected.\n')
    await assert.rejects(run('approve', [id]), (error) => isRefusal(error, 'request_not_open'))
  })

  it('decide nothing that somebody is looking at', async () => {
    const { id } = await raise()
    const second = await addAgent(service, 'agent', place.hospital)
    assert.equal(saying(await requestsAs(second).hold(id)), '200')
    await assert.rejects(run('approve', [id]), (error) => isRefusal(error, 'request_held'))
  })

  it('line 42: approve nothing whose raiser may not do it any more', async () => {
    const former = await addAgent(service, 'agent', place.hospital)
    const id = await raiseLink(former, await addAt(service, place.hospital, { identityLevel: 3 }))
    await sql(service, 'update assignment set ended_at = now() where id = $1', former.held)
    await assert.rejects(run('approve', [id]), (error) => isRefusal(error, 'request_not_open'))
  })

  it('say what is wrong with what they are given', async () => {
    await assert.rejects(run('show', ['x']), /ID is of a request/)
    await assert.rejects(run('list', [], { state: 'lost' }), /--state must be/)
    const missing = '00000000-0000-4000-8000-000000000000'
    for (const name of ['show', 'approve'])
      await assert.rejects(run(name, [missing]), (error) => isRefusal(error, 'not_found'))
  })
})
