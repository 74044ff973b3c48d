import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CreationOptions, FoundPeople, IssuedInvitation } from '@fobwatch/contracts'
import { statement } from '@fobwatch/store'
import { createSoftwareAuthenticator } from '@fobwatch/testkit'
import {
  assertAt,
  enrol,
  inviteCode,
  issuer,
  queueFor,
  signInHere,
  sql,
  startService,
  type TestService,
  untilBlocked,
} from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'
import { type Agent, profileOf, saying, withDuty } from './people.testing.ts'

const lockDevice = statement<[string]>('', 'select from authenticator where id = $1 for update')
const lockLinks = statement<[string]>('', 'select from invitation where person_id = $1 for update')

const nurse = { roleCode: 'S8000:G8000:R8001' }

describe('the life of a profile at the desk', () => {
  let service: TestService
  let place: Places
  let agent: Agent
  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    agent = await withDuty(service, 'agent', place.hospital, { identityLevel: 3 })
  })
  after(() => service.close())

  type Step = 'suspend' | 'reinstate' | 'close' | 'reopen'
  const bodies = { suspend: { because: 'leave' }, reinstate: {}, close: { because: 'left' }, reopen: { note: 'Back' } }
  const step = async (what: Step, staffId: string, by = agent, body: object = bodies[what]) =>
    saying(await by.browser.postJson(`/api/desk/people/${staffId}/${what}`, body))
  /** A nurse at the clinic who is logged in. */
  const working = async () => {
    const person = await addAt(service, place.clinic)
    await putAt(service, person.id, place.clinic, nurse)
    const { device, enrolled } = await enrol(service, person.id)
    return { person, device, enrolled, browser: await signInHere(service, device), staffId: person.staffId }
  }
  const isIn = async ({ browser }: Pick<Agent, 'browser'>) => (await browser.get('/api/session')).status === 200
  const signIn = async (device: Agent['device']) => saying(await assertAt(service.browser(), 'fobwatch', device))
  const rolesOf = async (personId: string) => (await service.rooms.access.rolesOf(personId)).length
  const typesOf = async (personId: string) => (await service.rooms.audit.eventsOf(personId)).map(({ type }) => type)

  it('pauses a person: their session is over at once, their device logs nobody in, and all is theirs again after', async () => {
    const { person, device, staffId, ...rest } = await working()
    assert.equal(await step('suspend', staffId, agent, { because: 'concern', note: 'Badge found on a train' }), '204')
    assert.equal(await isIn(rest), false)
    assert.equal(await signIn(device), '400 sign_in_refused')
    assert.equal(await rolesOf(person.id), 0)
    const { standing } = await profileOf(agent, staffId)
    assert.deepEqual(
      [standing.status, standing.because, standing.note, standing.by],
      ['suspended', 'concern', 'Badge found on a train', 'Duty agent'],
    )
    assert.equal(await step('reinstate', staffId), '204')
    assert.equal(await isIn(rest), false, 'a session that ended does not come back')
    assert.equal(await signIn(device), '200')
    assert.equal(await rolesOf(person.id), 1)
    const told = (await typesOf(person.id)).filter((type) => type.startsWith('person-'))
    assert.deepEqual(told, ['person-created', 'person-suspended', 'person-viewed', 'person-reinstated'])
  })

  it('line 1: leaves nobody logged in after a pause who was logging in when it began', async () => {
    const { device, enrolled, staffId } = await working()
    const browser = service.browser()
    // The log in is stopped when it has looked at its person, and the pause comes before it.
    const { loggingIn } = await service.store.inTransaction(async (tx) => {
      await service.store.run(lockDevice, [enrolled.id], tx)
      const loggingIn = assertAt(browser, 'fobwatch', device)
      await untilBlocked(service, 1)
      assert.equal(await step('suspend', staffId), '204')
      return { loggingIn }
    })
    assert.equal((await loggingIn).status, 200)
    assert.equal(await isIn({ browser }), false)
    assert.equal(await step('reinstate', staffId), '204')
    assert.equal(await isIn({ browser }), false)
  })

  it('line 17: closes a person: session, device, link, position and request are over at once', async () => {
    const { person, device, enrolled, staffId, ...rest } = await working()
    const code = await inviteCode(service, person.id)
    await sql(
      service,
      `insert into request (id, kind, organisation_id, person_id, asked, raised_by, raised_with, raised_at, status, expires_at)
       values (gen_random_uuid(), 'change-details', $1, $2, '{}', $3, $4, now(), 'open', now() + interval '1 day')`,
      ...[place.clinic, person.id, agent.person.id, agent.authenticatorId],
    )
    assert.equal(await step('close', staffId), '204')

    assert.equal(await isIn(rest), false)
    assert.equal(await signIn(device), '400 sign_in_refused')
    const opened = await service.browser().postJson('/api/enrolment/invitation', { code })
    assert.match(saying(opened), /invitation_(replaced|unknown)/)
    const rows = await sql<{ what: string; state: string }>(
      service,
      `select 'device' as what, status || ' ' || status_reason as state from authenticator where person_id = $1
       union all select 'session', ended_why from session where person_id = $1
       union all select 'position', (ended_at is not null)::text from assignment where person_id = $1
       union all select 'request', status from request where person_id = $1
       union all select 'link', (voided_at is not null)::text from invitation where person_id = $1 and spent_at is null
       order by what`,
      person.id,
    )
    assert.deepEqual(
      rows.map(({ what, state }) => `${what} ${state}`),
      ['device revoked left', 'link true', 'position true', 'request cancelled', 'session person-closed'],
    )
    for (const type of [
      'person-closed',
      'authenticator-revoked',
      'invitations-voided',
      'assignment-ended',
      'request-cancelled',
    ])
      assert.ok((await typesOf(person.id)).includes(type), type)
    assert.ok(enrolled.id)
  })

  it('brings back the person and nothing else, to where they were; they need a new link and a new position', async () => {
    const { person, device, staffId } = await working()
    await step('close', staffId)
    const found = async () => {
      const page = await agent.browser.get(`/api/desk/people?search=${staffId}`)
      return page.json<FoundPeople>().people.map(({ status }) => status)
    }
    assert.deepEqual(await found(), ['closed'], 'the place that they left finds them, to bring them back')
    assert.equal(await step('reopen', staffId, agent, {}), '400 invalid_request')
    assert.equal(await step('reopen', staffId), '204')
    assert.deepEqual(await found(), ['active'])
    assert.equal(await signIn(device), '400 credential_removed')
    assert.equal(await rolesOf(person.id), 0)

    const link = await agent.browser.postJson(`/api/desk/people/${staffId}/invitations`, { how: 'link' })
    assert.equal(link.status, 200, link.body)
    assert.ok(link.json<IssuedInvitation>().url)
    const anew = await enrol(service, person.id)
    assert.equal(await signIn(anew.device), '200')
    await putAt(service, person.id, place.clinic, nurse)
    assert.equal(await rolesOf(person.id), 1)
  })

  it('brings nobody back to a place that is not the agent’s', async () => {
    const { person, staffId } = await working()
    await putAt(service, person.id, place.home, nurse)
    await step('close', staffId)
    await step('reopen', staffId)
    const beside = await withDuty(service, 'agent', place.home)
    assert.equal(saying(await beside.browser.get(`/api/desk/people/${staffId}`)), '404 not_found')
  })

  it('finds nobody closed at a place that they had left before', async () => {
    const { person, staffId } = await working()
    const old = await putAt(service, person.id, place.home, nurse)
    await sql(service, "update assignment set ended_at = now() - interval '1 day' where id = $1", old)
    await step('close', staffId)
    const beside = await withDuty(service, 'agent', place.home)
    assert.equal(await step('reopen', staffId, beside), '404 not_found')
  })

  it('goes from one state to the next and no other way, however many press at once', async () => {
    const { staffId } = await addAt(service, place.clinic)
    assert.equal(await step('reinstate', staffId), '409 person_not_so')
    assert.equal(await step('reopen', staffId), '409 person_not_so')
    const closing = await Promise.all(Array.from({ length: 4 }, () => step('close', staffId)))
    assert.deepEqual(closing.toSorted(), ['204', ...Array(3).fill('409 person_not_so')])
    assert.equal(await step('suspend', staffId), '409 person_not_so')
  })

  it('line 1: leaves no device behind of a link that was being used while its person was closed', async () => {
    const person = await addAt(service, place.clinic)
    const browser = service.browser()
    const code = await inviteCode(service, person.id)
    const options = (await browser.postJson('/api/enrolment/options', { code })).json<CreationOptions>()
    const response = createSoftwareAuthenticator().register(options, { origin: issuer })
    // The device is stopped just before it spends its link, and the closing comes behind it.
    const answers = await service.store.inTransaction(async (tx) => {
      await service.store.run(lockLinks, [person.id], tx)
      const using = browser.postJson('/api/enrolment', { code, response })
      await untilBlocked(service, 1)
      const closing = step('close', person.staffId)
      await untilBlocked(service, 2)
      return { using, closing }
    })
    assert.equal((await answers.using).status, 200)
    assert.equal(await answers.closing, '204')
    const live = await sql(service, "select from authenticator where person_id = $1 and status <> 'revoked'", person.id)
    assert.equal(live.length, 0)
  })

  it('line 1: gives nothing by command to somebody who is closed at that moment', async () => {
    const { inviteByCommand, becomeFirstManager } = service.rooms.registrationAuthority
    for (const give of [inviteByCommand, (staffId: string) => becomeFirstManager(staffId, 'ZZX01')]) {
      const person = await addAt(service, place.clinic)
      const given = () =>
        give(person.staffId).then(
          () => 'given',
          ({ code }: { code: string }) => code,
        )
      const answers = await queueFor(service, person.id, [() => step('close', person.staffId), given])
      assert.deepEqual(answers, ['204', 'not_allowed'])
      const left = `select 'link' from invitation where person_id = $1 and voided_at is null
        union all select 'position' from assignment where person_id = $1 and ended_at is null`
      assert.deepEqual(await sql(service, left, person.id), [])
    }
  })

  it('refuses what is not in the form', async () => {
    const { staffId } = await addAt(service, place.clinic)
    for (const [what, body] of [
      ['suspend', {}],
      ['suspend', { because: 'holiday' }],
      ['suspend', { because: 'leave', note: 'a\nb' }],
      ['reinstate', { because: 'leave' }],
      ['close', { because: 'fired' }],
      ['close', { because: 'left', note: 'x'.repeat(501) }],
      ['reopen', { note: ' ' }],
    ] as const)
      assert.equal(await step(what, staffId, agent, body), '400 invalid_request', `${what} ${JSON.stringify(body)}`)
    assert.equal(await step('close', '1234'), '400 invalid_request')
  })

  describe('line 42: an agent who goes too far', () => {
    const steps: Step[] = ['suspend', 'reinstate', 'close', 'reopen']
    const each = async (staffId: string, by = agent) => {
      const answers: string[] = []
      for (const what of steps) answers.push(await step(what, staffId, by))
      return [...new Set(answers)]
    }

    it('finds nobody outside their organisations', async () => {
      const { staffId, id } = await addAt(service, place.home)
      assert.deepEqual(await each(staffId), ['404 not_found'])
      const refused = (await service.rooms.audit.eventsOf(id)).filter(({ type }) => type === 'desk-refused')
      assert.deepEqual(
        refused.map(({ details }) => [details['task'], details['why']]),
        Array(4).fill(['close-person', 'outside']),
      )
    })

    it('does none of it to themselves, or to somebody who may do more', async () => {
      assert.deepEqual(await each(agent.person.staffId), ['403 not_allowed'])
      const { person } = await withDuty(service, 'manager', place.clinic)
      assert.deepEqual(await each(person.staffId), ['403 not_allowed'])
    })

    it('has the duty that it takes', async () => {
      const { staffId } = await addAt(service, place.clinic)
      for (const duty of ['sponsor', 'id-checker', 'local-administrator', 'service-operator'])
        assert.deepEqual(await each(staffId, await withDuty(service, duty, place.hospital)), ['403 not_allowed'], duty)
    })
  })
})
