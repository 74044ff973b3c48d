import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Failure, RequestOptions, SessionView } from '@fobwatch/contracts'
import { type BrowserLike, type FakeClock, fakeClock, type SoftwareAuthenticator } from '@fobwatch/testkit'
import {
  addPerson,
  addPosition,
  addSignedIn,
  assertAt,
  enrol,
  giveRole,
  issuer,
  postWith,
  queueFor,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../service.testing.ts'

describe('a session of our own pages', () => {
  let clock: FakeClock
  let service: TestService
  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
  })
  after(() => service.close())

  const signedIn = () => addSignedIn(service)
  const statusOf = async (browser: BrowserLike) => (await browser.get('/api/session')).status
  const secretOf = (browser: BrowserLike) =>
    /fobwatch_session=([^;]+)/.exec(browser.cookieHeader('http://localhost:3000/'))?.[1] ?? ''

  describe('while it lasts', () => {
    it('tells who is signed in, how sure we are and why, and nothing else', async () => {
      const { person, browser, enrolled } = await signedIn()
      const page = await browser.get('/api/session')
      assert.equal(page.headers.get('cache-control'), 'no-store')
      assert.deepEqual(page.json<SessionView>(), {
        name: 'Asha Fiction',
        staffId: person.staffId,
        role: null,
        mayChangeRole: false,
        authenticatedAt: clock.now().toISOString(),
        assuranceLevel: 2,
        reachableLevel: 2,
        reasons: enrolled.reasons,
        shared: false,
        desk: [],
      })
    })

    it('says that the desk is open to those who have a duty there', async () => {
      const { person, browser } = await signedIn()
      const place = { code: 'ZT1', name: 'Test Hospital' }
      await giveRole(service, person.id, await addPosition(service, place, { name: 'Agent', dutyCode: 'agent' }))
      assert.equal((await browser.get('/api/session')).json<SessionView>().desk.includes('issue-authenticator'), true)
    })

    it('keeps its secret where no script can read it, and not beyond the browser', async () => {
      const { device } = await signedIn()
      const cookie = (await assertAt(service.browser(), 'fobwatch', device)).headers
        .getSetCookie()
        .find((line) => line.startsWith('fobwatch_session='))
      assert.match(cookie ?? '', /^fobwatch_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    })

    it('keeps a hash of the secret, and not the secret', async () => {
      const { person, browser } = await signedIn()
      const [row] = await sql<Record<string, unknown>>(service, 'select * from session where person_id = $1', person.id)
      assert.ok(!JSON.stringify(row).includes(secretOf(browser)))
      assert.ok(row?.['secret_hash'] instanceof Buffer)
    })

    it('changes its secret with every assertion, so that a copy of the old one is worth nothing', async () => {
      const { device, browser } = await signedIn()
      const before = secretOf(browser)
      await assertAt(browser, 'fobwatch', device)
      assert.notEqual(secretOf(browser), before)
      const copied = await service.app.inject({ url: '/api/session', cookies: { fobwatch_session: before } })
      assert.equal(copied.statusCode, 401)
      assert.equal(await statusOf(browser), 200)
    })

    describe('opened by two tabs at once', () => {
      /** A browser that has asked for a challenge in each of two tabs, and the answers that the devices gave. */
      const twoTabs = async (browser: BrowserLike, devices: SoftwareAuthenticator[]) => {
        const bodies: object[] = []
        for (const device of devices) {
          const options = (await browser.postJson('/sign-in/fobwatch/options', {})).json<RequestOptions>()
          bodies.push({ response: device.authenticate(options, { origin: issuer }) })
        }
        const at = '/sign-in/fobwatch/assertion'
        return bodies.map((body) => () => postWith(service, browser, at, body))
      }
      const alive = async (...people: string[]) =>
        sql<{ person: string }>(
          service,
          'select person_id as person from session where person_id = any($1::uuid[]) and ended_at is null',
          people,
        )

      it('is one, of the same person', async () => {
        const person = await addPerson(service)
        const [one, other] = [await enrol(service, person.id), await enrol(service, person.id)]
        const tabs = await twoTabs(service.browser(), [one.device, other.device])
        const answers = await queueFor(service, person.id, tabs)
        assert.deepEqual(
          answers.map(({ status }) => status),
          [200, 200],
        )
        assert.equal((await alive(person.id)).length, 1)
      })

      it('is one, of whoever came second, when they are two people', async () => {
        const [first, second] = [await addPerson(service), await addPerson(service)]
        const [one, other] = [await enrol(service, first.id), await enrol(service, second.id)]
        const tabs = await twoTabs(service.browser(), [one.device, other.device])
        await queueFor(service, first.id, tabs)
        assert.deepEqual(await alive(first.id, second.id), [{ person: second.id }])
      })

      it('is the one that was there, when the other tab has changed its secret already', async () => {
        const { person, device, browser } = await signedIn()
        const [first, second] = await twoTabs(browser, [device, device])
        assert.equal((await first?.())?.status, 200)
        assert.equal((await second?.())?.status, 200) // With the cookie from before the first.
        assert.equal((await alive(person.id)).length, 1)
        assert.equal((await sql(service, 'select from session where person_id = $1', person.id)).length, 1)
      })

      it('leaves the sessions of other browsers alone', async () => {
        const { person, device, browser } = await signedIn()
        await signInHere(service, device)
        assert.equal((await alive(person.id)).length, 2)
        assert.equal(await statusOf(browser), 200)
      })

      it('does not bring back one that has run out', async () => {
        const { person, device, browser } = await signedIn()
        clock.advance({ hours: 24 })
        assert.equal((await assertAt(browser, 'fobwatch', device)).status, 200)
        const rows = await sql<{ why: string | null }>(
          service,
          'select ended_why as why from session where person_id = $1 order by created_at',
          person.id,
        )
        assert.deepEqual(
          rows.map(({ why }) => why),
          ['replaced', null],
        )
      })
    })

    it('is another one for another person in the same browser, and the first is over', async () => {
      const [first, second] = [await signedIn(), await signedIn()]
      const old = secretOf(first.browser)
      await assertAt(first.browser, 'fobwatch', second.device)
      const view = (await first.browser.get('/api/session')).json<SessionView>()
      assert.equal(view.staffId, second.person.staffId)
      const [row] = await sql<{ why: string }>(
        service,
        'select ended_why as why from session where person_id = $1 and ended_at is not null',
        first.person.id,
      )
      assert.equal(row?.why, 'replaced')
      const copied = await service.app.inject({ url: '/api/session', cookies: { fobwatch_session: old } })
      assert.equal(copied.statusCode, 401)
    })
  })

  describe('when it ends', () => {
    it('is over when its person signs out, here and for whoever copied its cookie, and that is recorded', async () => {
      const { person, browser } = await signedIn()
      const secret = secretOf(browser)
      const answer = await service.app.inject({
        method: 'DELETE',
        url: '/api/session',
        cookies: { fobwatch_session: secret },
      })
      assert.equal(answer.statusCode, 204)
      assert.match(
        String(answer.headers['set-cookie']),
        /^fobwatch_session=; Max-Age=0; Path=\/; Expires=Thu, 01 Jan 1970/,
      )
      assert.equal(await statusOf(browser), 401)
      assert.equal((await service.rooms.audit.eventsOf(person.id)).at(-1)?.type, 'signed-out')
    })

    it('cannot be ended by nobody', async () => {
      const answer = await service.app.inject({ method: 'DELETE', url: '/api/session' })
      assert.equal(answer.statusCode, 401)
      assert.equal(answer.json<Failure>().error, 'not_signed_in')
    })

    it('is over after 15 minutes without activity, and not before', async () => {
      const { browser } = await signedIn()
      clock.advance({ minutes: 14, seconds: 59 })
      assert.equal(await statusOf(browser), 200)
      clock.advance({ minutes: 14, seconds: 59 })
      assert.equal(await statusOf(browser), 200)
      clock.advance({ minutes: 15 })
      assert.equal(await statusOf(browser), 401)
    })

    it('stays over: nothing that comes later wakes it', async () => {
      const { browser } = await signedIn()
      clock.advance({ minutes: 16 })
      for (const _ of [1, 2]) assert.equal(await statusOf(browser), 401)
    })

    it('is over after 12 hours, whatever happens in it', async () => {
      const { browser, device } = await signedIn()
      for (let minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
        clock.advance({ minutes: 10 })
        assert.equal(await statusOf(browser), 200)
      }
      clock.advance({ minutes: 9, seconds: 59 })
      assert.equal(await statusOf(browser), 200)
      clock.advance({ seconds: 1 })
      assert.equal(await statusOf(browser), 401)
      await assertAt(browser, 'fobwatch', device)
      assert.equal(await statusOf(browser), 200)
    })

    it('notes activity every 10 seconds at most', async () => {
      const { person, browser } = await signedIn()
      const notedAt = async () => {
        const [row] = await sql<{ at: Date }>(
          service,
          'select last_active_at as at from session where person_id = $1',
          person.id,
        )
        return row?.at.getTime()
      }
      const first = await notedAt()
      clock.advance({ seconds: 9 })
      await statusOf(browser)
      assert.equal(await notedAt(), first)
      clock.advance({ seconds: 2 })
      await statusOf(browser)
      assert.equal(await notedAt(), clock.now().getTime())
    })

    it('lasts as long as the configuration says', async () => {
      const short = await startService({
        now: clock.now,
        environment: { SESSION_IDLE_MINUTES: '2', SESSION_MAX_MINUTES: '5' },
      })
      const { device } = await enrol(short, (await addPerson(short)).id)
      const idle = await signInHere(short, device)
      clock.advance({ minutes: 2 })
      assert.equal(await statusOf(idle), 401)
      const busy = await signInHere(short, device)
      for (const _ of [1, 2, 3, 4]) {
        clock.advance({ minutes: 1 })
        assert.equal(await statusOf(busy), 200)
      }
      clock.advance({ minutes: 1 })
      assert.equal(await statusOf(busy), 401)
      await short.close()
    })
  })

  describe('of nobody', () => {
    for (const [what, secret] of [
      ['no cookie', undefined],
      ['an empty cookie', ''],
      ['a cookie that we never gave', 'A'.repeat(43)],
      ['a cookie of 8 kB', 'A'.repeat(8192)],
      ['a cookie with SQL in it', "' or 1=1 --"],
    ] as const)
      it(`is what ${what} makes`, async () => {
        const answer = await service.app.inject({
          url: '/api/session',
          ...(secret !== undefined && { cookies: { fobwatch_session: secret } }),
        })
        assert.equal(answer.statusCode, 401)
        assert.equal(answer.json<Failure>().error, 'not_signed_in')
      })
  })
})
