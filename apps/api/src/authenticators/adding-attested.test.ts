import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Authenticator, CreationOptions, Enrolled, Failure } from '@fobwatch/contracts'
import {
  attestationRootPem,
  type BrowserLike,
  createSoftwareAuthenticator,
  metadataEntry,
  type Page,
  type RegistrationMisbehaviour,
  type SoftwareAuthenticator,
  testAaguid,
} from '@fobwatch/testkit'
import {
  attestedKey,
  believingPublisher,
  clearPolicies,
  publishMetadata,
  setPolicy,
  trustMaker,
} from '../attested.testing.ts'
import {
  addPerson,
  enrol,
  issuer,
  queueFor,
  setUp,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../service.testing.ts'

const yubikey = 'cb69481e-8ff7-4039-93ec-0a2729a154a8'
/** What is trusted by metadata here. */
const model = '11111111-2222-4333-8444-000000000001'
const bad = '11111111-2222-4333-8444-000000000002'

interface Refused {
  error: string
  reasons?: string[]
}

describe('a way to log in whose maker speaks for it', () => {
  let service: TestService
  /** Of two organisations, the second within the first. */
  const place = { trust: '', ward: '' }
  before(async () => {
    service = await startService({ environment: believingPublisher() })
    await publishMetadata(service, [
      metadataEntry({ aaguid: model, roots: [attestationRootPem] }),
      metadataEntry({ aaguid: bad, roots: [attestationRootPem], statuses: ['FIDO_CERTIFIED_L1', 'REVOKED'] }),
    ])
    await service.store.inTransaction(async (tx) => {
      place.trust = await service.rooms.access.addOrganisation(tx, { code: 'ZZA01', name: 'Trust' })
      place.ward = await service.rooms.access.addOrganisation(tx, {
        code: 'ZZA02',
        name: 'Ward',
        parentId: place.trust,
      })
    })
  })
  afterEach(() => clearPolicies(service))
  after(() => service.close())

  const person = async (at?: string) => {
    const { id } = await addPerson(service)
    if (at) await service.store.inTransaction((tx) => service.rooms.access.affiliate(tx, id, at))
    return id
  }
  const stored = async (id: string) => {
    const [row] = await sql<{ trust: string; facts: object | null; boundBy: string; boundLevel: number }>(
      service,
      `select attestation_trust as trust, trusted_facts as facts, bound_by as "boundBy", bound_level as "boundLevel"
       from authenticator where id = $1`,
      id,
    )
    return row
  }
  const count = async (personId: string) =>
    (await sql(service, 'select id from authenticator where person_id = $1', personId)).length
  const add = async (browser: BrowserLike, device: SoftwareAuthenticator, misbehave: RegistrationMisbehaviour = {}) => {
    const options = (await browser.postJson('/api/authenticators/options', {})).json<CreationOptions>()
    return browser.postJson('/api/authenticators', {
      response: device.register(options, { origin: issuer, misbehave }),
    })
  }

  it('line 25: is not added by a session that goes on with a weaker one, and with the stronger one paused', async () => {
    const personId = await person()
    const strong = attestedKey({ aaguid: model })
    const [{ enrolled: better }, { enrolled: lesser }] = [
      await enrol(service, personId, strong, 'in-person'),
      await enrol(service, personId),
    ]
    const browser = await signInHere(service, strong)
    const options = (await browser.postJson('/api/authenticators/options', {})).json<CreationOptions>()
    const response = attestedKey({ aaguid: model }).register(options, { origin: issuer })
    // The guard let it in with the stronger one. It comes slowly, and meanwhile a thief's weaker one renews the session.
    const [page] = await queueFor(
      service,
      personId,
      [() => browser.postJson('/api/authenticators', { response })],
      `with renewed as (update session set authenticator_id = '${lesser.id}', assurance_level = 2 where person_id = $1)
       update authenticator set status = 'suspended', status_reason = 'stolen' where id = '${better.id}'`,
    )
    assert.deepEqual([page?.status, page?.json<Failure>().error], [401, 'not_signed_in'])
    assert.equal(await count(personId), 2)
  })

  describe('is judged as it is set up', () => {
    it('a strong check, in person, when metadata confirms its maker', async () => {
      const { enrolled } = await enrol(service, await person(), attestedKey({ aaguid: model }), 'in-person')
      assert.equal(enrolled.assuranceLevel, 3)
      assert.ok(enrolled.reasons.length > 1)
      const { facts, ...rest } = (await stored(enrolled.id)) ?? {}
      assert.deepEqual(rest, { trust: 'metadata', boundBy: 'command', boundLevel: 3 })
      assert.deepEqual(facts, {
        keyProtection: 'hardware',
        methods: ['passcode_external'],
        smartcard: false,
        certification: 'L1',
        statuses: ['FIDO_CERTIFIED_L1'],
        platform: null,
      })
    })

    it('no more than its link allows, which the reasons say', async () => {
      const { enrolled } = await enrol(service, await person(), attestedKey({ aaguid: model }), 'link')
      assert.equal(enrolled.assuranceLevel, 2)
      assert.deepEqual(enrolled.reasons, ['it was set up by a link that anybody may have opened'])
      assert.deepEqual((await stored(enrolled.id))?.boundLevel, 2)
    })

    it('a standard check when nobody confirms its maker', async () => {
      for (const device of [
        attestedKey(),
        createSoftwareAuthenticator(),
        attestedKey({ attestation: 'packed-self' }),
      ]) {
        const { enrolled } = await enrol(service, await person(), device, 'in-person')
        assert.equal(enrolled.assuranceLevel, 2)
        assert.deepEqual(enrolled.reasons, ['we could not confirm the maker'])
        assert.equal((await stored(enrolled.id))?.facts, null)
      }
    })

    it('by the anchors of its person’s organisations and all above, and of no others', async () => {
      const anchor = await trustMaker(service, { organisationCode: 'ZZA01' })
      try {
        const level = async (at?: string) =>
          (await enrol(service, await person(at), attestedKey(), 'in-person')).enrolled.assuranceLevel
        assert.deepEqual([await level(place.trust), await level(place.ward), await level()], [3, 3, 2])
      } finally {
        await service.rooms.assurance.removeAnchor(anchor)
      }
    })
  })

  describe('is never trusted', () => {
    const chains: RegistrationMisbehaviour[] = [{ chain: 'home-made' }, { chain: 'home-made-with-root' }]
    for (const misbehave of chains)
      it(`line 10: with a chain that is ${misbehave.chain}, though it is of a known model`, async () => {
        const page = await setUp(service, await person(), attestedKey({ aaguid: model }), {
          how: 'in-person',
          misbehave,
        })
        const enrolled = page.json<Enrolled>()
        assert.deepEqual([page.status, enrolled.assuranceLevel], [200, 2], page.body)
        assert.deepEqual(await stored(enrolled.id), {
          trust: 'untrusted',
          facts: null,
          boundBy: 'command',
          boundLevel: 3,
        })
      })

    it('line 9: when it vouches for itself under the name of a maker who certifies every key', async () => {
      // One that we know of ourselves, and one that the metadata tells of.
      for (const selfAttestedAs of [yubikey, model]) {
        const id = await person()
        const page = await setUp(service, id, attestedKey(), { how: 'in-person', misbehave: { selfAttestedAs } })
        assert.deepEqual([page.status, page.json<Failure>().error], [400, 'attestation_invalid'])
        assert.equal(await count(id), 0)
      }
    })
  })

  describe('is refused', () => {
    /** By both ways in: a link, and adding to what one has. */
    const refusedBoth = async (
      device: () => SoftwareAuthenticator,
      misbehave: RegistrationMisbehaviour,
      at?: string,
    ) => {
      const id = await person(at)
      const page = await setUp(service, id, device(), { how: 'in-person', misbehave })
      assert.equal(await count(id), 0)
      const event = (await service.rooms.audit.eventsOf(id)).at(-1)
      assert.deepEqual([event?.type, event?.details['code']], ['enrolment-refused', 'policy_refuses'])

      const other = await person(at)
      const held = await sql<{ policy: object; scope: string; id: string }>(
        service,
        'select scope, scope_id as id, policy from authenticator_policy',
      )
      // Whoever has something already has it from before the rule.
      await clearPolicies(service)
      const browser = await signInHere(service, (await enrol(service, other)).device)
      for (const { scope, id: scopeId, policy } of held) await setPolicy(service, scope, scopeId, policy)
      const added = await add(browser, device(), misbehave)
      assert.deepEqual(told(added), told(page))
      assert.equal(await count(other), 1)
      return told(page)
    }
    const told = (page: Page): Refused & { status: number } => {
      const { error, reasons = [] } = page.json<Failure>()
      return { status: page.status, error, reasons }
    }
    const words = (...reasons: string[]) => ({ status: 400, error: 'policy_refuses', reasons })

    it('line 10: when the metadata says that its model is revoked, whoever signs for it', async () => {
      const unsafe = words('This model of device was found to be unsafe. Nobody can log in with it.')
      assert.deepEqual(await refusedBoth(() => attestedKey({ aaguid: bad }), {}), unsafe)
      assert.deepEqual(await refusedBoth(() => createSoftwareAuthenticator({ aaguid: bad }), {}), unsafe)
      assert.deepEqual(await refusedBoth(() => attestedKey({ aaguid: bad }), { chain: 'home-made' }), unsafe)
    })

    it('line 9: without attestation, where the rules require it', async () => {
      await setPolicy(service, 'service', '', { attestation: 'required' })
      const unconfirmed = words('The rules here ask for a device whose maker we can confirm.')
      assert.deepEqual(await refusedBoth(createSoftwareAuthenticator, {}), unconfirmed)
      assert.deepEqual(await refusedBoth(() => attestedKey({ aaguid: model }), { chain: 'home-made' }), unconfirmed)
      const page = await setUp(service, await person(), attestedKey({ aaguid: model }))
      assert.equal(page.status, 200, page.body)
    })

    it('where a rule of its person’s organisation, or of one above, says so, and nowhere else', async () => {
      const synced = () => createSoftwareAuthenticator({ backupEligible: true, aaguid: testAaguid })
      await setPolicy(service, 'organisation', place.trust, { synced: 'refused' })
      const copies = words('The rules here ask for a device that cannot copy its passkey to other devices.')
      assert.deepEqual(await refusedBoth(synced, {}, place.ward), copies)
      assert.equal((await setUp(service, await person(), synced())).status, 200)
    })

    it('with every reason, of every rule that applies', async () => {
      await setPolicy(service, 'service', '', { minimumAssuranceLevel: 3 })
      await setPolicy(service, 'organisation', place.trust, { kinds: ['smartcard'] })
      const { reasons } = await refusedBoth(createSoftwareAuthenticator, {}, place.trust)
      assert.equal(reasons?.length, 2)
    })

    it('where more proof of its person is asked for', async () => {
      await setPolicy(service, 'service', '', { minimumIdentityLevel: 3 })
      const weak = await service.store.inTransaction((tx) =>
        service.rooms.people.addPerson(tx, { givenName: 'Kit', familyName: 'Fiction', identityLevel: 2 }),
      )
      const page = await setUp(service, weak.id, createSoftwareAuthenticator())
      assert.equal(page.json<Failure>().error, 'policy_refuses')
      assert.equal((await setUp(service, await person(), createSoftwareAuthenticator())).status, 200)
    })

    it('by no rule of an application’s: that counts when somebody logs in to it', async () => {
      await setPolicy(service, 'client', 'ward', { minimumAssuranceLevel: 3 })
      assert.equal((await setUp(service, await person(), createSoftwareAuthenticator())).status, 200)
    })
  })

  describe('line 25: added by somebody who is logged in', () => {
    const key = () => attestedKey({ aaguid: model })

    it('is worth no more than the session, when that is all that the account can reach', async () => {
      const browser = await signInHere(service, (await enrol(service, await person())).device)
      const added = (await add(browser, key())).json<Authenticator>()
      assert.equal(added.assuranceLevel, 2)
      assert.deepEqual(added.reasons, ['you added it after a lower check'])
      assert.deepEqual(await stored(added.id), { ...(await stored(added.id)), boundBy: 'session', boundLevel: 2 })
    })

    it('stays so when it is used, alone and ever after', async () => {
      const device = key()
      const browser = await signInHere(service, (await enrol(service, await person())).device)
      const { id } = (await add(browser, device)).json<Authenticator>()
      const climbed = await signInHere(service, device)
      const session = (await climbed.get('/api/session')).json<{ assuranceLevel: number; reachableLevel: number }>()
      assert.deepEqual([session.assuranceLevel, session.reachableLevel], [2, 2])
      const next = (await add(climbed, key())).json<Authenticator>()
      assert.equal(next.assuranceLevel, 2)
      assert.notEqual(next.id, id)
    })

    it('is worth a strong check after a strong check', async () => {
      const strong = key()
      const browser = await signInHere(service, (await enrol(service, await person(), strong, 'in-person')).device)
      assert.equal((await add(browser, key())).json<Authenticator>().assuranceLevel, 3)
    })

    it('needs the strong check that the account can reach', async () => {
      const id = await person()
      const weak = await enrol(service, id)
      const strong = await enrol(service, id, key(), 'in-person')
      const browser = await signInHere(service, weak.device)
      const refused = await browser.postJson('/api/authenticators/options', {})
      assert.deepEqual([refused.status, refused.json<Failure>().error], [403, 'stronger_check_needed'])
      const options = await browser.postJson('/api/session/assertion/options', { level: 3 })
      const response = strong.device.authenticate(options.json(), { origin: issuer })
      assert.equal((await browser.postJson('/api/session/assertion', { response })).status, 204)
      assert.equal((await add(browser, key())).json<Authenticator>().assuranceLevel, 3)
    })
  })
})
