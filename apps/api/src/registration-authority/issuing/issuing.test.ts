import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type {
  CreationOptions,
  DeskPerson,
  Enrolled,
  Failure,
  InvitationStatus,
  IssuedInvitation,
} from '@fobwatch/contracts'
import { type BrowserLike, createSoftwareAuthenticator, fakeClock, type Page } from '@fobwatch/testkit'
import type { NewPerson, Person } from '#people'
import { typeCode } from '../../enrolment/codes/codes.testing.ts'
import { enrol, issuer, signInHere, sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'

const saying = (page: Page) => (page.status < 300 ? `${page.status}` : `${page.status} ${page.json<Failure>().error}`)

describe('links, codes and passes at the desk', () => {
  const clock = fakeClock('2026-11-21T09:00:00.000Z')
  let service: TestService & { url: string; masterKey: string }
  let place: Places
  let agent: { person: Person; browser: BrowserLike }
  before(async () => {
    service = await startService({ now: clock.now, environment: { FOBWATCH_MAILBOX: 'on' } })
    place = await addPlaces(service)
    agent = await withDuty('agent', place.hospital)
  })
  after(() => service.close())

  const withDuty = async (dutyCode: string, organisationId: string) => {
    const person = await addAt(service, organisationId, { givenName: 'Duty', familyName: dutyCode })
    await putAt(service, person.id, organisationId, { dutyCode, startsAt: new Date(clock.now().getTime() - 60_000) })
    return { person, browser: await signInHere(service, (await enrol(service, person.id)).device) }
  }
  const add = (names: Partial<NewPerson> = {}) => addAt(service, place.clinic, names)
  const issue = (person: Person, body: object, by = agent) =>
    by.browser.postJson(`/api/desk/people/${person.staffId}/invitations`, body)
  const issued = async (person: Person, body: object) => {
    const page = await issue(person, body)
    assert.equal(page.status, 200, page.body)
    return page.json<IssuedInvitation>()
  }
  const watch = async (person: Person, id: string, by = agent) =>
    by.browser.get(`/api/desk/people/${person.staffId}/invitations/${id}`)
  const statusOf = async (person: Person, id: string) => (await watch(person, id)).json<InvitationStatus>()
  const codeOf = ({ url }: IssuedInvitation) => new URL(url ?? assert.fail('no address')).hash.slice(1)
  const letters = async () => {
    await service.rooms.outbox.beginDelivering()
    await service.rooms.outbox.deliveriesSettled()
    return sql<{ to: string; text: string }>(service, 'select "to", text from mailbox_message order by sent_at desc')
  }

  it('lasts as long as is chosen, between an hour and seven days, and a day unless chosen', async () => {
    const person = await add()
    for (const [lifetimeHours, until] of [
      [undefined, '2026-11-22T09:00:00.000Z'],
      [1, '2026-11-21T10:00:00.000Z'],
      [168, '2026-11-28T09:00:00.000Z'],
    ] as const)
      assert.equal((await issued(person, { how: 'link', lifetimeHours })).expiresAt, until)
    for (const lifetimeHours of [0, 169, 1.5, '24', -1])
      assert.equal(saying(await issue(person, { how: 'link', lifetimeHours })), '400 invalid_request')
  })

  it('gives a code for 15 minutes and a pass for an hour, each eight characters that are shown once', async () => {
    const person = await add()
    const code = await issued(person, { how: 'video', channel: 'code', device: 'security-key' })
    assert.match(code.code ?? '', /^[3479CDFHJKMNPQRTWXY]{8}$/)
    assert.deepEqual([code.url, code.expiresAt], [null, '2026-11-21T09:15:00.000Z'])
    clock.advance({ minutes: 1 })
    const pass = await issued(person, { how: 'link', channel: 'pass' })
    assert.equal(pass.expiresAt, '2026-11-21T10:01:00.000Z')
    assert.equal((await statusOf(person, code.id)).state, 'replaced')
    const { links } = (await agent.browser.get(`/api/desk/people/${person.staffId}`)).json<DeskPerson>()
    assert.deepEqual(
      links.map(({ channel, how, device, state }) => [channel, how, device, state]),
      [
        ['pass', 'link', null, 'open'],
        ['code', 'video', 'security-key', 'replaced'],
      ],
    )
  })

  it('refuses what it does not know, and what only a link has', async () => {
    const person = await add()
    for (const body of [
      { how: 'post' },
      { how: 'link', channel: 'sms' },
      { how: 'link', device: 'watch' },
      { how: 'link', channel: 'code', lifetimeHours: 24 },
      { how: 'link', channel: 'pass', byMail: true },
      { how: 'link', channel: 'link', level: 3 },
      {},
    ])
      assert.equal(saying(await issue(person, body)), '400 invalid_request', JSON.stringify(body))
  })

  it('line 42: takes two people at identity level 3, be it a link, a code or a pass', async () => {
    const person = await add({ identityLevel: 3 })
    for (const channel of ['link', 'code', 'pass'])
      assert.equal(saying(await issue(person, { how: 'in-person', channel })), '409 second_person_needed')
  })

  it('line 42: is not for oneself, nor outside the organisations of the duty, nor by whoever has a lesser one', async () => {
    const outside = await addAt(service, place.home)
    const sponsor = await withDuty('sponsor', place.hospital)
    for (const channel of ['link', 'code', 'pass']) {
      assert.equal(saying(await issue(agent.person, { how: 'link', channel })), '403 not_allowed')
      assert.equal(saying(await issue(outside, { how: 'link', channel })), '404 not_found')
      assert.equal(saying(await issue(await add(), { how: 'link', channel }, sponsor)), '403 not_allowed')
    }
    const { id } = await issued(await add(), { how: 'link' })
    assert.equal(saying(await watch(outside, id)), '404 not_found')
    assert.equal(saying(await watch(await add(), id)), '404 not_found')
    assert.equal(saying(await watch(await add(), 'x')), '400 invalid_request')
    assert.equal(saying(await watch(await add(), id, sponsor)), '403 not_allowed')
  })

  it('line 24: goes with the key that whoever made it had logged in with', async () => {
    const thief = await withDuty('agent', place.hospital)
    const person = await add()
    const made = (await issue(person, { how: 'in-person', channel: 'code' }, thief)).json<IssuedInvitation>()
    await sql(service, `update authenticator set status = 'suspended' where person_id = $1`, thief.person.id)
    const { said } = await typeCode(service, { staffId: person.staffId, code: made.code, from: '192.0.2.50' })
    assert.equal(said, 'code_unknown')
  })

  it('line 25: what a code binds is worth no more than the session of whoever read it aloud', async () => {
    const person = await add()
    const made = await issued(person, { how: 'in-person', channel: 'code' })
    const { body } = await typeCode(service, { staffId: person.staffId, code: made.code, from: '192.0.2.51' })
    const browser = service.browser()
    const options = (await browser.postJson('/api/enrolment/options', { code: body.code })).json<CreationOptions>()
    const response = createSoftwareAuthenticator().register(options, { origin: issuer })
    assert.equal((await browser.postJson('/api/enrolment', { code: body.code, response })).status, 200)
    const [row] = await sql<{ by: string; level: number }>(
      service,
      'select bound_by as by, bound_level as level from authenticator where person_id = $1',
      person.id,
    )
    assert.deepEqual(row, { by: 'in-person', level: 2 })
  })

  it('shows live what becomes of a link, and looking at it spends nothing', async () => {
    const person = await add()
    const made = await issued(person, { how: 'link', device: 'security-key' })
    const code = codeOf(made)
    const before = await statusOf(person, made.id)
    assert.deepEqual([before.state, before.openedAt, before.boxAt, before.usedAt], ['open', null, null, null])

    const browser = service.browser()
    clock.advance({ minutes: 1 })
    for (let times = 0; times < 3; times += 1) await browser.postJson('/api/enrolment/invitation', { code })
    clock.advance({ minutes: 1 })
    await browser.postJson('/api/enrolment/invitation', { code })
    const opened = await statusOf(person, made.id)
    assert.deepEqual([opened.state, opened.openedAt], ['open', new Date(clock.now().getTime() - 60_000).toISOString()])

    const options = (await browser.postJson('/api/enrolment/options', { code })).json<CreationOptions>()
    assert.deepEqual(options.hints, ['security-key'])
    assert.equal((await statusOf(person, made.id)).boxAt, clock.now().toISOString())
    const response = createSoftwareAuthenticator().register(options, { origin: issuer })
    await browser.postJson('/api/enrolment', { code, response })
    const done = await statusOf(person, made.id)
    assert.deepEqual([done.state, done.usedAt], ['used', clock.now().toISOString()])
    assert.ok(done.setUp?.name)
  })

  it('mails a link to its person alone, and nobody at the desk sees it', async () => {
    const person = await add({ email: 'wren@elsewhere.example' })
    const made = await issued(person, { how: 'link', device: 'phone', byMail: true })
    assert.deepEqual([made.url, made.code, made.mailed], [null, null, true])
    const letter = (await letters()).find(({ to }) => to === 'wren@elsewhere.example')
    assert.match(letter?.text ?? '', /From Clinic\.\n\nWren, set up your phone to log in to Fobwatch\./)
    assert.match(letter?.text ?? '', /We never ask for a PIN or code in a message\./)
    const url = /http\S+/.exec(letter?.text ?? '')?.[0] ?? assert.fail('no link')
    const page = await service.browser().postJson('/api/enrolment/invitation', { code: new URL(url).hash.slice(1) })
    assert.equal(page.status, 200)
    const outbox = await sql<{ fact: string }>(service, 'select fact::text as fact from outbox')
    for (const { fact } of outbox) assert.ok(!fact.includes(new URL(url).hash.slice(1)))
  })

  it('mails nothing to whoever has no address, and not what was replaced before the mail went', async () => {
    assert.equal(saying(await issue(await add({ email: null }), { how: 'link', byMail: true })), '409 no_mail')
    const person = await add({ email: 'late@elsewhere.example' })
    await issued(person, { how: 'link', byMail: true })
    await issued(person, { how: 'link' })
    assert.equal(
      (await letters()).find(({ to }) => to === 'late@elsewhere.example'),
      undefined,
    )
  })

  it('line 42: mails no link to an address that its person has only got since the desk made it', async () => {
    const person = await add({ email: 'mine@elsewhere.example' })
    await issued(person, { how: 'link', byMail: true })
    await sql(service, `update person set email = 'eve@evil.example' where id = $1`, person.id)
    const mailed = (await letters()).map(({ to }) => to)
    assert.ok(!mailed.includes('eve@evil.example') && !mailed.includes('mine@elsewhere.example'))
    const outbox = await sql<{ fact: string }>(service, 'select fact::text as fact from outbox')
    for (const { fact } of outbox) assert.doesNotMatch(fact, /mine@/)
  })

  it('cancels what is open, a pass that is in use too', async () => {
    const person = await add()
    const made = await issued(person, { how: 'link', channel: 'pass' })
    const browser = service.browser()
    await browser.postJson('/api/enrolment/code', { staffId: person.staffId, code: made.code })
    assert.equal((await browser.get('/api/enrolment/pass')).status, 200)
    const url = `/api/desk/people/${person.staffId}/invitations`
    const headers = { host: new URL(issuer).host, origin: issuer, cookie: agent.browser.cookieHeader(issuer + url) }
    assert.equal((await service.app.inject({ method: 'DELETE', url, headers })).statusCode, 204)
    assert.equal((await browser.get('/api/enrolment/pass')).status, 401)
    assert.equal((await statusOf(person, made.id)).state, 'replaced')
  })

  describe('another kind of device than was planned', () => {
    const setUpWith = async (browser: BrowserLike, code: string) => {
      const options = (await browser.postJson('/api/enrolment/options', { code })).json<CreationOptions>()
      const response = createSoftwareAuthenticator().register(options, { origin: issuer })
      return (await browser.postJson('/api/enrolment', { code, response })).json<Enrolled>()
    }
    const undo = (browser: BrowserLike, code: string) => browser.postJson('/api/enrolment/undo', { code })

    it('line 42: is not undone once its link was replaced: what was ended by then comes back by nothing', async () => {
      const person = await add()
      const made = await issued(person, { how: 'link', device: 'smartcard' })
      const browser = service.browser()
      await setUpWith(browser, codeOf(made))
      await issued(person, { how: 'link' })
      assert.equal(saying(await undo(browser, codeOf(made))), '409 undo_not_possible')
      assert.equal((await statusOf(person, made.id)).state, 'used')
    })

    it('is told, and can be undone once where it was set up: the link then works there, and nowhere else', async () => {
      const person = await add()
      const made = await issued(person, { how: 'link', device: 'smartcard' })
      const browser = service.browser()
      const enrolled = await setUpWith(browser, codeOf(made))
      assert.equal(enrolled.planned, 'smartcard')
      assert.equal(saying(await undo(service.browser(), codeOf(made))), '409 undo_not_possible')
      const page = await undo(browser, codeOf(made))
      assert.equal(page.status, 200, page.body)
      const { code } = page.json<{ code: string }>()
      const status = await statusOf(person, made.id)
      assert.deepEqual([status.state, status.undone, status.setUp], ['open', true, null])

      const stale = await service.browser().postJson('/api/enrolment/invitation', { code: codeOf(made) })
      assert.equal(saying(stale), '404 invitation_unknown')
      await setUpWith(browser, code)
      assert.equal(saying(await undo(browser, code)), '409 undo_not_possible')
      const held = (await agent.browser.get(`/api/desk/people/${person.staffId}`)).json<DeskPerson>().authenticators
      assert.equal(held.length, 1)
    })

    it('line 2: is undone once, however often that is asked at once', async () => {
      const made = await issued(await add(), { how: 'link', device: 'smartcard' })
      const browser = service.browser()
      await setUpWith(browser, codeOf(made))
      const answers = await Promise.all(Array.from({ length: 8 }, () => undo(browser, codeOf(made))))
      assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    })

    it('is not undone when it is the kind that was planned, after 15 minutes, or once somebody logged in with it', async () => {
      const planned = await issued(await add(), { how: 'link' })
      const browser = service.browser()
      await setUpWith(browser, codeOf(planned))
      assert.equal(saying(await undo(browser, codeOf(planned))), '409 undo_not_possible')

      const used = await add()
      const made = await issued(used, { how: 'link', device: 'smartcard' })
      await setUpWith(browser, codeOf(made))
      await sql(service, 'update authenticator set last_used_at = $2 where person_id = $1', used.id, clock.now())
      assert.equal(saying(await undo(browser, codeOf(made))), '409 undo_not_possible')

      const late = await issued(await add(), { how: 'link', device: 'smartcard' })
      await setUpWith(browser, codeOf(late))
      clock.advance({ minutes: 15 })
      assert.equal(saying(await undo(browser, codeOf(late))), '409 undo_not_possible')
    })
  })
})
