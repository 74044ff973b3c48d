import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { Authenticator, AuthenticatorList, Failure, RequestOptions } from '@fobwatch/contracts'
import { type BrowserLike, type FakeClock, fakeClock, type SoftwareAuthenticator } from '@fobwatch/testkit'
import { isRefusal } from '#kernel'
import {
  addPerson,
  enrol,
  issuer,
  postWith,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../../service.testing.ts'

interface Way {
  id: string
  device: SoftwareAuthenticator
}

describe('the life of an authenticator', () => {
  let clock: FakeClock
  let service: TestService
  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
  })
  after(() => service.close())

  const enrolled = async (personId: string): Promise<Way> => {
    const { device, enrolled } = await enrol(service, personId)
    return { device, id: enrolled.id }
  }
  /** Somebody with two ways to log in, who has logged in with the spare one. */
  const someone = async () => {
    const { id: personId } = await addPerson(service)
    const [mine, spare] = [await enrolled(personId), await enrolled(personId)]
    return { personId, mine, spare, browser: await signInHere(service, spare.device) }
  }
  const post = (browser: BrowserLike, id: string, deed: 'lost' | 'found') =>
    postWith(service, browser, `/api/authenticators/${id}/${deed}`, {})
  const refusal = ({ status, body }: { status: number; body: unknown }) => [status, (body as Failure).error]
  const rowOf = async (id: string) => {
    const [row] = await sql<{
      status: string
      reason: string | null
      note: string | null
      by: string | null
      at: Date
    }>(
      service,
      `select status, status_reason as reason, status_note as note, status_by as by, status_at as at
       from authenticator where id = $1`,
      id,
    )
    return row
  }
  const eventsOf = async (personId: string, type: string) =>
    (await service.rooms.audit.eventsOf(personId)).filter((event) => event.type === type)
  const toldOf = async (id: string) =>
    (
      await sql<{ fact: { change: string; reason: string | null } }>(
        service,
        `select fact from outbox where kind = 'authenticator-changed' and fact->>'authenticator' = $1 `,
        id,
      )
    )
      .map(({ fact: { change, reason } }) => (reason ? `${change} ${reason}` : change))
      .toSorted()

  const inTransaction: TestService['store']['inTransaction'] = (work) => service.store.inTransaction(work)
  const command = { as: 'command', actor: null } as const

  describe('from each status to each', () => {
    type Someone = Awaited<ReturnType<typeof someone>>
    const deedOf = ({ personId, mine }: Someone) => ({ id: mine.id, personId, by: command })

    /** How it comes to be what it is. */
    const beginnings: Record<string, (one: Someone) => Promise<unknown>> = {
      active: async () => {},
      lost: ({ browser, mine }) => post(browser, mine.id, 'lost'),
      paused: (one) =>
        inTransaction((tx) => service.rooms.authenticators.pause(tx, { ...deedOf(one), because: 'desk' })),
      overdue: (one) =>
        sql(service, 'update authenticator set expires_at = $2 where id = $1', one.mine.id, clock.now()),
      expired: async (one) => {
        await sql(service, 'update authenticator set expires_at = $2 where id = $1', one.mine.id, clock.now())
        await service.rooms.authenticators.expireOverdue()
      },
      revoked: (one) =>
        inTransaction((tx) => service.rooms.authenticators.revoke(tx, { ...deedOf(one), because: 'desk' })),
    }
    const answerOf = async (page: Promise<{ status: number; body: unknown }>) => {
      const answer = await page
      return answer.status === 200 ? undefined : (answer.body as Failure).error
    }
    const refusalOf = (deed: Promise<unknown>) =>
      deed.then(
        () => undefined,
        (error: unknown) => {
          if (isRefusal(error)) return error.code
          throw error
        },
      )
    const later = () => new Date(clock.now().getTime() + 60_000)
    const door = () => service.rooms.authenticators
    const deeds: Record<string, (one: Someone) => Promise<string | undefined>> = {
      lost: ({ browser, mine }) => answerOf(post(browser, mine.id, 'lost')),
      found: ({ browser, mine }) => answerOf(post(browser, mine.id, 'found')),
      pause: (one) => refusalOf(inTransaction((tx) => door().pause(tx, { ...deedOf(one), because: 'stolen' }))),
      reinstate: (one) => refusalOf(inTransaction((tx) => door().reinstate(tx, deedOf(one)))),
      revoke: (one) => refusalOf(inTransaction((tx) => door().revoke(tx, { ...deedOf(one), because: 'left' }))),
      expiry: (one) => refusalOf(inTransaction((tx) => door().setExpiry(tx, { ...deedOf(one), expiresAt: later() }))),
      service: async (one) => {
        const by = { as: 'service', actor: null } as const
        await inTransaction((tx) => door().suspend(tx, { ...deedOf(one), by, because: 'copied' }))
        return undefined
      },
      overdue: async () => void (await door().expireOverdue()),
    }

    const table: [from: string, Record<string, string>][] = [
      [
        'active',
        {
          lost: 'suspended lost',
          found: 'authenticator_not_so',
          pause: 'suspended stolen',
          reinstate: 'authenticator_not_so',
          revoke: 'revoked left',
          expiry: 'active',
          service: 'suspended copied',
          overdue: 'active',
        },
      ],
      [
        'lost',
        {
          lost: 'suspended lost',
          found: 'active',
          pause: 'suspended stolen',
          reinstate: 'active',
          revoke: 'revoked left',
          expiry: 'suspended lost',
          service: 'suspended lost',
          overdue: 'suspended lost',
        },
      ],
      [
        'paused',
        {
          lost: 'suspended desk',
          found: 'not_allowed',
          pause: 'suspended stolen',
          reinstate: 'active',
          revoke: 'revoked left',
          expiry: 'suspended desk',
          service: 'suspended desk',
          overdue: 'suspended desk',
        },
      ],
      [
        'overdue',
        {
          lost: 'authenticator_not_so',
          found: 'authenticator_not_so',
          pause: 'authenticator_not_so',
          reinstate: 'authenticator_not_so',
          revoke: 'revoked left',
          expiry: 'authenticator_not_so',
          service: 'active',
          overdue: 'expired',
        },
      ],
      [
        'expired',
        {
          lost: 'authenticator_not_so',
          found: 'authenticator_not_so',
          pause: 'authenticator_not_so',
          reinstate: 'authenticator_not_so',
          revoke: 'revoked left',
          expiry: 'authenticator_not_so',
          service: 'expired',
          overdue: 'expired',
        },
      ],
      [
        'revoked',
        {
          lost: 'not_found',
          found: 'not_found',
          pause: 'not_found',
          reinstate: 'not_found',
          revoke: 'not_found',
          expiry: 'not_found',
          service: 'revoked desk',
          overdue: 'revoked desk',
        },
      ],
    ]
    for (const [from, expectations] of table)
      for (const [deed, expected] of Object.entries(expectations))
        it(`${from}, ${deed}: ${expected.replaceAll('_', ' ')}`, async () => {
          const one = await someone()
          await beginnings[from]?.(one)
          const before = await rowOf(one.mine.id)
          const refused = await deeds[deed]?.(one)
          const row = await rowOf(one.mine.id)
          assert.equal(refused ?? [row?.status, row?.reason].filter(Boolean).join(' '), expected)
          if (refused) assert.deepEqual(row, before)
        })
  })

  describe('lost and found', () => {
    it('pauses at once, ends the sessions that it opened, and says who, when and why', async () => {
      const { personId, mine, browser } = await someone()
      const theirs = await signInHere(service, mine.device)
      const answer = await post(browser, mine.id, 'lost')
      const list = answer.body as unknown as AuthenticatorList
      const shown = list.authenticators.find(({ id }) => id === mine.id)
      assert.deepEqual(
        [shown?.status, shown?.because, shown?.changedAt, shown?.mayReinstate],
        ['suspended', 'lost', clock.now().toISOString(), true],
      )
      assert.equal((await theirs.get('/api/session')).status, 401)
      const row = await rowOf(mine.id)
      assert.deepEqual([row?.by, row?.at], [personId, clock.now()])
      const [event] = await eventsOf(personId, 'authenticator-suspended')
      assert.equal(event?.actor, personId)
      assert.deepEqual(event?.details, { authenticator: mine.id, because: 'lost', as: 'holder', sessions: 1 })
      assert.deepEqual(await toldOf(mine.id), ['added', 'suspended lost'])
    })

    it('pauses the last one too, and the one in use, and answers all the same', async () => {
      const { id: personId } = await addPerson(service)
      const only = await enrolled(personId)
      const browser = await signInHere(service, only.device)
      const answer = await post(browser, only.id, 'lost')
      assert.equal(answer.status, 200)
      assert.equal((answer.body as unknown as AuthenticatorList).authenticators[0]?.status, 'suspended')
      assert.equal((await browser.get('/api/authenticators')).status, 401)
    })

    it('line 25: asks for no assertion to pause, and for one to undo it', async () => {
      const { mine, spare, browser } = await someone()
      clock.advance({ minutes: 6 })
      assert.equal((await post(browser, mine.id, 'lost')).status, 200)
      assert.deepEqual(refusal(await post(browser, mine.id, 'found')), [403, 'fresh_assertion_needed'])
      const options = (await browser.postJson('/api/session/assertion/options', {})).json<RequestOptions>()
      assert.equal(options.allowCredentials.length, 1)
      const response = spare.device.authenticate(options, { origin: issuer })
      assert.equal((await browser.postJson('/api/session/assertion', { response })).status, 204)
      assert.equal((await post(browser, mine.id, 'found')).status, 200)
    })

    it('logs in again after it was found, and the sessions of before stay over', async () => {
      const { personId, mine, browser } = await someone()
      const theirs = await signInHere(service, mine.device)
      await post(browser, mine.id, 'lost')
      const answer = await post(browser, mine.id, 'found')
      const shown = (answer.body as unknown as AuthenticatorList).authenticators.find(({ id }) => id === mine.id)
      assert.deepEqual([shown?.status, shown?.because, shown?.mayReinstate], ['active', null, false])
      assert.equal((await theirs.get('/api/session')).status, 401)
      assert.equal((await (await signInHere(service, mine.device)).get('/api/session')).status, 200)
      assert.equal((await eventsOf(personId, 'authenticator-reinstated')).length, 1)
      assert.deepEqual(await toldOf(mine.id), ['added', 'reinstated', 'suspended lost'])
    })

    it('tells and records once, however often it is reported', async () => {
      const { personId, mine, browser } = await someone()
      await Promise.all([post(browser, mine.id, 'lost'), post(browser, mine.id, 'lost')])
      await post(browser, mine.id, 'lost')
      assert.equal((await eventsOf(personId, 'authenticator-suspended')).length, 1)
      assert.deepEqual(await toldOf(mine.id), ['added', 'suspended lost'])
    })

    it('line 24: finds nobody else’s, and none that is not there', async () => {
      const [one, other] = [await someone(), await someone()]
      await post(other.browser, other.mine.id, 'lost')
      for (const deed of ['lost', 'found'] as const)
        for (const id of [other.mine.id, other.spare.id, randomUUID()])
          assert.deepEqual(refusal(await post(one.browser, id, deed)), [404, 'not_found'], `${deed} ${id}`)
      assert.equal((await rowOf(other.mine.id))?.status, 'suspended')
      assert.equal((await rowOf(other.spare.id))?.status, 'active')
    })

    it('line 23: lets nobody in who is not signed in', async () => {
      const { mine } = await someone()
      for (const deed of ['lost', 'found'] as const)
        assert.deepEqual(refusal(await post(service.browser(), mine.id, deed)), [401, 'not_signed_in'])
    })
  })

  describe('running out', () => {
    const until = (id: string, at: Date | null) =>
      sql(service, 'update authenticator set expires_at = $2 where id = $1', id, at)

    it('opens nothing from that moment, before any job has seen it', async () => {
      const { mine, browser } = await someone()
      const theirs = await signInHere(service, mine.device)
      await until(mine.id, new Date(clock.now().getTime() + 1_000))
      assert.equal((await theirs.get('/api/session')).status, 200)
      clock.advance({ seconds: 1 })
      assert.equal((await theirs.get('/api/session')).status, 401)
      const { authenticators, signals } = (await browser.get('/api/authenticators')).json<AuthenticatorList>()
      const shown = authenticators.find(({ id }) => id === mine.id)
      assert.deepEqual([shown?.status, shown?.changedAt], ['expired', clock.now().toISOString()])
      assert.equal(signals.credentialIds.length, 1)
    })

    it('is written down, recorded and told once, by a job', async () => {
      const { personId, mine, browser } = await someone()
      await until(mine.id, clock.now())
      await Promise.all([service.rooms.authenticators.expireOverdue(), service.rooms.authenticators.expireOverdue()])
      assert.equal((await rowOf(mine.id))?.status, 'expired')
      const events = await eventsOf(personId, 'authenticator-expired')
      assert.deepEqual(
        events.map(({ actor, details }) => [actor, details]),
        [[null, { authenticator: mine.id, because: null, as: 'service', sessions: 0 }]],
      )
      assert.deepEqual(await toldOf(mine.id), ['added', 'expired'])
      assert.equal((await browser.get('/api/session')).status, 200)
    })

    it('lets the same device be set up anew, and the old one be removed', async () => {
      const { mine, browser } = await someone()
      await until(mine.id, clock.now())
      const options = (await browser.postJson('/api/authenticators/options', {})).json<{
        excludeCredentials: object[]
      }>()
      assert.equal(options.excludeCredentials.length, 1)
      const page = await service.app.inject({
        method: 'DELETE',
        url: `/api/authenticators/${mine.id}`,
        headers: { cookie: browser.cookieHeader(`${issuer}/api/authenticators`), 'sec-fetch-site': 'same-origin' },
        payload: {},
      })
      assert.equal(page.statusCode, 200)
    })
  })

  describe('signals', () => {
    it('name every passkey that the devices are to keep, paused ones included, and the person', async () => {
      const { personId, mine, spare, browser } = await someone()
      await post(browser, mine.id, 'lost')
      const { signals } = (await browser.get('/api/authenticators')).json<AuthenticatorList>()
      const [person] = await sql<{ user_handle: Buffer }>(
        service,
        'select user_handle from person where id = $1',
        personId,
      )
      assert.deepEqual(
        { ...signals, credentialIds: signals.credentialIds.toSorted() },
        {
          rpId: 'localhost',
          userId: person?.user_handle.toString('base64url'),
          name: 'Asha Fiction',
          displayName: 'Asha Fiction',
          credentialIds: [mine, spare].map(({ device }) => device.credentials()[0]?.id).toSorted(),
        },
      )
    })

    it('name it no longer once it is removed', async () => {
      const { mine, spare, browser } = await someone()
      const page = await service.app.inject({
        method: 'DELETE',
        url: `/api/authenticators/${mine.id}`,
        headers: { cookie: browser.cookieHeader(`${issuer}/api/authenticators`), 'sec-fetch-site': 'same-origin' },
        payload: {},
      })
      const { authenticators, signals } = page.json<AuthenticatorList>()
      assert.deepEqual(
        authenticators.map(({ id }: Authenticator) => id),
        [spare.id],
      )
      assert.deepEqual(signals.credentialIds, [spare.device.credentials()[0]?.id])
    })
  })
})
