import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { AuthenticationResponse, RequestOptions } from '@fobwatch/contracts'
import { type BrowserLike, createSoftwareAuthenticator, fakeClock, type Page } from '@fobwatch/testkit'
import type { Limits } from '#limits'
import {
  addPerson,
  assertAt,
  enrol,
  issuer,
  postWith,
  sql,
  startService,
  type TestService,
} from '../service.testing.ts'

const start = '2026-11-26T09:00:00.000Z'

describe('what fails', () => {
  const clock = fakeClock(start)
  const asked: string[] = []
  let service: TestService & { url: string; masterKey: string }
  let other: TestService
  let nth = 0
  /** An address that nobody has come from. */
  const elsewhere = () => {
    nth += 1
    return `198.51.100.${nth}`
  }
  before(async () => {
    service = await startService({ now: clock.now, onStatement: (name) => asked.push(name) })
    other = await startService({ now: clock.now, beside: service })
  })
  after(async () => {
    await other.close()
    await service.close()
  })

  const somebody = async () => {
    const person = await addPerson(service)
    return { person, ...(await enrol(service, person.id)) }
  }
  type Holder = Awaited<ReturnType<typeof somebody>>
  const saidBy = (page: Page) => (page.status === 200 ? '200' : page.json<{ error: string }>().error)
  /** What anybody can send who knows the name of somebody's passkey: an answer that another key has signed. */
  const forge = async ({ device }: Pick<Holder, 'device'>, browser: BrowserLike, id?: string): Promise<Page> => {
    const misbehave = id ? { id } : { signature: 'other-key' as const }
    return assertAt(browser, 'fobwatch', device, misbehave)
  }
  const eventsOf = async ({ person }: Pick<Holder, 'person'>, type: string) =>
    (await service.rooms.audit.eventsOf(person.id)).filter((event) => event.type === type)

  it('line 39: 100 times against one person, over both instances and spellings of one address, is limited', async () => {
    const victim = await somebody()
    const spellings = ['192.0.2.77', '::ffff:192.0.2.77', '::FFFF:c000:024d', '0:0:0:0:0:ffff:c000:24d']
    const said: string[] = []
    let last: Page | undefined
    for (let each = 0; each < 100; each += 1) {
      last = await forge(victim, (each % 2 ? service : other).browser(spellings[each % 4]))
      said.push(saidBy(last))
    }
    assert.deepEqual([...new Set(said.slice(0, 20))], ['sign_in_refused'])
    assert.deepEqual([...new Set(said.slice(20))], ['too_many'])
    assert.equal(last?.status, 429)
    assert.equal(last?.headers.get('retry-after'), '900')
    assert.equal((await eventsOf(victim, 'sign-in-refused')).length, 20)
    const [reached, ...more] = await eventsOf(victim, 'limit-reached')
    assert.equal(more.length, 0, 'once in its window, however often and at however many instances')
    assert.equal(reached?.details['limit'], 'failures-of-person')
  })

  it('line 39: locks nobody out: its victim logs in from elsewhere, and from the very address that it came from', async () => {
    const victim = await somebody()
    const colleague = await somebody()
    const from = elsewhere()
    for (let each = 0; each < 120; each += 1) await forge(victim, (each % 2 ? service : other).browser(from))
    for (const instance of [service, other])
      for (const address of [elsewhere(), from]) {
        assert.equal((await assertAt(instance.browser(address), 'fobwatch', victim.device)).status, 200)
        assert.equal((await assertAt(instance.browser(address), 'fobwatch', colleague.device)).status, 200)
      }
  })

  it('line 20: with one of their passkeys after another says no more than with nobody’s, and is recorded for one person', async () => {
    const victim = await somebody()
    const second = await enrol(service, victim.person.id, createSoftwareAuthenticator())
    const third = await enrol(service, victim.person.id, createSoftwareAuthenticator())
    const said: string[] = []
    for (let each = 0; each < 40; each += 1)
      said.push(saidBy(await forge(each % 2 ? victim : second, service.browser(elsewhere()))))
    assert.deepEqual([...new Set(said)], ['sign_in_refused'])
    for (const each of [victim, second])
      assert.equal(saidBy(await forge(each, service.browser(elsewhere()))), 'too_many')
    assert.equal(saidBy(await forge(third, service.browser(elsewhere()))), 'sign_in_refused')
    assert.equal((await eventsOf(victim, 'sign-in-refused')).length, 20)
    assert.equal((await assertAt(service.browser(elsewhere()), 'fobwatch', victim.device)).status, 200)
  })

  it('line 39: from an address that is limited is recorded for its person all the same', async () => {
    const [victim, { device }] = [await somebody(), await somebody()]
    const from = elsewhere()
    for (let each = 0; each < 101; each += 1)
      await forge({ device }, service.browser(from), Buffer.from(`nobody’s ${each}`).toString('base64url'))
    for (let each = 0; each < 25; each += 1)
      assert.equal(saidBy(await forge(victim, (each % 2 ? service : other).browser(from))), 'too_many')
    assert.equal((await eventsOf(victim, 'sign-in-refused')).length, 20)
    assert.equal((await eventsOf(victim, 'limit-reached')).length, 1)
  })

  it('line 39: without a challenge of ours is limited, and makes nothing else limited', async () => {
    const victim = await somebody()
    const browser = service.browser(elsewhere())
    const said: string[] = []
    for (let each = 0; each < 101; each += 1) {
      const challenge = Buffer.from(`a challenge that is nobody’s, number ${each}`).toString('base64url')
      const response = victim.device.authenticate({ challenge, rpId: 'localhost' }, { origin: issuer })
      said.push(saidBy(await browser.postJson('/sign-in/fobwatch/assertion', { response })))
    }
    assert.deepEqual([said[0], said.indexOf('too_many')], ['challenge_unknown', 100])
    assert.equal(saidBy(await forge(victim, browser)), 'sign_in_refused')
    assert.equal((await eventsOf(victim, 'sign-in-refused')).length, 1)
  })

  it('line 20: with a passkey that is nobody’s is limited like one that is somebody’s', async () => {
    const { device } = await somebody()
    const id = Buffer.from('a passkey that is nobody’s').toString('base64url')
    const said: string[] = []
    for (let each = 0; each < 22; each += 1)
      said.push(saidBy(await forge({ device }, service.browser(elsewhere()), id)))
    assert.deepEqual(said, [...Array(20).fill('sign_in_refused'), 'too_many', 'too_many'])
  })

  it('from one address against ever other people is limited, and says no more why', async () => {
    const { device } = await somebody()
    const from = elsewhere()
    const said: string[] = []
    for (let each = 0; each < 104; each += 1) {
      const id = Buffer.from(`passkey number ${each}`).toString('base64url')
      said.push(saidBy(await forge({ device }, (each % 2 ? service : other).browser(from), id)))
    }
    assert.equal(said.indexOf('too_many'), 100)
    assert.equal((await assertAt(service.browser(from), 'fobwatch', device)).status, 200)
  })

  it('is counted one after another, of however many at once', async () => {
    const victim = await somebody()
    const tries = Array.from({ length: 30 }, (_, each) =>
      forge(victim, (each % 2 ? service : other).browser(elsewhere())).then(saidBy),
    )
    assert.equal((await Promise.all(tries)).filter((word) => word === 'sign_in_refused').length, 20)
  })

  it('is over after a quarter of an hour', async () => {
    const victim = await somebody()
    for (let each = 0; each < 21; each += 1) await forge(victim, service.browser(elsewhere()))
    assert.equal(saidBy(await forge(victim, other.browser(elsewhere()))), 'too_many')
    clock.advance({ minutes: 15 })
    for (const instance of [service, other])
      assert.equal(saidBy(await forge(victim, instance.browser(elsewhere()))), 'sign_in_refused')
  })

  it('is not counted for whoever made a valid assertion: they hold the device, and hear why', async () => {
    const holder = await somebody()
    await sql(service, `update authenticator set status = 'suspended' where id = $1`, holder.enrolled.id)
    for (let each = 0; each < 25; each += 1)
      assert.equal(
        saidBy(await assertAt(service.browser(elsewhere()), 'fobwatch', holder.device)),
        'credential_suspended',
      )
  })

  it('costs one statement, and none once the address is known to be limited; what succeeds costs none', async () => {
    const victim = await somebody()
    const counted = async (work: () => Promise<unknown>) => {
      asked.length = 0
      await work()
      return asked.filter((name) => name.startsWith('limits:')).length
    }
    assert.equal(await counted(() => assertAt(service.browser(elsewhere()), 'fobwatch', victim.device)), 0)
    assert.equal(await counted(() => forge(victim, service.browser(elsewhere()))), 1)
    for (let each = 0; each < 20; each += 1) await forge(victim, service.browser(elsewhere()))
    assert.equal(await counted(() => forge(victim, service.browser(elsewhere()))), 0)
    assert.ok(!asked.includes('authenticators:find-owner'))
  })

  it('a fresh check of somebody who is logged in is limited too, and lets them in who are right', async () => {
    const victim = await somebody()
    const browser = service.browser(elsewhere())
    await assertAt(browser, 'fobwatch', victim.device)
    const check = async (misbehave?: { signature: 'other-key' }) => {
      const options = (await browser.postJson('/api/session/assertion/options', {})).json<RequestOptions>()
      const response: AuthenticationResponse = victim.device.authenticate(options, {
        origin: issuer,
        ...(misbehave && { misbehave }),
      })
      return postWith(service, browser, '/api/session/assertion', { response })
    }
    const said: unknown[] = []
    for (let each = 0; each < 22; each += 1) said.push((await check({ signature: 'other-key' })).body['error'])
    assert.deepEqual(said.slice(19), ['sign_in_refused', 'too_many', 'too_many'])
  })

  it('is kept without an address or a name, and forgotten', async () => {
    const from = '203.0.113.199'
    const victim = await somebody()
    await forge(victim, service.browser(from))
    const kept = () => sql<{ row: string }>(service, 'select l::text as row from limit_count l')
    const rows = await kept()
    assert.ok(rows.length > 0)
    for (const { row } of rows) assert.ok(!row.includes('203.0.113') && !row.includes(victim.person.id))
    clock.advance({ minutes: 15 })
    await service.rooms.limits.forget()
    assert.deepEqual(await kept(), [])
  })

  it('tells how many were refused, by what', () => {
    const refused: ReturnType<Limits['refused']> = service.rooms.limits.refused()
    assert.ok((refused['failures-of-person'] ?? 0) > 50)
    assert.ok((refused['failures-of-address'] ?? 0) > 0)
  })
})
