import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { CreationOptions, Enrolled, Failure, Invitation } from '@fobwatch/contracts'
import { statement } from '@fobwatch/store'
import { createSoftwareAuthenticator, fakeClock, type RegistrationMisbehaviour } from '@fobwatch/testkit'
import type { Person } from '#people'
import {
  addPerson,
  addPosition,
  giveRole,
  inviteCode,
  issuer,
  signInHere,
  startService,
  type TestService,
} from '../service.testing.ts'

const start = '2026-11-21T09:00:00.000Z'
const unknownCode = Buffer.alloc(32, 1).toString('base64url')
const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Mobile/15E148 Safari/604.1'

const authenticatorsOf = statement<[string], { id: string; name: string }>(
  'test:authenticators-of',
  'select id, name from authenticator where person_id = $1',
)
const invitationsOf = statement<[string], { codeHash: Buffer; spentAt: Date | null; authenticatorId: string | null }>(
  'test:invitations-of',
  `select code_hash as "codeHash", spent_at as "spentAt", authenticator_id as "authenticatorId"
   from invitation where person_id = $1`,
)
const setStatus = statement<[string, string]>('test:set-status', 'update person set status = $2 where id = $1')

describe('enrolment', () => {
  let clock = fakeClock(start)
  let service: Awaited<ReturnType<typeof startService>>
  let person: Person
  before(async () => {
    service = await startService({ now: () => clock.now() })
  })
  beforeEach(async () => {
    clock = fakeClock(start)
    person = await addPerson(service, 'Asha', 'Fiction')
  })
  after(() => service.close())

  const post = (path: string, body: object, instance: TestService = service) =>
    instance.browser().postJson(`/api/enrolment${path}`, body, { headers: { 'user-agent': iPhone } })
  const begin = async (code: string) => (await post('/options', { code })).json<CreationOptions>()
  const answer = async (
    code: string,
    misbehave: RegistrationMisbehaviour = {},
    device = createSoftwareAuthenticator(),
  ) => device.register(await begin(code), { origin: issuer, misbehave })
  const enrol = async (code: string, device = createSoftwareAuthenticator()) =>
    (await post('', { code, response: await answer(code, {}, device) })).json<Enrolled>()
  const held = () => service.store.rows(authenticatorsOf, [person.id])
  const events = async () =>
    (await service.rooms.audit.eventsOf(person.id)).map(({ type, outcome, details }) => ({
      type,
      outcome,
      code: details['code'],
    }))
  const refusedWith = async (page: Promise<{ status: number; json: <T>() => T }>) => {
    const { status, json } = await page
    return [status, json<Failure>().error]
  }

  describe('a link', () => {
    it('shows a name, an employer and a time, and nothing else', async () => {
      const place = { code: 'ZZQ01', name: 'Fictional Hospital' }
      await giveRole(
        service,
        person.id,
        await addPosition(service, place, { name: person.id, roleCode: 'S8000:G8000:R8001' }),
      )
      const page = await post('/invitation', { code: await inviteCode(service, person.id) })
      assert.deepEqual(page.json<Invitation>(), {
        name: 'Asha Fiction',
        givenName: 'Asha',
        organisation: 'Fictional Hospital',
        expiresAt: '2026-11-21T10:00:00.000Z',
        device: null,
      })
    })

    it('is not spent by opening it, nor by beginning, however often', async () => {
      const code = await inviteCode(service, person.id)
      for (let times = 0; times < 3; times += 1) {
        assert.equal((await post('/invitation', { code })).status, 200)
        assert.equal((await post('/options', { code })).status, 200)
      }
      const enrolled = await enrol(code)
      assert.equal(enrolled.ways, 1)
    })

    it('is kept as a hash alone', async () => {
      const code = await inviteCode(service, person.id)
      const [row] = await service.store.rows(invitationsOf, [person.id])
      assert.equal(row?.codeHash.length, 32)
      assert.notEqual(row?.codeHash.toString('base64url'), code)
      assert.equal(Buffer.from(code, 'base64url').length, 32)
    })

    it('line 3: is refused once it has expired, at every step', async () => {
      const code = await inviteCode(service, person.id)
      const response = await answer(code)
      clock.advance({ minutes: 60 })
      for (const page of [post('/invitation', { code }), post('/options', { code }), post('', { code, response })])
        assert.deepEqual(await refusedWith(page), [410, 'invitation_expired'])
      assert.deepEqual(await held(), [])
    })

    it('is refused when it is unknown, replaced, or its person is not active', async () => {
      const replaced = await inviteCode(service, person.id)
      await service.store.inTransaction((tx) => service.rooms.enrolment.voidInvitations(tx, person.id))
      const code = await inviteCode(service, person.id)
      const response = await answer(code)
      assert.deepEqual(await refusedWith(post('/invitation', { code: unknownCode })), [404, 'invitation_unknown'])
      assert.deepEqual(await refusedWith(post('/options', { code: replaced })), [410, 'invitation_replaced'])
      for (const status of ['suspended', 'closed']) {
        await service.store.run(setStatus, [person.id, status])
        for (const page of [post('/invitation', { code }), post('/options', { code }), post('', { code, response })])
          assert.deepEqual(await refusedWith(page), [404, 'invitation_unknown'], status)
      }
      assert.deepEqual(await held(), [])
    })

    it('is refused in another form than codes have', async () => {
      for (const code of ['', 'a'.repeat(44), 'a+b', 'a\0b', 7, null, { $ne: '' }])
        assert.deepEqual(await refusedWith(post('/invitation', { code })), [400, 'invalid_request'])
    })
  })

  describe('setting up a device', () => {
    it('stores it under a name that its person recognises, spends the link, and says how sure we are and why', async () => {
      const enrolled = await enrol(await inviteCode(service, person.id))
      const { id, ...rest } = enrolled
      assert.deepEqual(rest, {
        name: 'iPhone',
        kind: 'phone',
        model: null,
        assuranceLevel: 2,
        reasons: ['we could not confirm the maker'],
        ways: 1,
        planned: null,
      })
      const [invitation] = await service.store.rows(invitationsOf, [person.id])
      assert.deepEqual([invitation?.authenticatorId, invitation?.spentAt?.toISOString()], [id, start])
      assert.deepEqual(
        (await events()).map(({ type }) => type),
        ['person-created', 'invitation-issued', 'authenticator-enrolled'],
      )
    })

    it('asks the device to keep a random handle and the work email or name, and never the staff id', async () => {
      const options = await begin(await inviteCode(service, person.id))
      assert.equal(options.user.id, person.userHandle.toString('base64url'))
      assert.deepEqual([options.user.name, options.user.displayName], ['Asha Fiction', 'Asha Fiction'])
      assert.ok(!JSON.stringify(options).includes(person.staffId))
    })

    it('excludes what the person has already', async () => {
      const device = createSoftwareAuthenticator()
      await enrol(await inviteCode(service, person.id), device)
      const options = await begin(await inviteCode(service, person.id))
      assert.deepEqual(
        options.excludeCredentials.map(({ id }) => id),
        device.credentials().map(({ id }) => id),
      )
      assert.throws(() => device.register(options, { origin: issuer }), { name: 'InvalidStateError' })
    })

    it('numbers a second device of the same name', async () => {
      const names = []
      for (let times = 0; times < 3; times += 1) names.push((await enrol(await inviteCode(service, person.id))).name)
      assert.deepEqual(names, ['iPhone', 'iPhone 2', 'iPhone 3'])
    })

    it('lets the person log in with it at once', async () => {
      const device = createSoftwareAuthenticator()
      await enrol(await inviteCode(service, person.id), device)
      const session = await (await signInHere(service, device)).get('/api/session')
      assert.equal(session.json<{ staffId: string }>().staffId, person.staffId)
    })

    it('line 1: takes no answer to the challenge of another link, not even of the same person', async () => {
      const [mine, yours] = [await inviteCode(service, person.id), await inviteCode(service, person.id)]
      const response = await answer(mine)
      assert.deepEqual(await refusedWith(post('', { code: yours, response })), [400, 'challenge_unknown'])
      assert.equal((await post('', { code: mine, response })).status, 200)
    })

    it('line 2: takes one answer once, of 16 at the same time, at two instances', async () => {
      const second = await startService({ beside: service, now: () => clock.now() })
      try {
        const code = await inviteCode(service, person.id)
        const response = await answer(code)
        const pages = await Promise.all(
          Array.from({ length: 16 }, (_, number) => post('', { code, response }, number % 2 ? service : second)),
        )
        assert.equal(pages.filter(({ status }) => status === 200).length, 1)
        assert.equal((await held()).length, 1)
      } finally {
        await second.close()
      }
    })

    it('line 2: spends a link once, of 16 devices at the same time, at two instances', async () => {
      const second = await startService({ beside: service, now: () => clock.now() })
      try {
        const code = await inviteCode(service, person.id)
        const responses = []
        for (let number = 0; number < 16; number += 1) responses.push(await answer(code))
        const pages = await Promise.all(
          responses.map((response, number) => post('', { code, response }, number % 2 ? service : second)),
        )
        const refused = pages.filter(({ status }) => status !== 200).map((page) => page.json<Failure>().error)
        assert.deepEqual(refused, Array(15).fill('invitation_spent'))
        assert.equal((await held()).length, 1)
      } finally {
        await second.close()
      }
    })

    it('line 2: is refused with a spent link, for good', async () => {
      const code = await inviteCode(service, person.id)
      const late = await answer(code)
      await enrol(code)
      for (const page of [
        post('/invitation', { code }),
        post('/options', { code }),
        post('', { code, response: late }),
      ])
        assert.deepEqual(await refusedWith(page), [410, 'invitation_spent'])
      assert.equal((await held()).length, 1)
      assert.deepEqual(
        (await events()).filter(({ type }) => type === 'enrolment-refused'),
        [],
        'or a dead link could fill the log',
      )
    })

    it('lines 4 to 8 and 22: keeps nothing of what is refused, leaves the link open, and records what can be read', async () => {
      const faults: [RegistrationMisbehaviour, string][] = [
        [{ origin: 'https://evil.example' }, 'origin_mismatch'],
        [{ crossOrigin: true }, 'origin_mismatch'],
        [{ rpId: 'evil.example' }, 'rp_id_mismatch'],
        [{ userVerified: false }, 'user_not_verified'],
        [{ userPresent: false }, 'user_not_present'],
        [{ backupStateWithoutEligibility: true }, 'backup_flags_invalid'],
        [{ algorithmLabel: -36 }, 'algorithm_not_allowed'],
        [{ publicKey: 'rsa-exponent-one' }, 'key_weak'],
        [{ attestationFormat: 'android-safetynet' }, 'attestation_not_allowed'],
        [{ type: 'webauthn.get' }, 'ceremony_mismatch'],
        [{ clientDataEncoding: 'duplicate-keys' }, 'response_malformed'],
        [{ nestedCborDepth: 5_000 }, 'response_malformed'],
      ]
      const code = await inviteCode(service, person.id)
      for (const [misbehave, expected] of faults)
        assert.deepEqual(await refusedWith(post('', { code, response: await answer(code, misbehave) })), [
          400,
          expected,
        ])
      assert.deepEqual(await held(), [])
      const refused = (await events()).filter(({ type }) => type === 'enrolment-refused')
      assert.deepEqual(
        refused.map((event) => [event.outcome, event.code]),
        faults.filter(([, code]) => code !== 'response_malformed').map(([, expected]) => ['refused', expected]),
      )
      assert.equal((await enrol(code)).ways, 1)
    })

    it('line 9: refuses a key that vouches for itself under the name of a maker who certifies every key', async () => {
      const code = await inviteCode(service, person.id)
      const response = await answer(code, { selfAttestedAs: 'cb69481e-8ff7-4039-93ec-0a2729a154a8' })
      assert.deepEqual(await refusedWith(post('', { code, response })), [400, 'attestation_invalid'])
      assert.deepEqual(await held(), [])
    })

    it('line 12: refuses a credential that somebody has, and leaves the link open', async () => {
      const device = createSoftwareAuthenticator()
      await enrol(await inviteCode(service, person.id), device)
      const [{ id: credentialId } = { id: '' }] = device.credentials()
      const other = await addPerson(service, 'Bo', 'Fiction')
      const code = await inviteCode(service, other.id)
      const response = await answer(code, { credentialId })
      assert.deepEqual(await refusedWith(post('', { code, response })), [409, 'credential_taken'])
      assert.equal((await service.store.rows(authenticatorsOf, [other.id])).length, 0)
      assert.equal((await post('/invitation', { code })).status, 200)
    })

    it('line 13: refuses a body of 2 MB', async () => {
      const code = await inviteCode(service, person.id)
      const response = await answer(code)
      const huge = { ...response, response: { ...response.response, attestationObject: 'A'.repeat(2_000_000) } }
      assert.deepEqual(await refusedWith(post('', { code, response: huge })), [413, 'too_large'])
    })
  })

  describe('naming what was set up', () => {
    const name = (code: string, to: unknown) => post('/name', { code, name: to })

    it('is the code’s for 15 minutes', async () => {
      const code = await inviteCode(service, person.id)
      const { id } = await enrol(code)
      clock.advance({ minutes: 14, seconds: 59 })
      const named = await name(code, '  Blue   phone ')
      assert.equal(named.json<Enrolled>().name, 'Blue phone')
      assert.deepEqual(await held(), [{ id, name: 'Blue phone' }])
      clock.advance({ seconds: 1 })
      assert.deepEqual(await refusedWith(name(code, 'Red phone')), [410, 'invitation_spent'])
      assert.deepEqual(await held(), [{ id, name: 'Blue phone' }])
    })

    it('is refused with a code that was not used, or that nobody made', async () => {
      const code = await inviteCode(service, person.id)
      assert.deepEqual(await refusedWith(name(code, 'Phone')), [404, 'invitation_unknown'])
      assert.deepEqual(await refusedWith(name(unknownCode, 'Phone')), [404, 'invitation_unknown'])
    })

    it('line 14: takes markup as it is, and refuses control characters and others that are not seen', async () => {
      const code = await inviteCode(service, person.id)
      await enrol(code)
      assert.equal((await name(code, '<b>Asha’s "phone" & \\n 📱')).json<Enrolled>().name, '<b>Asha’s "phone" & \\n 📱')
      const unseen = ['a\u202eb', 'a\u2066b', 'a\u200fb', 'a\u2028b', 'a\u2029b', 'a\u200bb', '\ufeffa', 'a\u{e0041}b']
      for (const bad of ['a\r\nb', 'a\0b', '\u0085', ' ', '', 'x'.repeat(61), 7, ...unseen])
        assert.deepEqual(await refusedWith(name(code, bad)), [400, 'invalid_request'], JSON.stringify(bad))
    })
  })

  it('tells the desk what has become of each link, the newest first', async () => {
    const used = await inviteCode(service, person.id)
    await enrol(used)
    clock.advance({ minutes: 1 })
    await inviteCode(service, person.id)
    await service.store.inTransaction((tx) => service.rooms.enrolment.voidInvitations(tx, person.id))
    clock.advance({ minutes: 1 })
    await inviteCode(service, person.id)
    clock.advance({ minutes: 61 })
    await inviteCode(service, person.id)
    const links = await service.rooms.enrolment.linksOf(person.id)
    assert.deepEqual(
      links.map(({ state }) => state),
      ['open', 'expired', 'replaced', 'used'],
    )
  })

  it('records that links were voided only when there were any', async () => {
    const voidAll = () => service.store.inTransaction((tx) => service.rooms.enrolment.voidInvitations(tx, person.id))
    assert.equal(await voidAll(), 0)
    await inviteCode(service, person.id)
    await inviteCode(service, person.id)
    assert.equal(await voidAll(), 2)
    assert.deepEqual(
      (await events()).map(({ type }) => type),
      ['person-created', 'invitation-issued', 'invitation-issued', 'invitations-voided'],
    )
  })
})
