import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Authenticator, AuthenticatorList, CreationOptions, Failure, RequestOptions } from '@fobwatch/contracts'
import { statement } from '@fobwatch/store'
import {
  type BrowserLike,
  createSoftwareAuthenticator,
  fakeClock,
  type RegistrationMisbehaviour,
} from '@fobwatch/testkit'
import type { Person } from '#people'
import {
  addPerson,
  assertAt,
  enrol,
  issuer,
  queueFor,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../service.testing.ts'

const start = '2026-11-21T09:00:00.000Z'
const row = statement<
  [string],
  { status: string; statusReason: string | null; statusBy: string | null; publicKey: Buffer }
>(
  'test:row',
  `select status, status_reason as "statusReason", status_by as "statusBy", public_key as "publicKey"
   from authenticator where id = $1`,
)
const suspend = statement<[string]>('test:suspend', `update authenticator set status = 'suspended' where id = $1`)
const lower = statement<[string]>('test:lower', 'update session set assurance_level = 1 where person_id = $1')
const setLevel = statement<[string, number]>(
  'test:level',
  'update authenticator set assurance_level = $2 where id = $1',
)

type Answer = { status: number; body: unknown }

describe('my ways to log in', () => {
  let clock = fakeClock(start)
  let service: Awaited<ReturnType<typeof startService>>
  let person: Person
  let device: ReturnType<typeof createSoftwareAuthenticator>
  let browser: BrowserLike
  let mine: string
  before(async () => {
    service = await startService({ now: () => clock.now() })
  })
  beforeEach(async () => {
    clock = fakeClock(start)
    person = await addPerson(service)
    ;({ device, id: mine } = await enrolled(person))
    browser = await signInHere(service, device)
  })
  after(() => service.close())

  const enrolled = async ({ id }: Person) => {
    const { device, enrolled } = await enrol(service, id)
    return { device, id: enrolled.id }
  }
  const call = async (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    { by = browser, at = service }: { by?: BrowserLike; at?: TestService } = {},
  ): Promise<Answer> => {
    const url = `/api/authenticators${path}`
    const answer = await at.app.inject({
      method,
      url,
      headers: { cookie: by.cookieHeader(url), origin: issuer, 'sec-fetch-site': 'same-origin' },
      ...(body && { payload: body }),
    })
    return { status: answer.statusCode, body: answer.body ? answer.json() : undefined }
  }
  const code = ({ status, body }: Answer) => [status, (body as Failure).error]
  const list = async (by?: BrowserLike) =>
    ((await call('GET', '', undefined, by ? { by } : {})).body as AuthenticatorList).authenticators
  const beginAdding = async (by = browser) => (await call('POST', '/options', {}, { by })).body as CreationOptions
  const add = async (
    misbehave: RegistrationMisbehaviour = {},
    another = createSoftwareAuthenticator({ transports: ['usb'] }),
  ) => {
    const response = another.register(await beginAdding(), { origin: issuer, misbehave })
    return call('POST', '', { response })
  }
  const reassert = async (by: BrowserLike, using = device) => {
    const options = (await by.postJson('/api/session/assertion/options', {})).json<RequestOptions>()
    const response = using.authenticate(options, { origin: issuer })
    assert.equal((await by.postJson('/api/session/assertion', { response })).status, 204)
  }
  const events = async () =>
    (await service.rooms.audit.eventsOf(person.id)).map(({ type, outcome, details }) => [
      type,
      outcome,
      details['code'] ?? null,
    ])

  describe('listing', () => {
    it('shows each with its name, kind, check and reason, and which opened this session', async () => {
      clock.advance({ seconds: 1 })
      await add()
      const [first, second] = await list()
      const { id, name, ...rest } = first as Authenticator
      assert.equal(id, mine)
      assert.equal(name, 'Passkey')
      assert.deepEqual(rest, {
        kind: 'passkey',
        model: null,
        icon: null,
        assuranceLevel: 2,
        reasons: ['we could not confirm the maker'],
        status: 'active',
        because: null,
        changedAt: null,
        expiresAt: null,
        mayReinstate: false,
        boundBy: 'command',
        addedAt: start,
        lastUsedAt: start,
        current: true,
      })
      assert.deepEqual(
        [second?.name, second?.kind, second?.current, second?.lastUsedAt],
        ['Security key', 'security-key', false, null],
      )
    })

    it('shows nobody else’s', async () => {
      const other = await addPerson(service, 'Bo', 'Fiction')
      const theirs = await enrolled(other)
      assert.deepEqual(
        (await list()).map(({ id }) => id),
        [mine],
      )
      assert.deepEqual(
        (await list(await signInHere(service, theirs.device))).map(({ id }) => id),
        [theirs.id],
      )
    })

    it('line 23: shows nothing to whoever is not signed in', async () => {
      assert.deepEqual(code(await call('GET', '', undefined, { by: service.browser() })), [401, 'not_signed_in'])
    })
  })

  describe('adding', () => {
    it('adds a way to log in, and records it', async () => {
      const another = createSoftwareAuthenticator({ transports: ['usb'] })
      clock.advance({ seconds: 1 })
      const { status, body } = await add({}, another)
      assert.equal(status, 200)
      assert.deepEqual(
        (await list()).map(({ id }) => id),
        [mine, (body as Authenticator).id],
      )
      assert.deepEqual((await events()).at(-1), ['authenticator-added', 'done', null])
      await signInHere(service, another)
    })

    it('excludes what the person has, paused ones included', async () => {
      const { body } = await add()
      await service.store.run(suspend, [(body as Authenticator).id])
      assert.equal((await beginAdding()).excludeCredentials.length, 2)
    })

    it('line 25: asks for an assertion made in the last minutes', async () => {
      const another = createSoftwareAuthenticator()
      const response = another.register(await beginAdding(), { origin: issuer })
      clock.advance({ minutes: 5 })
      assert.deepEqual(code(await call('POST', '/options', {})), [403, 'fresh_assertion_needed'])
      assert.deepEqual(code(await call('POST', '', { response })), [403, 'fresh_assertion_needed'])
      await reassert(browser)
      assert.equal((await call('POST', '', { response })).status, 200)
    })

    it('line 1: takes no answer to the challenge of another session, not even of the same person', async () => {
      const elsewhere = await signInHere(service, device)
      const response = createSoftwareAuthenticator().register(await beginAdding(elsewhere), { origin: issuer })
      assert.deepEqual(code(await call('POST', '', { response })), [400, 'challenge_unknown'])
      assert.equal((await call('POST', '', { response }, { by: elsewhere })).status, 200)
    })

    it('line 2: takes one answer once, of 16 at the same time, at two instances', async () => {
      const second = await startService({ beside: service, now: () => clock.now() })
      try {
        const response = createSoftwareAuthenticator().register(await beginAdding(), { origin: issuer })
        const answers = await Promise.all(
          Array.from({ length: 16 }, (_, number) =>
            call('POST', '', { response }, { at: number % 2 ? service : second }),
          ),
        )
        assert.equal(answers.filter(({ status }) => status === 200).length, 1)
        assert.equal((await list()).length, 2)
      } finally {
        await second.close()
      }
    })

    it('keeps nothing of what is refused, and records it', async () => {
      const faults: [RegistrationMisbehaviour, string][] = [
        [{ crossOrigin: true }, 'origin_mismatch'],
        [{ userVerified: false }, 'user_not_verified'],
        [{ publicKey: 'off-curve' }, 'key_weak'],
      ]
      for (const [misbehave, expected] of faults) {
        assert.deepEqual(code(await add(misbehave)), [400, expected])
        assert.deepEqual((await events()).at(-1), ['authenticator-added', 'refused', expected])
      }
      assert.equal((await list()).length, 1)
    })

    it('line 12: refuses a credential that anybody has, or had before it was removed', async () => {
      const [{ id: credentialId } = { id: '' }] = device.credentials()
      assert.deepEqual(code(await add({ credentialId })), [409, 'credential_taken'])
      const { body } = await add()
      await call('DELETE', `/${mine}`, {})
      const again = await signInHere(service, (await enrolled(await addPerson(service, 'Bo', 'Fiction'))).device)
      const response = createSoftwareAuthenticator().register(await beginAdding(again), {
        origin: issuer,
        misbehave: { credentialId },
      })
      assert.deepEqual(code(await call('POST', '', { response }, { by: again })), [409, 'credential_taken'])
      assert.ok(body)
    })

    it('line 25: asks for the highest level that the account can reach, to begin and to finish', async () => {
      const { body: stronger } = await add()
      const response = createSoftwareAuthenticator().register(await beginAdding(), { origin: issuer })
      const { id } = stronger as Authenticator
      await service.store.run(setLevel, [id, 3])
      assert.deepEqual(code(await call('POST', '/options', {})), [403, 'stronger_check_needed'])
      assert.deepEqual(code(await call('POST', '', { response })), [403, 'stronger_check_needed'])
      assert.deepEqual((await events()).at(-1), ['authenticator-added', 'refused', 'stronger_check_needed'])
      assert.equal((await list()).length, 2)
      // What is paused or has run out cannot be used, and is not asked for.
      await service.store.run(suspend, [id])
      assert.equal((await call('POST', '/options', {})).status, 200)
      await sql(service, `update authenticator set status = 'active', expires_at = $2 where id = $1`, id, clock.now())
      assert.equal((await call('POST', '/options', {})).status, 200)
    })

    it('takes one connection to the database, so that many who add at once do not wait for each other', async () => {
      const narrow = await startService({ environment: { DATABASE_CONNECTIONS: '2' } })
      try {
        const people = await Promise.all([1, 2, 3, 4].map(() => addPerson(narrow)))
        const added = await Promise.all(people.map(({ id }) => enrol(narrow, id)))
        assert.equal(added.length, 4)
      } finally {
        await narrow.close()
      }
    })

    it('line 25: never makes a key worth more than the session that added it', async () => {
      await service.store.run(setLevel, [mine, 1])
      await service.store.run(lower, [person.id])
      const { body } = await add()
      const { assuranceLevel, reasons } = body as Authenticator
      assert.deepEqual([assuranceLevel, reasons], [1, ['you added it after a lower check']])
    })
  })

  describe('renaming', () => {
    it('renames one of mine, and records that, without the name', async () => {
      const { body } = await call('PATCH', `/${mine}`, { name: ' Work  laptop LT-0423 ' })
      const [renamed] = (body as AuthenticatorList).authenticators
      assert.deepEqual([renamed?.name, renamed?.current], ['Work laptop LT-0423', true])
      assert.deepEqual(
        (await list()).map(({ name }) => name),
        ['Work laptop LT-0423'],
      )
      const recorded = await service.rooms.audit.eventsOf(person.id)
      assert.equal(recorded.at(-1)?.type, 'authenticator-renamed')
      assert.ok(!JSON.stringify(recorded).includes('LT-0423'))
    })

    it('line 24: finds nobody else’s, none that is not there, and none that was removed', async () => {
      const theirs = await enrolled(await addPerson(service, 'Bo', 'Fiction'))
      await add()
      await call('DELETE', `/${mine}`, {})
      const second = await signInHere(service, theirs.device)
      for (const id of [mine, randomUUID()])
        assert.deepEqual(code(await call('PATCH', `/${id}`, { name: 'Mine' }, { by: second })), [404, 'not_found'])
      assert.deepEqual(
        (await list(second)).map(({ name }) => name),
        ['Passkey'],
      )
    })

    it('line 14: refuses control characters, and ids in another form', async () => {
      for (const name of ['a\r\nb', 'a\0b', '\t', ''])
        assert.deepEqual(code(await call('PATCH', `/${mine}`, { name })), [400, 'invalid_request'])
      assert.deepEqual(code(await call('PATCH', `/${mine}%27`, { name: 'x' })), [400, 'invalid_request'])
    })
  })

  describe('removing', () => {
    it('ends every session that it opened, and opens none any more', async () => {
      const another = createSoftwareAuthenticator({ transports: ['usb'] })
      await add({}, another)
      const elsewhere = await signInHere(service, another)
      assert.equal((await call('DELETE', `/${mine}`, {}, { by: elsewhere })).status, 200)
      assert.deepEqual(code(await call('GET', '')), [401, 'not_signed_in'])
      const refused = await assertAt(service.browser(), 'fobwatch', device)
      assert.deepEqual([refused.status, refused.json<Failure>().error], [400, 'credential_removed'])
      assert.equal((await list(elsewhere)).length, 1)
      assert.deepEqual(
        (await events()).filter(([type]) => type === 'authenticator-removed'),
        [['authenticator-removed', 'done', null]],
      )
    })

    it('keeps the public key, and who removed it', async () => {
      await add()
      const before = await service.store.row(row, [mine])
      await call('DELETE', `/${mine}`, {})
      const after = await service.store.row(row, [mine])
      assert.deepEqual([after?.status, after?.statusReason, after?.statusBy], ['revoked', 'removed', person.id])
      assert.deepEqual(after?.publicKey, before?.publicKey)
    })

    it('warns before the last one, and removes it for whoever knows', async () => {
      assert.deepEqual(code(await call('DELETE', `/${mine}`, {})), [409, 'last_authenticator'])
      assert.deepEqual(code(await call('DELETE', `/${mine}`, { evenIfLast: false })), [409, 'last_authenticator'])
      assert.equal((await list()).length, 1)
      assert.equal((await call('DELETE', `/${mine}`, { evenIfLast: true })).status, 200)
      assert.equal((await service.store.row(row, [mine]))?.status, 'revoked')
    })

    it('warns before the last active one, since a paused one opens nothing', async () => {
      const { body } = await add()
      await service.store.run(suspend, [(body as Authenticator).id])
      assert.deepEqual(code(await call('DELETE', `/${mine}`, {})), [409, 'last_authenticator'])
      assert.equal((await call('DELETE', `/${(body as Authenticator).id}`, {})).status, 200)
    })

    it('leaves one of two that are removed at the same time, at two instances', async () => {
      const second = await startService({ beside: service, now: () => clock.now() })
      try {
        for (let times = 0; times < 8; times += 1) {
          const someone = await addPerson(service, 'Cy', `Fiction ${times}`)
          const [one, other] = [await enrolled(someone), await enrolled(someone)]
          const [byOne, byOther] = [await signInHere(service, one.device), await signInHere(service, other.device)]
          const answers = await Promise.all([
            call('DELETE', `/${one.id}`, {}, { by: byOne }),
            call('DELETE', `/${other.id}`, {}, { by: byOther, at: second }),
          ])
          assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
        }
      } finally {
        await second.close()
      }
    })

    describe('while another is being added with what is removed', () => {
      const both = async (order: 'removal first' | 'addition first') => {
        const own = await enrolled(person)
        const owner = await signInHere(service, own.device)
        const pending = createSoftwareAuthenticator({ transports: ['usb'] })
        const response = pending.register(await beginAdding(), { origin: issuer })
        const removal = () => call('DELETE', `/${mine}`, {}, { by: owner })
        const addition = () => call('POST', '', { response })
        const answers = await queueFor(
          service,
          person.id,
          order === 'removal first' ? [removal, addition] : [addition, removal],
        )
        return { answers, left: (await list(owner)).map(({ id }) => id), own: own.id }
      }

      it('adds nothing once the removal stands, though the guard had let the addition in', async () => {
        const { answers, left, own } = await both('removal first')
        const [removed, added] = answers as [Answer, Answer]
        assert.equal(removed.status, 200)
        assert.deepEqual(code(added), [401, 'not_signed_in'])
        assert.deepEqual(left, [own])
        assert.deepEqual((await events()).at(-1), ['authenticator-added', 'refused', 'not_signed_in'])
      })

      it('shows to whoever removes it what was added before', async () => {
        const { answers, left, own } = await both('addition first')
        const [added, removed] = answers as [Answer, Answer]
        assert.deepEqual([added.status, removed.status], [200, 200])
        assert.deepEqual(left.toSorted(), [own, (added.body as Authenticator).id].toSorted())
      })

      for (const [what, gone] of [
        ['the session has ended', 'update session set ended_at = now() where person_id = $1'],
        ['the person is suspended', `update person set status = 'suspended' where id = $1`],
        ['the authenticator is paused', `update authenticator set status = 'suspended' where person_id = $1`],
      ] as const)
        it(`neither adds nor renames nor removes when meanwhile ${what}`, async () => {
          const response = createSoftwareAuthenticator().register(await beginAdding(), { origin: issuer })
          const answers = await queueFor(
            service,
            person.id,
            [
              () => call('POST', '', { response }),
              () => call('PATCH', `/${mine}`, { name: 'Mine' }),
              () => call('DELETE', `/${mine}`, { evenIfLast: true }),
            ],
            gone,
          )
          for (const answer of answers) assert.deepEqual(code(answer), [401, 'not_signed_in'])
          assert.notEqual((await service.store.row(row, [mine]))?.status, 'revoked')
          assert.equal((await sql(service, 'select from authenticator where person_id = $1', person.id)).length, 1)
        })
    })

    it('removes once, of two requests for one at the same time', async () => {
      await add()
      const answers = await Promise.all([call('DELETE', `/${mine}`, {}), call('DELETE', `/${mine}`, {})])
      assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    })

    it('line 24: finds nobody else’s, and none that is not there', async () => {
      const theirs = await enrolled(await addPerson(service, 'Bo', 'Fiction'))
      for (const id of [theirs.id, randomUUID()])
        assert.deepEqual(code(await call('DELETE', `/${id}`, { evenIfLast: true })), [404, 'not_found'])
      assert.equal((await service.store.row(row, [theirs.id]))?.status, 'active')
    })

    it('line 25: asks for an assertion made in the last minutes', async () => {
      await add()
      clock.advance({ minutes: 5 })
      assert.deepEqual(code(await call('DELETE', `/${mine}`, {})), [403, 'fresh_assertion_needed'])
      await reassert(browser)
      assert.equal((await call('DELETE', `/${mine}`, {})).status, 200)
    })
  })

  it('line 23: lets nobody in who is not signed in', async () => {
    const by = service.browser()
    const response = createSoftwareAuthenticator().register(await beginAdding(), { origin: issuer })
    const calls: [Parameters<typeof call>[0], string, object][] = [
      ['POST', '/options', {}],
      ['POST', '', { response }],
      ['PATCH', `/${mine}`, { name: 'x' }],
      ['DELETE', `/${mine}`, { evenIfLast: true }],
    ]
    for (const [method, path, body] of calls)
      assert.deepEqual(code(await call(method, path, body, { by })), [401, 'not_signed_in'], `${method} ${path}`)
  })
})
