import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { CreationOptions, Failure } from '@fobwatch/contracts'
import { createSoftwareAuthenticator, fakeClock } from '@fobwatch/testkit'
import type { Person } from '#people'
import { addPerson, issuer, sql, startService, type TestService } from '../../service.testing.ts'
import { giveCode, typeCode } from './codes.testing.ts'

const start = '2026-11-21T09:00:00.000Z'
const wrong = 'CCCCCCCC'

describe('a code read aloud', () => {
  let clock = fakeClock(start)
  let service: TestService & { url: string; masterKey: string }
  let other: TestService
  let person: Person
  let nth = 0
  /** An address that nobody has typed anything from. */
  const elsewhere = () => {
    nth += 1
    return `198.51.${Math.floor(nth / 250)}.${(nth % 250) + 1}`
  }
  before(async () => {
    const environment = { TRUSTED_PROXIES: '203.0.113.7' }
    service = await startService({ now: () => clock.now(), environment })
    other = await startService({ now: () => clock.now(), environment, beside: service })
  })
  beforeEach(async () => {
    clock = fakeClock(start)
    person = await addPerson(service, 'Asha', 'Fiction')
  })
  after(async () => {
    await other.close()
    await service.close()
  })

  const type = (code: unknown, { who = person.staffId, from = elsewhere(), at = service }: TypeOptions = {}) =>
    typeCode(at, { staffId: who, code, from })
  interface TypeOptions {
    who?: string
    from?: string
    at?: Pick<TestService, 'app'>
  }
  const eventsOf = async (type: string) =>
    (await service.rooms.audit.eventsOf(person.id)).filter((event) => event.type === type)
  const setUpWith = async (code: string | null) => {
    const browser = service.browser()
    const begun = await browser.postJson('/api/enrolment/options', { code })
    if (begun.status !== 200) return begun
    const response = createSoftwareAuthenticator().register(begun.json<CreationOptions>(), { origin: issuer })
    return browser.postJson('/api/enrolment', { code, response })
  }

  it('becomes a set-up code of the browser that it was typed in at, with which one device is set up', async () => {
    const code = await giveCode(service, person)
    const spoken = `${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`
    const { status, body } = await type(spoken)
    assert.equal(status, 200)
    assert.equal(body.channel, 'code')
    assert.equal((await setUpWith(body.code)).status, 200)
    assert.equal((await setUpWith(body.code)).json<Failure>().error, 'invitation_spent')
    assert.equal((await eventsOf('short-code-used')).length, 1)
    assert.equal((await eventsOf('authenticator-enrolled'))[0]?.details['channel'], 'code')
  })

  it('is kept as a keyed hash alone, and in no event', async () => {
    const code = await giveCode(service, person)
    const rows = await sql<{ row: string }>(
      service,
      `select i::text as row from invitation i where person_id = $1 union all
       select e::text from audit_event e where person = $1`,
      person.id,
    )
    assert.ok(rows.length >= 2)
    for (const { row } of rows) assert.ok(!row.includes(code))
  })

  it('line 2: is taken once, however many type it in at the same time at two instances', async () => {
    const code = await giveCode(service, person)
    const tries = Array.from({ length: 8 }, (_, each) => type(code, { at: each % 2 ? service : other }))
    const said = (await Promise.all(tries)).map((answer) => answer.said)
    assert.deepEqual(said.sort(), ['200', ...Array(7).fill('code_unknown')])
  })

  it('line 3: has one same answer when it is wrong, used, replaced or run out, and for nobody, or the wrong person', async () => {
    const code = await giveCode(service, person)
    const replaced = await giveCode(service, await addPerson(service))
    const colleague = await addPerson(service)
    assert.equal((await type(wrong)).said, 'code_unknown')
    assert.equal((await type(code, { who: colleague.staffId })).said, 'code_unknown')
    assert.equal((await type(code, { who: '999999999999' })).said, 'code_unknown')
    assert.equal((await type(replaced)).said, 'code_unknown')
    assert.equal((await type(code)).said, '200')
    const used = await type(code)
    clock.advance({ minutes: 15 })
    const late = await giveCode(service, colleague)
    clock.advance({ minutes: 15 })
    const over = await type(late, { who: colleague.staffId })
    for (const { status, body } of [used, over])
      assert.deepEqual(
        [status, { ...body, reference: '' }],
        [400, { error: 'code_unknown', message: 'This code is not right, was used, or has run out.', reference: '' }],
      )
  })

  it('does not answer for a person who is suspended or closed, and not when a newer one was made', async () => {
    const first = await giveCode(service, person)
    const code = await giveCode(service, person)
    assert.equal((await type(first)).said, 'code_unknown')
    for (const status of ['suspended', 'closed']) {
      await sql(service, 'update person set status = $2 where id = $1', person.id, status)
      assert.equal((await type(code)).said, 'code_unknown', status)
    }
  })

  it('costs the same statements whoever it is for, and one record', async () => {
    const asked: string[] = []
    const watched = await startService({
      beside: service,
      now: () => clock.now(),
      onStatement: (name) => asked.push(name),
    })
    await giveCode(service, person)
    const statements = async (who: string) => {
      asked.length = 0
      await type(wrong, { who, at: watched })
      return [...asked]
    }
    const known = await statements(person.staffId)
    assert.ok(known.includes('enrolment:enter-code'))
    assert.deepEqual(await statements('999999999999'), known)
    await watched.close()
  })

  const wrongTries = async () =>
    (
      await sql<{ tries: number }>(
        service,
        'select wrong_tries as tries from invitation where person_id = $1',
        person.id,
      )
    )[0]?.tries

  it('line 39: is ended by no number of wrong tries, from however many networks', async () => {
    const code = await giveCode(service, person)
    await sql(service, 'update invitation set wrong_tries = 32760 where person_id = $1', person.id)
    const tries = Array.from({ length: 12 }, (_, each) => type(wrong, { at: each % 2 ? service : other }))
    for (const { said } of await Promise.all(tries)) assert.equal(said, 'code_unknown')
    assert.equal(await wrongTries(), 32767)
    assert.equal((await type(code)).said, '200')
  })

  it('line 39: is not ended by who knows the staff id and guesses: its person types it in elsewhere', async () => {
    const code = await giveCode(service, person)
    const from = elsewhere()
    const said: string[] = []
    for (let each = 0; each < 30; each += 1)
      said.push((await type(wrong, { from, at: each % 2 ? service : other })).said)
    assert.deepEqual(said, [...Array(5).fill('code_unknown'), ...Array(25).fill('too_many')])
    assert.equal(await wrongTries(), 5)
    assert.equal((await type(code, { from })).said, 'too_many')
    assert.equal((await type(code)).said, '200')
  })

  describe('guessed from one address', () => {
    const hundred = async (from: (each: number) => string, who: (each: number) => string) => {
      const answers: string[] = []
      for (let each = 0; each < 100; each += 1)
        answers.push((await type(wrong, { from: from(each), who: who(each), at: each % 2 ? service : other })).said)
      return answers
    }
    const limitedAfter = (most: number, answers: string[]) => {
      assert.deepEqual(answers.slice(0, most), Array(most).fill('code_unknown'))
      assert.deepEqual([...new Set(answers.slice(most))], ['too_many'])
    }

    it('line 39: 100 failures against one person, over both instances and spellings of one address, are limited', async () => {
      await giveCode(service, person)
      const spellings = ['192.0.2.77', '::ffff:192.0.2.77', '::FFFF:c000:024d', '0:0:0:0:0:ffff:c000:24d']
      limitedAfter(
        5,
        await hundred(
          (each) => spellings[each % 4] ?? '',
          () => person.staffId,
        ),
      )
      assert.equal((await eventsOf('short-code-refused')).length, 6)
    })

    it('line 39: so are guesses over many people, and from many addresses of one IPv6 network', async () => {
      limitedAfter(
        10,
        await hundred(
          (each) => `2001:db8:7:7:${each.toString(16)}::1`,
          (each) => String(100_000_000_000 + each),
        ),
      )
    })

    it('line 39: locks nobody else out: neither a colleague at the same address, nor the same person elsewhere', async () => {
      const from = elsewhere()
      const colleague = await addPerson(service)
      const theirs = await giveCode(service, colleague)
      await hundred(
        () => from,
        () => '999999999999',
      )
      const code = await giveCode(service, person)
      for (let each = 0; each < 20; each += 1) assert.equal((await type(wrong, { from })).said, 'too_many')
      assert.equal((await type(code)).said, '200')
      assert.equal((await type(theirs, { who: colleague.staffId, from })).said, '200')
    })

    it('hears no second try at a code from there, though it be right, until a quarter of an hour is over', async () => {
      const from = elsewhere()
      await hundred(
        () => from,
        () => '999999999999',
      )
      const code = await giveCode(service, person)
      assert.equal((await type(wrong, { from })).said, 'too_many')
      assert.equal((await type(code, { from })).said, 'too_many')
      clock.advance({ minutes: 14 })
      assert.equal((await type(wrong, { from })).said, 'too_many')
      clock.advance({ minutes: 1 })
      assert.equal((await type(await giveCode(service, person), { from })).said, '200')
    })

    it('line 39: counts many at once one after another', async () => {
      const from = elsewhere()
      const tries = Array.from({ length: 30 }, (_, each) => type(wrong, { from, at: each % 2 ? service : other }))
      const said = (await Promise.all(tries)).map((answer) => answer.said)
      assert.equal(said.filter((each) => each === 'code_unknown').length, 5)
    })

    it('is not counted for those who type theirs right', async () => {
      const from = elsewhere()
      for (let each = 0; each < 15; each += 1) {
        const someone = await addPerson(service)
        assert.equal((await type(await giveCode(service, someone), { who: someone.staffId, from })).said, '200')
      }
    })

    it('line 38: believes X-Forwarded-For of a trusted proxy alone', async () => {
      const via = (from: string, forwarded: string) =>
        typeCode(service, { staffId: '999999999999', code: wrong, from, headers: { 'x-forwarded-for': forwarded } })
      const untrusted = elsewhere()
      for (let each = 0; each < 11; each += 1) await via(untrusted, `192.0.2.${each}`)
      assert.equal((await via(untrusted, '192.0.2.200')).said, 'too_many')
      for (let each = 0; each < 11; each += 1) await via('203.0.113.7', '192.0.2.201')
      assert.equal((await via('203.0.113.7', '192.0.2.201')).said, 'too_many')
      assert.equal((await via('203.0.113.7', '192.0.2.202')).said, 'code_unknown')
    })

    it('keeps no address, and forgets what is over', async () => {
      await type(wrong, { from: '192.0.2.99' })
      const kept = () => sql<{ row: string }>(service, 'select t::text as row from code_try t')
      for (const { row } of await kept()) assert.ok(!row.includes('192.0.2'))
      clock.advance({ hours: 2 })
      await service.rooms.enrolment.forgetTries()
      assert.deepEqual(await kept(), [])
    })
  })

  it('is refused in another form than codes and staff ids have', async () => {
    for (const [who, code] of [
      [person.staffId, ''],
      [person.staffId, 'abc'],
      [person.staffId, "' or 1=1 --"],
      [person.staffId, 12345678],
      [person.staffId, null],
      [person.staffId, 'C'.repeat(21)],
      ['12', wrong],
      ["1' or '1'='1", wrong],
    ] as const)
      assert.equal((await type(code, { who })).said, 'invalid_request')
  })
})
