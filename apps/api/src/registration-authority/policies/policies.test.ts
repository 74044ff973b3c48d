import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type {
  AuthenticatorPolicy,
  Failure,
  FoundModels,
  PolicyAtPlace,
  PolicyList,
  PolicyPlace,
  PolicyPreview,
  PreviewPolicy,
} from '@fobwatch/contracts'
import { type BrowserLike, createSoftwareAuthenticator } from '@fobwatch/testkit'
import type { Person } from '#people'
import {
  assertAt,
  enrol,
  issuer,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../../service.testing.ts'
import { addAt, putAt } from '../desk.testing.ts'

const synced = () => createSoftwareAuthenticator({ backupEligible: true })
const key = () => createSoftwareAuthenticator({ transports: ['usb'] })
const service_ = { scope: 'service', id: 'all' } as const

describe('rules of what may be used to log in', () => {
  let service: TestService
  /** A trust, a hospital that is part of it, and a care home beside them. */
  const place = { trust: '', hospital: '', home: '' }
  const codes = { trust: 'ZZT01', hospital: 'ZZH01', home: 'ZZC01' }
  /** Sets policies for everybody, or for the hospital alone. */
  let top: BrowserLike
  let local: BrowserLike
  /** Somebody with a synced passkey and somebody with a key, at each place, and somebody with both at the hospital. */
  const people = {} as Record<'trustPhone' | 'hospitalPhone' | 'hospitalKey' | 'hospitalBoth' | 'homePhone', Person>

  before(async () => {
    service = await startService()
    await service.store.inTransaction(async (tx) => {
      const { addOrganisation } = service.rooms.access
      place.trust = await addOrganisation(tx, { code: codes.trust, name: 'Trust' })
      place.hospital = await addOrganisation(tx, { code: codes.hospital, name: 'Hospital', parentId: place.trust })
      place.home = await addOrganisation(tx, { code: codes.home, name: 'Care home' })
    })
    await registerClient(service)
    top = await operator('Top', [place.trust, place.home])
    local = await operator('Local', [place.hospital])
    people.trustPhone = await withDevices('Trust', place.trust, synced())
    people.hospitalPhone = await withDevices('Phone', place.hospital, synced())
    people.hospitalKey = await withDevices('Key', place.hospital, key())
    people.hospitalBoth = await withDevices('Both', place.hospital, synced(), key())
    people.homePhone = await withDevices('Home', place.home, synced())
  })
  after(() => service.close())

  const add = (givenName: string, organisationId: string) =>
    addAt(service, organisationId, { givenName, familyName: 'Fiction' })
  const withDevices = async (name: string, organisationId: string, ...devices: ReturnType<typeof key>[]) => {
    const person = await add(name, organisationId)
    for (const device of devices) await enrol(service, person.id, device)
    return person
  }
  const operator = async (name: string, organisations: string[]) => {
    const person = await add(name, organisations[0] ?? '')
    for (const organisationId of organisations)
      await putAt(service, person.id, organisationId, { name: `${name}, operator`, dutyCode: 'service-operator' })
    return signInHere(service, (await enrol(service, person.id, key())).device)
  }

  const preview = async (body: PreviewPolicy, browser = top) => {
    const page = await browser.postJson('/api/desk/policies/preview', body)
    assert.equal(page.status, 200, page.body)
    return page.json<PolicyPreview>()
  }
  const named = async (body: PreviewPolicy) => {
    const { count, lockedOut } = await preview(body)
    assert.equal(count, lockedOut.length)
    const names = lockedOut.map(({ name }) => name.split(' ')[0] ?? '')
    return names.filter((name) => name !== 'Top' && name !== 'Local').toSorted()
  }
  const put = async ({ scope, id }: PolicyPlace, body: object, browser = top) => {
    const path = `/api/desk/policies/${scope}/${id}`
    const answer = await service.app.inject({
      method: 'PUT',
      url: path,
      headers: { host: new URL(issuer).host, origin: issuer, cookie: browser.cookieHeader(`${issuer}${path}`) },
      payload: body,
    })
    return { status: answer.statusCode, body: answer.json<Failure & { version: number }>() }
  }
  /** Looks, and saves what was looked at. */
  const set = async (where: PolicyPlace, policy: AuthenticatorPolicy, browser = top) => {
    const { version, count } = await preview({ ...where, policy }, browser)
    return put(where, { policy, version, acknowledged: count }, browser)
  }
  const clear = async () => void (await sql(service, 'delete from authenticator_policy'))
  const list = async (browser: BrowserLike) =>
    (await browser.get('/api/desk/policies')).json<PolicyList>().policies.map(({ updatedAt, ...rest }) => rest)
  const of = (id: string): PolicyPlace => ({ scope: 'organisation', id })
  const ward: PolicyPlace = { scope: 'client', id: 'ward' }
  const noSynced: AuthenticatorPolicy = { synced: 'refused' }

  it('line 42: of a place hold for whoever works there, and for nobody who has left it', async () => {
    const device = synced()
    const person = await withDevices('Mover', place.trust, device)
    const work = () => putAt(service, person.id, place.hospital, { dutyCode: 'id-checker' })
    const isHeld = async () => {
      const names = await named({ ...of(codes.hospital), policy: noSynced })
      await set(of(codes.hospital), noSynced, local)
      const page = await assertAt(service.browser(), 'fobwatch', device)
      await clear()
      return [names.includes('Mover'), page.status !== 200]
    }
    const first = await work()
    assert.deepEqual(await isHeld(), [true, true])
    await sql(service, 'update assignment set ended_at = now() where id = $1', first)
    assert.deepEqual(await isHeld(), [false, false])
    await work()
    assert.deepEqual(await isHeld(), [true, true])
    await sql(service, 'update person set status = $2 where id = $1', person.id, 'closed')
  })

  describe('looking', () => {
    it('names exactly those who could log in now and could not any more', async () => {
      assert.deepEqual(await named({ ...service_, policy: noSynced }), ['Home', 'Phone', 'Trust'])
      assert.deepEqual(await named({ ...of(codes.trust), policy: noSynced }), ['Phone', 'Trust'])
      assert.deepEqual(await named({ ...of(codes.hospital), policy: noSynced }), ['Phone'])
      assert.deepEqual(await named({ ...of(codes.home), policy: noSynced }), ['Home'])
      assert.deepEqual(await named({ ...ward, policy: noSynced }), ['Home', 'Phone', 'Trust'])
      assert.deepEqual(await named({ ...service_, policy: {} }), [])
    })

    it('gives staff ids and names, and the version that it would change', async () => {
      const { staffId } = people.homePhone
      assert.deepEqual(await preview({ ...of(codes.home), policy: noSynced }), {
        version: 0,
        count: 1,
        lockedOut: [{ staffId, name: 'Home Fiction' }],
      })
    })

    it('changes nothing, and is recorded', async () => {
      await preview({ ...of(codes.home), policy: noSynced })
      assert.deepEqual(await list(top), [])
      const last = `select details from audit_event where type = 'policy-previewed' order by seq desc limit 1`
      const [event] = await sql<{ details: object }>(service, last)
      assert.deepEqual(event?.details, { scope: 'organisation', of: place.home, lockedOut: 1 })
    })

    it('leaves out whoever cannot log in now: closed, paused, run out, or refused by another rule', async () => {
      const policy: AuthenticatorPolicy = { kinds: ['tablet'] }
      const both = ['Both', 'Key', 'Phone']
      const there = () => named({ ...of(codes.hospital), policy })
      assert.deepEqual(await there(), both)
      const change = (set: string, id: string) =>
        sql(service, `update authenticator set ${set} where person_id = $1`, id)
      await change(`status = 'suspended'`, people.hospitalKey.id)
      await change(`expires_at = now()`, people.hospitalBoth.id)
      assert.deepEqual(await there(), ['Phone'])
      await sql(service, `update person set status = 'closed' where id = $1`, people.hospitalPhone.id)
      assert.deepEqual(await there(), [])
      await sql(service, `update person set status = 'active' where id = $1`, people.hospitalPhone.id)
      await change(`status = 'active'`, people.hospitalKey.id)
      await change('expires_at = null', people.hospitalBoth.id)
      await set(of(codes.trust), noSynced)
      assert.deepEqual(await there(), ['Both', 'Key'])
      await clear()
    })

    it('judges as a log in would: level, identity level, maker, and days unused', async () => {
      const at = of(codes.home)
      assert.deepEqual(await named({ ...at, policy: { minimumAssuranceLevel: 2, minimumIdentityLevel: 2 } }), [])
      assert.deepEqual(await named({ ...at, policy: { minimumAssuranceLevel: 3 } }), ['Home'])
      assert.deepEqual(await named({ ...at, policy: { minimumIdentityLevel: 3 } }), ['Home'])
      assert.deepEqual(await named({ ...at, policy: { attestation: 'required' } }), ['Home'])
      const trust = 'update authenticator set attestation_trust = $2, trusted_facts = $3 where person_id = $1'
      const facts = { keyProtection: 'hardware', methods: [], smartcard: false, statuses: [], platform: null }
      await sql(service, trust, people.homePhone.id, 'organisation', { ...facts, certification: null })
      assert.deepEqual(await named({ ...at, policy: { attestation: 'required' } }), [])
      // There is no metadata here, so that what it once said counts for nothing.
      await sql(service, trust, people.homePhone.id, 'metadata', { ...facts, certification: 'L1' })
      assert.deepEqual(await named({ ...at, policy: { attestation: 'required' } }), ['Home'])
      const use = 'update authenticator set last_used_at = $2 where person_id = $1'
      await sql(service, use, people.homePhone.id, new Date(Date.now() - 10.5 * 86_400_000))
      assert.deepEqual(await named({ ...at, policy: { maximumUnusedDays: 10 } }), [])
      assert.deepEqual(await named({ ...at, policy: { maximumUnusedDays: 9 } }), ['Home'])
    })

    it('takes the strictest of two organisations and an application', async () => {
      await set(of(codes.trust), { kinds: ['passkey', 'security-key', 'tablet'] })
      await set(of(codes.hospital), { kinds: ['passkey', 'phone'] })
      await set(ward, { kinds: ['passkey', 'security-key'] })
      // At the hospital all three allow passkeys only, so that a key does not help whoever has both.
      const keysOnly: AuthenticatorPolicy = { kinds: ['security-key'] }
      assert.deepEqual(await named({ ...ward, policy: keysOnly }), ['Both', 'Home', 'Phone', 'Trust'])
      assert.deepEqual(await named({ ...of(codes.trust), policy: keysOnly }), ['Both', 'Phone', 'Trust'])
      // Logging in at all is not the application's business, and its rules do not count there.
      assert.deepEqual(await named({ ...of(codes.hospital), policy: noSynced }), ['Phone'])
      // Whoever is locked out already is not locked out by this.
      assert.deepEqual(await named({ ...ward, policy: { kinds: ['passkey'] } }), [])
      await clear()
    })

    it('looks at everybody, a page of people at a time, and names the first 100', async () => {
      await sql(
        service,
        `with made as (
           insert into person (id, staff_id, user_handle, given_name, family_name, identity_level, created_at)
           select gen_random_uuid(), '9' || lpad(n::text, 11, '0'), sha256(n::text::bytea), 'Crowd', 'Fiction', 1, now()
           from generate_series(1, 1100) n returning id)
         insert into authenticator (id, person_id, credential_id, public_key, algorithm, sign_count, aaguid,
           backup_eligible, backup_state, attestation_format, attestation_object, name, kind, assurance_level,
           attestation_trust, bound_by, bound_level, created_at)
         select gen_random_uuid(), id, id::text::bytea, '', -7, 0, gen_random_uuid(), true, false, 'none', '', 'Phone',
           'phone', 2, 'none', 'link', 2, now() from made`,
      )
      const { count, lockedOut } = await preview({ ...service_, policy: noSynced })
      assert.deepEqual([count, lockedOut.length], [1_103, 100])
      await sql(service, `delete from authenticator where name = 'Phone' and public_key = ''`)
      await sql(service, `delete from person where given_name = 'Crowd'`)
    })
  })

  describe('saving', () => {
    it('is refused to whoever did not look', async () => {
      const unseen = await put(of(codes.hospital), { policy: noSynced, version: 0, acknowledged: 0 })
      assert.deepEqual([unseen.status, unseen.body.error], [409, 'policy_locks_out'])
      assert.deepEqual(unseen.body.reasons, ['1 person could not log in any more.'])
      const more = await put(service_, { policy: noSynced, version: 0, acknowledged: 2 })
      assert.deepEqual(more.body.reasons, ['3 people could not log in any more.'])
      const fewer = await put(service_, { policy: {}, version: 0, acknowledged: 2 })
      assert.deepEqual(fewer.body.reasons, ['Nobody would be locked out. Look at it again before you save it.'])
      assert.equal((await put(service_, { policy: {}, version: 0 })).body.error, 'invalid_request')
      assert.deepEqual(await list(top), [])
    })

    it('keeps the rules, and gives them a version', async () => {
      const saved = await set(of(codes.hospital), noSynced)
      assert.deepEqual([saved.status, saved.body], [200, { version: 1 }])
      const again = await set(of(codes.hospital), { ...noSynced, maximumUnusedDays: 90 })
      assert.deepEqual(again.body, { version: 2 })
      const policy = { synced: 'refused', maximumUnusedDays: 90 }
      const shown = { ...of(codes.hospital), name: 'Hospital', policy, version: 2, mayChange: true }
      assert.deepEqual(await list(top), [shown])
      await clear()
    })

    it('is refused when somebody else was faster', async () => {
      await set(of(codes.hospital), {})
      const stale = await put(of(codes.hospital), { policy: { maximumUnusedDays: 9 }, version: 0, acknowledged: 0 })
      assert.deepEqual([stale.status, stale.body.error], [409, 'policy_changed'])
      const answers = await Promise.all(
        [10, 20, 30, 40].map((maximumUnusedDays) =>
          put(of(codes.hospital), { policy: { maximumUnusedDays }, version: 1, acknowledged: 0 }),
        ),
      )
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409, 409, 409])
      assert.equal((await list(top))[0]?.version, 2)
      await clear()
    })

    it('is recorded with its scope and the fields that changed, and so is what was refused', async () => {
      await set(of(codes.hospital), {
        synced: 'refused',
        maximumUnusedDays: 90,
        kinds: ['phone', 'security-key', 'passkey'],
      })
      await set(of(codes.hospital), { maximumUnusedDays: 30, kinds: ['phone', 'security-key', 'passkey'] })
      await put(of(codes.hospital), { policy: noSynced, version: 2, acknowledged: 0 })
      const events = await sql<{ outcome: string; details: object }>(
        service,
        `select outcome, details from audit_event where type = 'policy-changed' order by seq desc limit 3`,
      )
      const scope = { scope: 'organisation', of: place.hospital }
      assert.deepEqual(events, [
        { outcome: 'refused', details: { code: 'policy_locks_out', ...scope } },
        { outcome: 'done', details: { ...scope, version: 2, lockedOut: 0, fields: ['maximumUnusedDays', 'synced'] } },
        {
          outcome: 'done',
          details: { ...scope, version: 1, lockedOut: 1, fields: ['kinds', 'maximumUnusedDays', 'synced'] },
        },
      ])
      await clear()
    })

    it('takes nothing that is no rule, and none that every log in would read for long', async () => {
      const aaguid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
      const tooMany = Array.from({ length: 1_001 }, (_, n) => aaguid(n))
      for (const policy of [
        { allowAaguids: tooMany },
        { denyAaguids: tooMany },
        { kind: ['phone'] },
        { kinds: ['toaster'] },
        { denyAaguids: ['A'] },
        { maximumUnusedDays: 0 },
        [],
      ])
        assert.equal((await put(service_, { policy, version: 0, acknowledged: 0 })).body.error, 'invalid_request')
      for (const where of [of('ZZNONE'), { scope: 'client', id: 'nobody' }, { scope: 'service', id: 'one' }] as const)
        assert.equal((await put(where, { policy: {}, version: 0, acknowledged: 0 })).body.error, 'not_found')
      const nowhere = { scope: 'planet', id: 'earth' } as unknown as PolicyPlace
      assert.equal((await put(nowhere, { policy: {}, version: 0, acknowledged: 0 })).status, 400)
    })
  })

  describe('whose rules they are', () => {
    it('lets an operator of one organisation set its rules, and nobody else set them', async () => {
      assert.equal((await set(of(codes.hospital), { maximumUnusedDays: 9 }, local)).status, 200)
      for (const where of [of(codes.trust), of(codes.home), ward, service_]) {
        const saved = await put(where, { policy: {}, version: 0, acknowledged: 0 }, local)
        assert.deepEqual([saved.status, saved.body.error], [403, 'not_allowed'])
        const looked = await local.postJson('/api/desk/policies/preview', { ...where, policy: {} })
        assert.equal(looked.status, 403)
      }
      const [{ count } = { count: 0 }] = await sql<{ count: number }>(
        service,
        `select count(*) from audit_event where type = 'desk-refused' and details = '{"task": "set-policy", "why": "outside"}'`,
      )
      assert.equal(count, 8)
      await clear()
    })

    it('lets only an operator of every organisation at the top set those of the service and of applications', async () => {
      for (const where of [service_, ward, of(codes.trust), of(codes.home)])
        assert.equal((await set(where, {})).status, 200)
      const half = await operator('Half', [place.trust])
      assert.equal((await put(of(codes.trust), { policy: {}, version: 1, acknowledged: 0 }, half)).status, 200)
      assert.equal((await put(service_, { policy: {}, version: 1, acknowledged: 0 }, half)).status, 403)
    })

    it('shows what they may change, and what else holds for their people', async () => {
      await set(of(codes.hospital), {})
      const seen = async (browser: BrowserLike) =>
        (await list(browser)).map(({ id, mayChange }) => `${id} ${mayChange}`)
      assert.deepEqual((await seen(top)).toSorted(), [
        'ZZC01 true',
        'ZZH01 true',
        'ZZT01 true',
        'all true',
        'ward true',
      ])
      assert.deepEqual((await seen(local)).toSorted(), ['ZZH01 true', 'ZZT01 false', 'all false'])
      await clear()
    })

    it('shows one place, with what holds there from above', async () => {
      const at = async (path: string, browser = top) => {
        const answer = await browser.get(`/api/desk/policies/${path}`)
        return { status: answer.status, body: answer.json<PolicyAtPlace>() }
      }
      await set(service_, { maximumUnusedDays: 90 })
      await set(of(codes.trust), { synced: 'refused' })
      await set(of(codes.home), {})
      const { body } = await at(`organisation/${codes.hospital}`)
      assert.deepEqual(
        [body.name, body.policy, body.version, body.updatedAt, body.mayChange],
        ['Hospital', {}, 0, null, true],
      )
      assert.deepEqual(
        body.above.map(({ scope, id, policy }) => [scope, id, policy]),
        [
          ['service', 'all', { maximumUnusedDays: 90 }],
          ['organisation', codes.trust, { synced: 'refused' }],
        ],
      )
      assert.deepEqual(
        (await at('client/ward')).body.above.map(({ id }) => id),
        ['all'],
      )
      assert.deepEqual((await at('service/all')).body.above, [])
      const seen = await at(`organisation/${codes.trust}`, local)
      assert.deepEqual([seen.status, seen.body.mayChange, seen.body.version], [200, false, 1])
      assert.equal((await at('service/all', local)).status, 200)
      for (const path of [`organisation/${codes.home}`, 'client/ward'])
        assert.equal((await at(path, local)).status, 403, path)
      for (const path of ['organisation/ZZNONE', 'client/nobody', 'service/one'])
        assert.equal((await at(path)).status, 404, path)
      for (const path of ['planet/earth', 'client/%00']) assert.equal((await at(path)).status, 400, path)
      await clear()
    })

    it('names the models that there are, by a part of their name', async () => {
      const find = async (search: string) =>
        (await top.get(`/api/desk/models?search=${encodeURIComponent(search)}`)).json<FoundModels>().models
      const found = await find(' yubikey BIO')
      assert.ok(found.length > 0 && found.length <= 20 && found.every(({ name }) => /yubikey bio/i.test(name)))
      const [{ aaguid, name } = { aaguid: '', name: '' }] = found
      assert.deepEqual(await find(aaguid), [{ aaguid, name }])
      assert.deepEqual(await find(`' or 1=1 --`), [])
      const unknown = '00000000-0000-4000-8000-00000000abcd'
      await set(of(codes.hospital), { denyAaguids: [aaguid, unknown] })
      const shown = (await top.get('/api/desk/policies')).json<PolicyList>()
      assert.deepEqual(shown.models, [{ aaguid, name }])
      await clear()
      assert.equal((await top.get('/api/desk/models?search=a')).status, 400)
    })

    it('keeps out whoever has no such duty', async () => {
      const stranger = await signInHere(service, (await enrol(service, people.homePhone.id, key())).device)
      assert.equal((await stranger.get('/api/desk/policies')).status, 403)
      assert.equal((await stranger.postJson('/api/desk/policies/preview', { ...service_, policy: {} })).status, 403)
      assert.equal((await put(service_, { policy: {}, version: 0, acknowledged: 0 }, stranger)).status, 403)
    })

    it('keeps out an operator whose duty ended a moment ago', async () => {
      await sql(
        service,
        `update assignment set ended_at = now() where position_id in (select id from position where name = 'Local, operator')`,
      )
      assert.equal((await put(of(codes.hospital), { policy: {}, version: 0, acknowledged: 0 }, local)).status, 403)
    })
  })
})
