import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { IssuedInvitation, RaisedRequest, WholeRequest } from '@fobwatch/contracts'
import { type FakeClock, fakeClock } from '@fobwatch/testkit'
import { newId } from '#kernel'
import { postWith, sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'
import { type Agent, addAgent, raiseLink, requestsAs, saying } from './requests.testing.ts'

describe('a request', () => {
  let clock: FakeClock
  let service: TestService & { url: string; masterKey: string }
  let place: Places
  let agent: Agent
  let second: Agent
  let sponsor: Agent
  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
    place = await addPlaces(service)
    agent = await add('agent')
    second = await add('agent')
    sponsor = await add('sponsor')
  })
  after(() => service.close())

  const add = (duty: string, at = place.hospital) => addAgent(service, duty, at)
  const starter = (at = place.hospital) => addAt(service, at, { identityLevel: 3 })
  const link = (staffId: string, asked: object = { how: 'link' }) => ({ kind: 'enrol-level-3', staffId, asked })
  const whole = async (id: string, by = agent) => (await requestsAs(by).show(id)).json<WholeRequest>()
  const refusalsOf = async (actor: string) =>
    (
      await sql<{ why: string }>(
        service,
        `select details->>'why' as why from audit_event where type = 'desk-refused' and actor = $1 order by seq`,
        actor,
      )
    ).map(({ why }) => why)
  const eventsOf = async (id: string) =>
    (
      await sql<{ type: string }>(
        service,
        `select type from audit_event where details->>'request' = $1 and type like 'request-%' order by seq`,
        id,
      )
    ).map(({ type }) => type)
  /** Held and approved by a colleague. */
  const approve = async (id: string, by = second) => {
    assert.equal(saying(await requestsAs(by).hold(id)), '200')
    return requestsAs(by).approve(id)
  }

  it('goes from one to another and back: raised, held, approved, used', async () => {
    const person = await starter()
    const url = `/api/desk/people/${person.staffId}/invitations`
    assert.equal(saying(await agent.browser.postJson(url, { how: 'link' })), '409 second_person_needed')
    const raised = await requestsAs(agent).raise({ ...link(person.staffId), note: 'Starts on Monday.' })
    const { id } = raised.json<RaisedRequest>()
    const shown = await whole(id, second)
    assert.deepEqual(
      [shown.state, shown.mine, shown.mayDecide, shown.note, shown.about?.staffId, shown.organisation?.code],
      ['open', false, true, 'Starts on Monday.', person.staffId, 'ZZX01'],
    )
    assert.equal(saying(await approve(id)), '200')
    assert.deepEqual((await whole(id)).state, 'approved')
    const made = await agent.browser.postJson(url, { how: 'link', request: id })
    assert.match(made.json<IssuedInvitation>().url ?? '', /\/enrol#/)
    assert.equal((await whole(id)).state, 'done')
    assert.deepEqual(await eventsOf(id), ['request-raised', 'request-approved', 'request-used'])
  })

  it('line 42: asked for one thing is not used for another, and an approval is not used twice', async () => {
    const person = await starter()
    const id = await raiseLink(agent, person, 'in-person')
    await approve(id)
    const url = `/api/desk/people/${person.staffId}/invitations`
    const use = (how: string, by = agent) => by.browser.postJson(url, { how, request: id })
    assert.equal(saying(await use('link')), '409 request_not_approved')
    assert.equal(saying(await use('in-person', second)), '409 request_not_approved')
    assert.equal(saying(await use('in-person')), '200')
    assert.equal(saying(await use('in-person')), '409 request_not_approved')
    assert.equal(saying(await requestsAs(second).approve(id)), '409 request_not_open')
  })

  it('is not used after a day', async () => {
    const person = await starter()
    const quick = await add('agent')
    const id = await raiseLink(quick, person)
    await approve(id)
    await sql(service, `update request set expires_at = $2 where id = $1`, id, clock.now())
    const url = `/api/desk/people/${person.staffId}/invitations`
    const answer = await quick.browser.postJson(url, { how: 'link', request: id })
    assert.equal(saying(answer), '409 request_not_approved')
    assert.equal((await whole(id, quick)).state, 'expired')
  })

  describe('raised', () => {
    it('line 42: about oneself is refused, and one for oneself by anybody is not decided by oneself', async () => {
      const about = link(agent.person.staffId)
      assert.equal(saying(await requestsAs(agent).raise(about)), '403 not_allowed')
      await sql(service, 'update person set identity_level = 3 where id = $1', agent.person.id)
      const { id } = (await requestsAs(second).raise(about)).json<RaisedRequest>()
      for (const deed of ['hold', 'approve', 'reject'] as const)
        assert.equal(saying(await requestsAs(agent)[deed](id)), '403 not_allowed', deed)
    })

    it('line 42: outside their organisations is refused as if nobody were there', async () => {
      const outside = await starter(place.home)
      assert.equal(saying(await requestsAs(agent).raise(link(outside.staffId))), '404 not_found')
      assert.equal(saying(await requestsAs(agent).raise(link('123456789012'))), '404 not_found')
      assert.ok((await refusalsOf(agent.person.id)).includes('outside'))
      assert.equal(saying(await requestsAs(agent).raise(link((await starter(place.clinic)).staffId))), '200')
    })

    it('line 42: by a duty that does not allow it is refused', async () => {
      const person = await starter()
      for (const duty of ['sponsor', 'id-checker', 'local-administrator', 'service-operator']) {
        const answer = saying(await requestsAs(await add(duty)).raise(link(person.staffId)))
        assert.ok(['403 not_allowed', '404 not_found'].includes(answer), `${duty}: ${answer}`)
      }
    })

    it('line 42: for somebody with duties that one does not have is refused', async () => {
      const manager = await starter()
      await putAt(service, manager.id, place.hospital, { dutyCode: 'manager' })
      assert.equal(saying(await requestsAs(agent).raise(link(manager.staffId))), '403 not_allowed')
    })

    it('twice is refused while the first is open, and not when it was withdrawn', async () => {
      const person = await starter()
      const id = await raiseLink(agent, person)
      assert.equal(saying(await requestsAs(agent).raise(link(person.staffId))), '409 request_taken')
      assert.equal(saying(await requestsAs(agent).raise(link(person.staffId, { how: 'video' }))), '200')
      assert.equal(saying(await requestsAs(second).raise(link(person.staffId))), '200')
      assert.equal(saying(await requestsAs(agent).withdraw(id)), '204')
      assert.equal(saying(await requestsAs(agent).raise(link(person.staffId))), '200')
    })

    it('twice at the same time is raised once', async () => {
      const person = await starter()
      const answers = await Promise.all(Array.from({ length: 6 }, () => requestsAs(agent).raise(link(person.staffId))))
      assert.deepEqual(answers.map(saying).sort(), ['200', ...Array(5).fill('409 request_taken')])
    })

    it('line 40: in another form than the deed takes is refused', async () => {
      const { staffId } = await starter()
      for (const body of [
        {},
        { kind: 'enrol-level-3', staffId },
        { kind: 'enrol-level-3', asked: { how: 'link' } },
        { kind: 'enrol-level-3', staffId: '1', asked: { how: 'link' } },
        link(staffId, { how: 'post' }),
        link(staffId, { how: 'link', request: newId() }),
        link(staffId, { how: 'link', more: 1 }),
        { ...link(staffId), kind: 'become-manager' },
        { ...link(staffId), note: 'a\nb' },
        { ...link(staffId), note: 'x'.repeat(501) },
        { ...link(staffId), raisedBy: second.person.staffId },
        { kind: 'add-client', staffId, asked: {} },
      ])
        assert.equal(saying(await requestsAs(agent).raise(body)), '400 invalid_request', JSON.stringify(body))
    })

    it('about somebody who has left is refused', async () => {
      const person = await starter()
      await sql(service, `update person set status = 'suspended' where id = $1`, person.id)
      assert.equal(saying(await requestsAs(agent).raise(link(person.staffId))), '409 person_not_so')
    })
  })

  describe('held', () => {
    it('is kept from others for 15 minutes, and then whoever opens it has it', async () => {
      const id = await raiseLink(agent, await starter())
      assert.equal(saying(await requestsAs(second).hold(id)), '200')
      assert.equal(saying(await requestsAs(second).hold(id)), '200')
      assert.equal(saying(await requestsAs(sponsor).hold(id)), '409 request_held')
      assert.equal(saying(await requestsAs(sponsor).approve(id)), '409 request_held')
      assert.deepEqual([(await whole(id)).heldBy, (await whole(id, second)).held], ['Duty agent', true])
      await sql(service, 'update request set held_until = $2 where id = $1', id, clock.now())
      assert.equal(saying(await requestsAs(second).approve(id)), '409 request_not_held')
      assert.equal(saying(await requestsAs(sponsor).hold(id)), '200')
      assert.equal(saying(await requestsAs(second).hold(id)), '409 request_held')
      assert.equal(saying(await requestsAs(sponsor).approve(id)), '200')
    })

    it('is let go of by whoever holds it, and by nobody else', async () => {
      const id = await raiseLink(agent, await starter())
      const letGo = (by: Agent) =>
        service.app.inject({
          method: 'DELETE',
          url: `/api/desk/requests/${id}/hold`,
          headers: {
            cookie: by.browser.cookieHeader('http://localhost:3000/api/desk/requests'),
            origin: 'http://localhost:3000',
          },
        })
      await requestsAs(second).hold(id)
      assert.equal((await letGo(sponsor)).statusCode, 204)
      assert.equal((await whole(id)).heldBy, 'Duty agent')
      assert.equal((await letGo(second)).statusCode, 204)
      assert.equal((await whole(id)).heldBy, null)
      assert.equal(saying(await requestsAs(second).approve(id)), '409 request_not_held')
    })

    it('by many at the same time is held by one', async () => {
      const id = await raiseLink(agent, await starter())
      const others = [second, sponsor, ...(await Promise.all([add('agent'), add('manager')]))]
      const answers = await Promise.all(others.map((by) => requestsAs(by).hold(id)))
      assert.deepEqual(answers.map(saying).sort(), ['200', ...Array(3).fill('409 request_held')])
    })
  })

  describe('decided', () => {
    it('line 42: by whoever raised it is refused, in another session of theirs too', async () => {
      const id = await raiseLink(agent, await starter())
      const own = requestsAs(agent)
      for (const deed of ['hold', 'approve', 'reject'] as const)
        assert.equal(saying(await own[deed](id)), '403 not_allowed', deed)
      assert.ok((await refusalsOf(agent.person.id)).includes('own-request'))
      await assert.rejects(
        sql(service, `update request set status = 'approved', decided_by = raised_by where id = $1`, id),
        /request_second_person/,
      )
    })

    it('line 42: by a second profile of whoever raised it is refused', async () => {
      const email = `${newId()}@fernbrook.example`
      const one = await addAgent(service, 'agent', place.hospital, { email })
      const other = await addAgent(service, 'agent', place.hospital, { email: email.toUpperCase() })
      const id = await raiseLink(one, await starter())
      assert.equal(saying(await requestsAs(other).hold(id)), '403 not_allowed')
      assert.deepEqual(
        (await requestsAs(other).list('?limit=100')).rows.filter((row) => row.id === id),
        [],
      )

      const [registered, again] = [await add('agent'), await add('agent')]
      await service.store.inTransaction(async (tx) => {
        for (const { person } of [registered, again])
          await service.rooms.people.keepMembership(tx, person.id, { body: 'nmc', number: 'TEST0099N' })
      })
      const theirs = await raiseLink(registered, await starter())
      assert.equal(saying(await requestsAs(again).hold(theirs)), '403 not_allowed')
    })

    it('line 42: after losing the duty, or by an old session, is refused', async () => {
      const late = await add('agent')
      const id = await raiseLink(agent, await starter())
      await requestsAs(late).hold(id)
      await sql(service, 'update assignment set ended_at = $2 where id = $1', late.held, clock.now())
      assert.equal(saying(await requestsAs(late).approve(id)), '403 not_allowed')
      const gone = await add('agent')
      const other = await raiseLink(agent, await starter())
      await requestsAs(gone).hold(other)
      await sql(service, `update authenticator set status = 'suspended' where id = $1`, gone.authenticatorId)
      assert.equal(saying(await requestsAs(gone).approve(other)), '401 not_signed_in')
    })

    it('line 42: with a duty elsewhere is refused as if it were not there', async () => {
      const id = await raiseLink(agent, await starter())
      for (const by of [await add('manager', place.home), await add('agent', place.clinic), await add('id-checker')])
        for (const deed of ['show', 'hold', 'approve', 'reject'] as const)
          assert.equal(saying(await requestsAs(by)[deed](id)), '404 not_found', deed)
    })

    it('line 42: for a person with duties that the decider does not have is refused', async () => {
      const manager = await add('manager')
      const other = await starter()
      await putAt(service, other.id, place.hospital, { dutyCode: 'manager' })
      const id = await raiseLink(manager, other)
      assert.equal(saying(await requestsAs(second).hold(id)), '403 not_allowed')
      assert.equal(saying(await requestsAs(sponsor).hold(id)), '403 not_allowed')
      assert.equal(saying(await approve(id, await add('manager'))), '200')
    })

    it('line 42: what its raiser may not do any more is not approved, and can be rejected', async () => {
      const former = await add('agent')
      const id = await raiseLink(former, await starter())
      await sql(service, 'update assignment set ended_at = $2 where id = $1', former.held, clock.now())
      assert.equal(saying(await approve(id)), '409 request_not_open')
      assert.equal(saying(await requestsAs(second).reject(id)), '200')
    })

    it('against it takes a reason, which its raiser reads', async () => {
      const id = await raiseLink(agent, await starter())
      await requestsAs(second).hold(id)
      for (const body of [{}, { because: '' }, { because: ' ' }, { because: 7 }])
        assert.equal(saying(await requestsAs(second).reject(id, body)), '400 invalid_request')
      assert.equal(saying(await requestsAs(second).reject(id, { because: 'Not who they say.' })), '200')
      const { state, because, decidedBy } = await whole(id)
      assert.deepEqual([state, because, decidedBy], ['rejected', 'Not who they say.', 'Duty agent'])
      assert.deepEqual(await eventsOf(id), ['request-raised', 'request-rejected'])
      assert.equal(saying(await requestsAs(second).approve(id)), '409 request_not_open')
    })

    it('line 42: by two at the same time, at two instances, is decided once', async () => {
      const there = await startService({ beside: service, now: clock.now })
      for (let times = 0; times < 5; times += 1) {
        const id = await raiseLink(agent, await starter())
        await requestsAs(second).hold(id)
        const path = (deed: string) => `/api/desk/requests/${id}/${deed}`
        const answers = await Promise.all([
          postWith(service, second.browser, path('approve'), {}),
          postWith(there, second.browser, path('reject'), { because: 'No.' }),
          postWith(there, second.browser, path('approve'), {}),
          postWith(service, second.browser, path('reject'), { because: 'No.' }),
        ])
        const said = answers.map(({ status, body }) => (status === 200 ? '200' : `${status} ${body['error']}`))
        assert.deepEqual(said.sort(), ['200', ...Array(3).fill('409 request_not_open')])
        assert.equal((await eventsOf(id)).length, 2)
      }
      await there.close()
    })
  })

  describe('dead', () => {
    it('is one whose raiser left, whose device was lost, or whose person left', async () => {
      const endings: [string, (raiser: Agent, person: string) => unknown][] = [
        ['raiser', ({ person }) => sql(service, `update person set status = 'closed' where id = $1`, person.id)],
        [
          'device',
          ({ authenticatorId }) =>
            sql(service, `update authenticator set status = 'suspended' where id = $1`, authenticatorId),
        ],
        ['person', (_, id) => sql(service, `update person set status = 'suspended' where id = $1`, id)],
      ]
      for (const [what, end] of endings) {
        const [raiser, person] = [await add('agent'), await starter()]
        const id = await raiseLink(raiser, person)
        await requestsAs(second).hold(id)
        await end(raiser, person.id)
        assert.equal(saying(await requestsAs(second).approve(id)), '409 request_not_open', what)
        assert.equal(saying(await requestsAs(second).hold(id)), '409 request_not_open', what)
        assert.ok(!(await requestsAs(second).list('?limit=100')).rows.some((row) => row.id === id), what)
      }
    })

    it('is one that is 30 days old', async () => {
      const id = await raiseLink(agent, await starter())
      await sql(service, 'update request set expires_at = $2 where id = $1', id, clock.now())
      assert.equal(saying(await requestsAs(second).hold(id)), '409 request_not_open')
      assert.equal((await whole(id)).state, 'expired')
    })

    it('is whatever a leaver asked for, and whatever was asked about them, once that is cancelled', async () => {
      const leaver = await add('agent')
      const ids = [await raiseLink(leaver, await starter()), await raiseLink(agent, leaver.person)]
      await approve(ids[0] as string)
      const count = await service.store.inTransaction((tx) =>
        service.rooms.registrationAuthority.cancelRequestsAbout(tx, leaver.person.id),
      )
      assert.equal(count, 2)
      for (const id of ids) assert.equal((await eventsOf(id)).at(-1), 'request-cancelled')
      assert.equal((await whole(ids[1] as string)).state, 'cancelled')
    })

    it('is one that its raiser withdrew, and nobody else can', async () => {
      const id = await raiseLink(agent, await starter())
      assert.equal(saying(await requestsAs(second).withdraw(id)), '404 not_found')
      assert.equal(saying(await requestsAs(agent).withdraw(id)), '204')
      assert.equal(saying(await requestsAs(agent).withdraw(id)), '409 request_not_open')
      assert.equal(saying(await requestsAs(second).hold(id)), '409 request_not_open')
    })
  })
})
