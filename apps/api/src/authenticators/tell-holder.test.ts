import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Authenticator, CreationOptions, Mailbox } from '@fobwatch/contracts'
import { type BrowserLike, createSoftwareAuthenticator, fakeClock } from '@fobwatch/testkit'
import type { Person } from '#people'
import { type Receiver, startReceiver } from '../mail/receiver.testing.ts'
import { enrol, inviteCode, issuer, signInHere, sql, startService, type TestService } from '../service.testing.ts'

const email = 'oisin.pennyroyal@fernbrook.example'
const from = 'fobwatch@fernbrook.example'

describe('telling the holder of an authenticator', () => {
  const clock = fakeClock('2026-11-21T09:00:00.000Z')
  let receiver: Receiver
  let service: Awaited<ReturnType<typeof startService>>
  before(async () => {
    receiver = await startReceiver()
    service = await instance()
  })
  beforeEach(() => {
    receiver.mails.length = 0
  })
  after(async () => {
    await service.close()
    await receiver.stop()
  })

  const instance = (beside?: { url: string; masterKey: string }) =>
    startService({
      ...{ now: () => clock.now(), ...(beside && { beside }) },
      environment: { FOBWATCH_SMTP_URL: receiver.url, FOBWATCH_MAIL_FROM: from },
    })
  const deliver = async ({ rooms: { outbox } }: TestService = service) => {
    await outbox.beginDelivering()
    await outbox.deliveriesSettled()
  }
  const addPerson = (address: string | null = email): Promise<Person> =>
    service.store.inTransaction((tx) =>
      service.rooms.people.addPerson(tx, {
        ...{ givenName: 'Oisín', familyName: 'Pennyroyal', email: address, identityLevel: 3 },
      }),
    )
  const subjects = () => receiver.mails.map((mail) => mail.header('subject')).toSorted()
  const call = async (browser: BrowserLike, method: 'PATCH' | 'POST' | 'DELETE', path: string, payload?: object) => {
    const answer = await service.app.inject({
      ...{ method, url: `/api/authenticators/${path}`, ...(payload && { payload }) },
      headers: { cookie: browser.cookieHeader('/api'), origin: issuer, 'sec-fetch-site': 'same-origin' },
    })
    assert.equal(answer.statusCode, 200, answer.body)
  }
  const rename = (browser: BrowserLike, id: string, name: string) => call(browser, 'PATCH', id, { name })
  const undelivered = async (person: Person) =>
    (
      await sql<{ why: string; due: Date | null }>(
        service,
        `select last_error as why, due_at as due from outbox where fact ->> 'person' = $1 and delivered_at is null`,
        person.id,
      )
    )[0]

  it('sends a mail when a first device is set up, and one when another is added', async () => {
    const { device } = await enrol(service, (await addPerson()).id)
    await deliver()
    const [mail] = receiver.mails
    assert.deepEqual([mail?.to, mail?.header('subject')], [[email], 'A new way to log in was set up'])
    assert.match(mail?.text ?? '', /^Hello Oisín Pennyroyal,\n\nA new way to log in was set up for you: Passkey\n/)

    const browser = await signInHere(service, device)
    const options = (await browser.postJson('/api/authenticators/options', {})).json<CreationOptions>()
    const key = createSoftwareAuthenticator({ transports: ['usb'] })
    const page = await browser.postJson('/api/authenticators', { response: key.register(options, { origin: issuer }) })
    await deliver()
    await deliver()
    assert.equal(receiver.mails.length, 2)
    assert.match(receiver.mails[1]?.text ?? '', new RegExp(`for you: ${page.json<Authenticator>().name}\n`))
  })

  it('tells of a new name, unless it was given while the device was being set up', async () => {
    const { device, enrolled } = await enrol(service, (await addPerson()).id)
    await rename(await signInHere(service, device), enrolled.id, 'Blue key')
    await deliver()
    assert.deepEqual(subjects(), ['A new way to log in was set up'])
    clock.advance({ minutes: 15 })
    await rename(await signInHere(service, device), enrolled.id, 'Schlüssel')
    await deliver()
    assert.deepEqual(subjects(), ['A new way to log in was set up', 'A way to log in has a new name'])
    assert.match(receiver.mails[1]?.text ?? '', /It is now: Schlüssel\n/)
  })

  it('tells that a way to log in was paused, and why, and that it was removed', async () => {
    const { device, enrolled } = await enrol(service, (await addPerson()).id)
    const { device: lost, enrolled: other } = await enrol(service, (await addPerson()).id)
    await deliver()
    receiver.mails.length = 0
    await call(await signInHere(service, device), 'POST', `${enrolled.id}/lost`)
    await call(await signInHere(service, lost), 'DELETE', other.id, { evenIfLast: true })
    await deliver()
    assert.deepEqual(subjects(), ['A way to log in was paused', 'A way to log in was removed'])
    const paused = receiver.mails.find((mail) => mail.header('subject') === 'A way to log in was paused')
    assert.match(paused?.text ?? '', /Why: It was reported as lost\./)
  })

  it('sends nothing of a set-up that was undone: of two that use one link at once, one is told of', async () => {
    const code = await inviteCode(service, (await addPerson()).id)
    const answers = [1, 2].map(async () => {
      const browser = service.browser()
      const options = (await browser.postJson('/api/enrolment/options', { code })).json<CreationOptions>()
      return { browser, response: createSoftwareAuthenticator().register(options, { origin: issuer }) }
    })
    const posts = (await Promise.all(answers)).map(({ browser, response }) =>
      browser.postJson('/api/enrolment', { code, response }),
    )
    assert.deepEqual((await Promise.all(posts)).filter(({ status }) => status === 200).length, 1)
    await deliver()
    assert.equal(receiver.mails.length, 1)
  })

  it('sends one mail where two instances look at once', async () => {
    const other = await instance(service)
    await enrol(service, (await addPerson()).id)
    await Promise.all([deliver(), deliver(other)])
    await other.close()
    assert.equal(receiver.mails.length, 1)
  })

  it('sends one mail when the mail server is back, after a restart too', async () => {
    await receiver.stop()
    const person = await addPerson()
    await enrol(service, person.id)
    await deliver()
    assert.equal((await undelivered(person))?.why, 'the mail server did not take it ESOCKET')
    receiver = await startReceiver({ port: receiver.port })
    const restarted = await instance(service)
    clock.advance({ seconds: 10 })
    await deliver(restarted)
    await deliver(restarted)
    await restarted.close()
    assert.deepEqual(subjects(), ['A new way to log in was set up'])
  })

  it('notes that a person has no address, and tries no more', async () => {
    for (const address of [null, 'nowhere']) {
      const person = await addPerson(address)
      await enrol(service, person.id)
      await deliver()
      assert.deepEqual(await undelivered(person), { why: 'the person has no address', due: null })
    }
    assert.deepEqual(receiver.mails, [])
  })

  it('lets no name become a header, however it came into the table', async () => {
    const person = await addPerson()
    const { enrolled } = await enrol(service, person.id)
    const sly = 'Key\r\nBcc: eve@evil.example\r\n\r\n.\r\nQUIT'
    await sql(service, 'update authenticator set name = $2 where id = $1', enrolled.id, sly)
    await sql(service, 'update person set given_name = $2 where id = $1', person.id, 'Oisín\r\nBcc: eve@evil.example')
    await deliver()
    const [mail] = receiver.mails
    assert.deepEqual(mail?.to, [email])
    assert.equal(mail?.header('bcc'), undefined)
    assert.equal(mail?.header('subject'), 'A new way to log in was set up')
  })
})

describe('the mailbox of the demonstration', () => {
  const read = (service: TestService) => service.app.inject('/api/demonstration/mailbox')
  const described = async (service: TestService) => (await service.app.inject('/docs/json')).body

  it('shows every mail, newest first, and sends none', async () => {
    const clock = fakeClock('2026-11-21T09:00:00.000Z')
    const service = await startService({ environment: { FOBWATCH_MAILBOX: 'on' }, now: () => clock.now() })
    const { store, rooms } = service
    for (const mailbox of ['asha', 'bo']) {
      clock.advance({ minutes: 1 })
      const { id } = await store.inTransaction((tx) =>
        rooms.people.addPerson(tx, {
          ...{ givenName: 'A', familyName: 'Fiction', email: `${mailbox}@fernbrook.example`, identityLevel: 3 },
        }),
      )
      await enrol(service, id)
      await rooms.outbox.beginDelivering()
      await rooms.outbox.deliveriesSettled()
    }
    const answer = await read(service)
    const { messages } = answer.json<Mailbox>()
    assert.equal(answer.statusCode, 200)
    assert.deepEqual(
      messages.map(({ to, sentAt }) => [to, sentAt]),
      [
        ['bo@fernbrook.example', '2026-11-21T09:02:00.000Z'],
        ['asha@fernbrook.example', '2026-11-21T09:01:00.000Z'],
      ],
    )
    assert.match(await described(service), /demonstration\/mailbox/)
    await service.close()
  })

  it('is not there unless it is switched on, and people are told of nothing then, without trying again', async () => {
    const service = await startService()
    const person = await service.store.inTransaction((tx) =>
      service.rooms.people.addPerson(tx, { givenName: 'A', familyName: 'Fiction', email, identityLevel: 3 }),
    )
    await enrol(service, person.id)
    await service.rooms.outbox.beginDelivering()
    await service.rooms.outbox.deliveriesSettled()
    const rows = await sql(service, 'select due_at as due, last_error as why from outbox')
    assert.deepEqual(rows, [{ due: null, why: 'this service has no mail' }])
    assert.equal((await read(service)).statusCode, 404)
    assert.doesNotMatch(await described(service), /mailbox/)
    await service.close()
  })
})
