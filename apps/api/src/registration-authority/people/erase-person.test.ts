import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { MyEvents, MyInformation } from '@fobwatch/contracts'
import { enrol, signInHere, sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'
import { requestsAs } from '../requests/requests.testing.ts'
import { type Agent, created, evidenceFor, newcomer, profileOf, saying, send, withDuty } from './people.testing.ts'

/** Words that are found nowhere but in somebody's own data. */
const words = {
  given: 'Zebedinka',
  middle: 'Quillonia',
  family: 'Wobblethorpe',
  former: 'Fizzlewick',
  email: 'zebedinka.w@fernbrook.example',
  formerEmail: 'z.fizzlewick@fernbrook.example',
  phone: '0113 496 4242',
  hr: 'HR-ZEB-4242',
  number: 'TESTZEB42',
  device: 'Zebedinkas telephone',
  note: 'Zebedinka went to the seaside',
}

describe('what is held about a person', () => {
  let service: TestService
  let place: Places
  let manager: Agent
  let agent: Agent
  let staffId: string
  let personId: string
  let browser: Agent['browser']

  before(async () => {
    service = await startService({ environment: { FOBWATCH_MAILBOX: 'on', FOBWATCH_TWO_PEOPLE: 'give-duty' } })
    place = await addPlaces(service)
    manager = await withDuty(service, 'manager', place.hospital, { identityLevel: 3 })
    agent = await withDuty(service, 'agent', place.hospital, { identityLevel: 3 })
    await live()
  })
  after(() => service.close())

  /** Somebody who is created, changed, logged in, asked about, and told by mail. */
  const live = async () => {
    const evidence = evidenceFor(2).map((each) => ({ ...each, nameOnDocument: 'ZEBEDINKA FIZZLEWICK' }))
    const body = newcomer('ZZX02', {
      ...{ givenName: words.given, middleNames: words.middle, familyName: words.former, title: 'Dr' },
      ...{ email: words.formerEmail, phone: words.phone, externalId: words.hr },
      professions: [{ body: 'gmc', number: words.number }],
      identity: { level: 2, how: 'in-person', evidence },
    })
    staffId = (await created(agent, body)).staffId
    personId = (await service.rooms.people.findPersonByStaffId(staffId))?.id ?? ''
    await putAt(service, personId, place.clinic, { roleCode: 'S8000:G8000:R8001' })
    const { device, enrolled } = await enrol(service, personId)
    await service.rooms.outbox.beginDelivering()
    await service.rooms.outbox.deliveriesSettled()
    const renamed = { version: (await profileOf(agent, staffId)).version, familyName: words.family, email: words.email }
    assert.equal(await send(service, agent, 'PATCH', `/api/desk/people/${staffId}`, renamed), '200')
    browser = await signInHere(service, device)
    assert.equal(
      await send(service, { browser }, 'PATCH', `/api/authenticators/${enrolled.id}`, { name: words.device }),
      '200',
    )
    const sponsor = await withDuty(service, 'sponsor', place.hospital)
    const raised = await requestsAs(sponsor).raise({
      ...{ kind: 'change-details', staffId, asked: { version: 9, middleNames: words.middle } },
      note: words.note,
    })
    assert.equal(raised.status, 200, raised.body)
  }
  const manage = async (what: 'close' | 'reopen' | 'erase' | 'suspend', body: object, by = manager) =>
    saying(await by.browser.postJson(`/api/desk/people/${staffId}/${what}`, body))

  it('is shown to them on their own page, and every sign-in and change, by name and role of whoever did it', async () => {
    const me = (await browser.get('/api/me')).json<MyInformation>()
    assert.deepEqual(
      [me.givenName, me.familyName, me.email, me.externalId, me.identity.level, me.identity.evidence.length],
      [words.given, words.family, words.email, words.hr, 2, 2],
    )
    assert.deepEqual(me.organisations, [{ code: 'ZZX02', name: 'Clinic' }])
    assert.deepEqual(me.waysToLogIn, [words.device])
    const { rows } = (await browser.get('/api/me/events?limit=100')).json<MyEvents>()
    const types = rows.map(({ type }) => type)
    for (const type of ['person-created', 'identity-proved', 'authenticator-enrolled', 'person-changed', 'signed-in'])
      assert.ok(types.includes(type), type)
    const change = rows.find(({ type }) => type === 'person-changed')
    assert.deepEqual(change?.by, { name: 'Duty agent', role: 'Registration authority agent' })
    assert.deepEqual(change?.fields, ['familyName', 'email'])
    assert.equal(rows.find(({ type }) => type === 'signed-in')?.mine, true)
    const times = rows.map(({ at }) => at)
    assert.deepEqual(times, times.toSorted().toReversed())
  })

  it('is paged by the server, without a gap and without saying anything twice', async () => {
    const all = (await browser.get('/api/me/events?limit=100')).json<MyEvents>().rows
    const paged: MyEvents['rows'] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: MyEvents = (await browser.get(`/api/me/events?limit=3${next && `&after=${next}`}`)).json<MyEvents>()
      assert.ok(page.rows.length <= 3)
      paged.push(...page.rows)
      next = page.next
    }
    assert.deepEqual(paged, all)
  })

  it('line 40: refuses SQL and JSON in where a page begins and how long it is', async () => {
    for (const query of ["after=1'--", 'after={"a":1}', 'after=-1', 'limit=0', 'limit=101', 'limit=1;', 'sort=at'])
      assert.equal(saying(await browser.get(`/api/me/events?${encodeURI(query)}`)), '400 invalid_request', query)
  })

  it('line 24: is of nobody but whoever asks', async () => {
    const stranger = await withDuty(service, 'agent', place.home)
    const theirs = await stranger.browser.get('/api/me')
    assert.equal(theirs.json<MyInformation>().staffId, stranger.person.staffId)
    for (const path of ['/api/me', '/api/me/events', '/api/me/export']) {
      assert.doesNotMatch((await stranger.browser.get(path)).body, /Zebedinka/)
      assert.equal(saying(await service.browser().get(path)), '401 not_signed_in')
    }
    assert.equal(saying(await stranger.browser.get(`/api/desk/people/${staffId}/export`)), '403 not_allowed')
  })

  it('is given to them to take along: every word of it, and nothing of anybody else', async () => {
    const page = await browser.get('/api/me/export')
    assert.equal(page.status, 200, page.body)
    for (const [what, word] of Object.entries(words)) assert.ok(page.body.includes(word), what)
    assert.ok(!page.body.includes(agent.person.id) && !page.body.includes(personId), 'no row’s id')
    const everything = page.json<{ events: object[]; positions: object[]; sessions: object[] }>()
    assert.ok(everything.events.length > 5)
    assert.equal(everything.positions.length, 1)
    assert.ok(everything.sessions.length >= 1)
  })

  it('is given to a manager for them, which they see', async () => {
    assert.equal(saying(await agent.browser.get(`/api/desk/people/${staffId}/export`)), '403 not_allowed')
    const page = await manager.browser.get(`/api/desk/people/${staffId}/export`)
    assert.equal(page.status, 200)
    assert.ok(page.body.includes(words.former))
    const { rows } = (await browser.get('/api/me/events')).json<MyEvents>()
    assert.deepEqual(rows[0]?.by, { name: 'Duty manager', role: 'Registration authority manager' })
    const outside = await addAt(service, place.home)
    assert.equal(saying(await manager.browser.get(`/api/desk/people/${outside.staffId}/export`)), '404 not_found')
  })

  /** Every column of every table that could hold a word, as text. */
  const wherever = async (): Promise<string[]> => {
    const inBytes = (word: string) => Buffer.from(word).toString('hex')
    const pattern = Object.values(words)
      .flatMap((word) => [word.replace(/[.+]/g, '\\$&'), inBytes(word), inBytes(word.toLowerCase())])
      .join('|')
    const columns = await sql<{ table: string; column: string }>(
      service,
      `select table_name as "table", column_name as "column" from information_schema.columns
       where table_schema = 'public' and table_name <> '_prisma_migrations' order by 1, 2`,
    )
    const found: string[] = []
    for (const { table, column } of columns) {
      const [row] = await sql<{ found: boolean }>(
        service,
        `select exists (select from "${table}" t where t."${column}"::text ~* $1) as found`,
        pattern,
      )
      if (row?.found) found.push(`${table}.${column}`)
    }
    return found
  }

  it('is erased only of somebody who was closed, by a manager and with a reason', async () => {
    assert.equal(await manage('erase', { because: 'asked' }), '409 person_not_so')
    assert.equal(await manage('close', { because: 'left', note: words.note }), '204')
    for (const bad of [{}, { because: 'boredom' }, { because: 'asked', note: 'x' }])
      assert.equal(await manage('erase', bad), '400 invalid_request')
    assert.equal(await manage('erase', { because: 'asked' }, agent), '403 not_allowed')
    const beside = await withDuty(service, 'manager', place.home)
    assert.equal(await manage('erase', { because: 'asked' }, beside), '404 not_found')
    assert.ok((await wherever()).includes('person.given_name'))
  })

  it('is erased from every column of every table, and the log reads on', async () => {
    await service.rooms.outbox.beginDelivering()
    await service.rooms.outbox.deliveriesSettled()
    const before = (await service.rooms.audit.eventsOf(personId)).length
    assert.ok((await wherever()).length > 5)
    assert.equal(await manage('erase', { because: 'asked' }), '204')
    assert.deepEqual(await wherever(), [])

    const events = await service.rooms.audit.eventsOf(personId)
    assert.equal(events.length, before + 2)
    assert.deepEqual(
      events.slice(-2).map(({ type }) => type),
      ['person-erased', 'person-forgotten'],
    )
    assert.ok(events.every(({ personal }) => personal === null))
    assert.deepEqual(events.at(-2)?.details, { because: 'asked' })
    assert.equal(events.at(-2)?.actor, manager.person.id)
  })

  it('is gone for good: nothing brings them back, and nobody else is ever given the staff id', async () => {
    assert.equal(await manage('erase', { because: 'asked' }), '409 person_not_so')
    assert.equal(await manage('reopen', { note: 'Back' }), '409 person_not_so')
    const person = await service.rooms.people.findPersonByStaffId(staffId)
    assert.deepEqual([person?.givenName, person?.familyName, person?.status], ['Erased', 'person', 'closed'])
  })
})
