import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { byRequestKinds, type RequestKind, requestKinds } from '@fobwatch/contracts'
import { newId } from '#kernel'
import type { Person } from '#people'
import { enrol, sql, startService, type TestService } from '../../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../../desk.testing.ts'
import { type Agent, addAgent, raiseLink, requestsAs, saying } from '../requests.testing.ts'
import { isAboutNobody } from '../rules.ts'

const duties = [
  'manager',
  'advanced-agent',
  'agent',
  'sponsor',
  'id-checker',
  'local-administrator',
  'service-operator',
]

describe('the lists of requests', () => {
  let service: TestService
  let place: Places
  let agent: Agent
  let second: Agent
  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    agent = await addAgent(service, 'agent', place.hospital)
    second = await addAgent(service, 'agent', place.hospital)
  })
  after(() => service.close())

  const starter = () => addAt(service, place.hospital, { identityLevel: 3 })
  const idsIn = async (by: Agent, query = '') => (await requestsAs(by).list(query)).rows.map(({ id }) => id)

  it('are of what one may decide, what one raised, and what was closed', async () => {
    const [first, other] = [await raiseLink(agent, await starter()), await raiseLink(agent, await starter())]
    assert.deepEqual(await idsIn(second), [first, other])
    assert.deepEqual(await idsIn(agent), [])
    assert.deepEqual((await idsIn(agent, '?list=mine')).sort(), [first, other].sort())
    await requestsAs(second).hold(first)
    const [held] = (await requestsAs(second).list()).rows
    assert.deepEqual([held?.held, held?.mayDecide, held?.mine], [true, true, false])
    await requestsAs(second).reject(first)
    assert.deepEqual(await idsIn(second), [other])
    assert.deepEqual(await idsIn(second, '?list=closed'), [first])
    assert.deepEqual(await idsIn(second, '?list=closed&state=withdrawn'), [])
    assert.deepEqual(await idsIn(second, '?list=closed&state=rejected&kind=enrol-level-3'), [first])
    assert.deepEqual(await idsIn(second, '?kind=give-duty'), [])
    await sql(service, `update request set closed_at = now() - interval '31 days' where id = $1`, first)
    assert.deepEqual(await idsIn(second, '?list=closed'), [])
    assert.deepEqual(await idsIn(agent, '?list=mine'), [other])
    await requestsAs(agent).withdraw(other)
  })

  it('come in pages that lose nothing and show nothing twice, the first due first', async () => {
    const raised: string[] = []
    for (let n = 0; n < 7; n += 1) raised.push(await raiseLink(agent, await starter()))
    // Due at the same moment: the id decides.
    await sql(
      service,
      `update request set expires_at = now() + interval '1 day' where id = any($1)`,
      raised.slice(2, 5),
    )
    const seen: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const page = await requestsAs(second).list(`?limit=2${after && `&after=${after}`}`)
      assert.equal(page.total, 7)
      seen.push(...page.rows.map(({ id }) => id))
      after = page.next
    }
    assert.deepEqual([...seen].sort(), [...raised].sort())
    assert.deepEqual(seen.slice(0, 3).sort(), raised.slice(2, 5).sort())
    for (const id of raised) await requestsAs(agent).withdraw(id)
  })

  it('line 40: take no SQL, no JSON and no invention for a filter, a cursor or a limit', async () => {
    for (const query of [
      "kind=give-duty'--",
      'kind=["give-duty"]',
      'state=open;drop',
      'list=all',
      'after=1',
      "after=1.' or 1=1",
      `after=99999999999999999.${newId()}`,
      'limit=0',
      'limit=101',
      'limit=1e3',
      'sort=note',
      'kind[$ne]=x',
    ])
      assert.equal(
        saying(await agent.browser.get(`/api/desk/requests?${encodeURI(query)}`)),
        '400 invalid_request',
        query,
      )
  })

  /** A request of any kind, as nobody would raise it who does not have to: it need only be decided. */
  const insert = async (kind: RequestKind, about: Person, raiser: { person: Person; authenticatorId: string }) => {
    const id = newId()
    const nobody = isAboutNobody(kind)
    await sql(
      service,
      `insert into request (id, kind, organisation_id, person_id, duty_code, asked, raised_by, raised_with, raised_at,
         expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, now(), now() + interval '1 day')`,
      ...[id, kind, nobody ? null : place.hospital, nobody ? null : about.id, kind === 'give-duty' ? 'agent' : null],
      ...[kind === 'raise-identity-level' ? '{"level":3}' : '{}', raiser.person.id, raiser.authenticatorId],
    )
    return id
  }

  it('show exactly what may be held: for every kind and duty, here, above and beside', async () => {
    const manager = await addAgent(service, 'manager', place.hospital, { identityLevel: 3 })
    for (const at of [place.hospital, place.home])
      await putAt(service, manager.person.id, at, { dutyCode: 'service-operator' })
    const about = await starter()
    const ofDuty = await starter()
    await putAt(service, ofDuty.id, place.hospital, { dutyCode: 'agent' })
    const closed = await starter()
    await sql(service, `update person set status = 'closed' where id = $1`, closed.id)
    const requests = new Map<string, RequestKind>()
    for (const kind of requestKinds)
      for (const person of kind === 'reopen-person' ? [closed] : [about, ofDuty])
        requests.set(await insert(kind, person, manager), kind)

    const may: Record<string, number> = {}
    for (const duty of duties)
      for (const [where, at] of Object.entries(place)) {
        const decider = await addAgent(service, duty, at, { identityLevel: duty === 'agent' ? 2 : 3 })
        const listed = new Set(await idsIn(decider, '?limit=100'))
        for (const [id, kind] of requests) {
          const held = saying(await requestsAs(decider).hold(id))
          assert.equal(held === '200', listed.has(id), `${kind} by ${duty} at ${where}: ${held}`)
          if (held === '200')
            await sql(service, 'update request set held_by = null, held_until = null where id = $1', id)
        }
        may[`${duty} ${where}`] = listed.size
      }
    const all = requests.size - 4
    assert.deepEqual(Object.fromEntries(Object.entries(may).filter(([, count]) => count > 0)), {
      'manager hospital': all,
      'advanced-agent hospital': all,
      'agent hospital': all - 2,
      'sponsor hospital': 3,
    })
    assert.equal(byRequestKinds.length, 6)
  })

  it('show a service operator over everybody what concerns everybody', async () => {
    const operators = []
    for (const email of [`${newId()}@a.example`, `${newId()}@b.example`]) {
      const operator = await addAgent(service, 'service-operator', place.hospital, { email })
      await putAt(service, operator.person.id, place.home, { dutyCode: 'service-operator' })
      operators.push(operator)
    }
    const [one, other] = operators as [Agent, Agent]
    const id = await insert('add-client', one.person, one)
    assert.ok((await idsIn(other)).includes(id))
    assert.ok(!(await idsIn(one)).includes(id))
    const half = await addAgent(service, 'service-operator', place.hospital)
    assert.ok(!(await idsIn(half)).includes(id))
    assert.equal(saying(await requestsAs(other).hold(id)), '200')
    assert.equal(saying(await requestsAs(other).approve(id)), '200')
    await enrol(service, one.person.id)
  })
})
