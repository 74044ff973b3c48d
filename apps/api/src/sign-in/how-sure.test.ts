import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import type { Failure, RequestOptions, SessionView } from '@fobwatch/contracts'
import {
  attestationRootPem,
  createSoftwareAuthenticator,
  fakeClock,
  metadataEntry,
  type Page,
  type SoftwareAuthenticator,
} from '@fobwatch/testkit'
import {
  attestedKey,
  believingPublisher,
  clearPolicies,
  publishMetadata,
  setPolicy,
  trustMaker,
} from '../attested.testing.ts'
import { arrive } from '../oidc/code-flow.testing.ts'
import {
  addPerson,
  assertAt,
  enrol,
  issuer,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../service.testing.ts'

const start = new Date('2026-11-25T12:00:00Z')
const model = '11111111-2222-4333-8444-000000000001'
const entry = (statuses?: string[]) =>
  metadataEntry({ aaguid: model, roots: [attestationRootPem], ...(statuses && { statuses }) })

describe('how sure a log in makes us', () => {
  let clock = fakeClock(start)
  let service: TestService
  before(async () => {
    service = await startService({ environment: believingPublisher(), now: () => clock.now() })
    await registerClient(service)
  })
  beforeEach(async () => {
    clock = fakeClock(start)
    await publishMetadata(service, [entry()], '2026-12-01')
  })
  afterEach(() => clearPolicies(service))
  after(() => service.close())

  const someone = async (device: SoftwareAuthenticator) => {
    const person = await addPerson(service)
    const { enrolled } = await enrol(service, person.id, device, 'in-person')
    return { person, device, enrolled }
  }
  const withKey = () => someone(attestedKey({ aaguid: model }))
  const session = async (personId: string) => {
    const [row] = await sql<{ level: number; acr: string; amr: string[]; reasons: string[] }>(
      service,
      `select assurance_level as level, acr, amr, reasons from session
       where person_id = $1 order by authenticated_at desc limit 1`,
      personId,
    )
    return row
  }
  const signIn = (device: SoftwareAuthenticator) => assertAt(service.browser(), 'fobwatch', device)
  const told = (page: Page) => {
    const { error, reasons = [] } = page.json<Failure>()
    return { status: page.status, error, reasons }
  }
  const lastEvent = async (personId: string) => (await service.rooms.audit.eventsOf(personId)).at(-1)

  it('is kept with the log in and recorded, with its class, its methods and its reasons', async () => {
    const { person, device } = await withKey()
    const browser = await signInHere(service, device)
    const kept = await session(person.id)
    assert.deepEqual([kept?.level, kept?.acr, kept?.amr], [3, 'AAL3_FIDO2', ['pop', 'user', 'mfa', 'hwk', 'pin']])
    assert.equal(kept?.reasons.length, 3)
    const view = (await browser.get('/api/session')).json<SessionView>()
    assert.deepEqual([view.assuranceLevel, view.reachableLevel, view.reasons], [3, 3, kept?.reasons])
    const { type, details } = (await lastEvent(person.id)) ?? {}
    assert.equal(type, 'signed-in')
    const { authenticator, session: sessionId, ...rest } = details ?? {}
    assert.ok(authenticator && sessionId)
    assert.deepEqual(rest, kept)
  })

  it('is kept and recorded anew when somebody checks that it is still them', async () => {
    const { person, device } = await withKey()
    const weak = await enrol(service, person.id)
    const browser = await signInHere(service, weak.device)
    assert.equal((await session(person.id))?.level, 2)
    const options = (await browser.postJson('/api/session/assertion/options', { level: 3 })).json<RequestOptions>()
    const response = device.authenticate(options, { origin: issuer })
    assert.equal((await browser.postJson('/api/session/assertion', { response })).status, 204)
    assert.deepEqual((await session(person.id))?.acr, 'AAL3_FIDO2')
    const { type, details } = (await lastEvent(person.id)) ?? {}
    assert.deepEqual([type, details?.['acr'], details?.['level']], ['reasserted', 'AAL3_FIDO2', 3])
  })

  it('is no strong check while the metadata is too old to be believed, and one again when it is renewed', async () => {
    const { person, device } = await withKey()
    clock.advance({ hours: 24 * 15 })
    await signIn(device)
    assert.equal((await session(person.id))?.level, 3, 'within the days of grace')
    clock.advance({ hours: 24 * 10 })
    const browser = await signInHere(service, device)
    assert.deepEqual(await session(person.id), {
      level: 2,
      acr: 'AAL2_ANY',
      amr: ['pop', 'user', 'mfa'],
      reasons: ['we could not confirm the maker'],
    })
    // Nobody can reach more than that now, so that nobody is asked for more.
    assert.equal((await browser.get('/api/session')).json<SessionView>().reachableLevel, 2)
    assert.equal((await browser.postJson('/api/authenticators/options', {})).status, 200)

    await publishMetadata(service, [entry()])
    clock.advance({ minutes: 1 })
    await signIn(device)
    assert.equal((await session(person.id))?.level, 3)
  })

  it('follows an anchor of an organisation at any time, and says a class of its own for a managed iPad', async () => {
    const anchor = await trustMaker(service, { platform: 'ios' })
    try {
      const { person, device } = await someone(attestedKey({ transports: ['internal'] }))
      clock.advance({ hours: 24 * 400 })
      await signIn(device)
      const kept = await session(person.id)
      assert.deepEqual([kept?.level, kept?.acr, kept?.amr], [3, 'AAL3_IOS', ['pop', 'user', 'mfa']])
    } finally {
      await service.rooms.assurance.removeAnchor(anchor)
    }
  })

  it('counts for nothing with a model that was found unsafe since', async () => {
    const { person, device } = await withKey()
    await publishMetadata(service, [entry(['FIDO_CERTIFIED_L1', 'USER_VERIFICATION_BYPASS'])])
    assert.deepEqual(told(await signIn(device)), {
      status: 400,
      error: 'policy_refuses',
      reasons: ['This model of device was found to be unsafe. Nobody can log in with it.'],
    })
    const { type, details } = (await lastEvent(person.id)) ?? {}
    assert.deepEqual([type, details?.['code']], ['sign-in-refused', 'policy_refuses'])
  })

  describe('under rules', () => {
    const strong = 'The rules here ask for a strong check. This device gives a standard check.'

    it('is refused with reasons, to whoever made a valid assertion and to nobody else', async () => {
      const { person, device } = await someone(createSoftwareAuthenticator())
      await setPolicy(service, 'service', '', { minimumAssuranceLevel: 3 })
      const browser = service.browser()
      const refused = { status: 400, error: 'policy_refuses', reasons: [strong] }
      assert.deepEqual(told(await assertAt(browser, 'fobwatch', device)), refused)
      assert.equal((await browser.get('/api/session')).status, 401)
      assert.deepEqual((await lastEvent(person.id))?.details['code'], 'policy_refuses')

      const lying = await assertAt(service.browser(), 'fobwatch', device, { signature: 'other-key' })
      assert.deepEqual(told(lying), { status: 400, error: 'sign_in_refused', reasons: [] })
    })

    it('of an application is refused there, and nowhere else', async () => {
      const { device } = await someone(createSoftwareAuthenticator())
      await setPolicy(service, 'client', 'ward', { minimumAssuranceLevel: 3 })
      const browser = service.browser()
      const page = await assertAt(browser, await arrive(browser), device)
      assert.deepEqual(told(page), { status: 400, error: 'policy_refuses', reasons: [strong] })
      assert.equal((await signIn(device)).status, 200)
    })

    it('is refused when what was used to log in has not been used for too long', async () => {
      const { device } = await withKey()
      await setPolicy(service, 'service', '', { maximumUnusedDays: 3 })
      clock.advance({ hours: 24 * 3 })
      assert.equal((await signIn(device)).status, 200)
      clock.advance({ hours: 24 * 4 })
      assert.deepEqual(told(await signIn(device)).reasons, ['This device has not been used for more than 3 days.'])
    })

    it('asks for both an identity level and an assurance level', async () => {
      const { person, device } = await withKey()
      await setPolicy(service, 'service', '', { minimumIdentityLevel: 3, minimumAssuranceLevel: 3 })
      assert.equal((await signIn(device)).status, 200)
      await sql(service, 'update person set identity_level = 2 where id = $1', person.id)
      assert.equal(told(await signIn(device)).error, 'policy_refuses')
      await setPolicy(service, 'service', '', { minimumAssuranceLevel: 3 })
      assert.equal((await signIn(device)).status, 200, 'the one is not the other')
    })

    it('is refused when somebody checks that it is still them, too', async () => {
      const { device } = await someone(createSoftwareAuthenticator())
      const browser = await signInHere(service, device)
      await setPolicy(service, 'service', '', { kinds: ['smartcard'] })
      const options = (await browser.postJson('/api/session/assertion/options', {})).json<RequestOptions>()
      const response = device.authenticate(options, { origin: issuer })
      assert.equal(told(await browser.postJson('/api/session/assertion', { response })).error, 'policy_refuses')
    })
  })
})
