import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Authenticator, AuthenticatorList, Failure, RequestOptions, SessionView } from '@fobwatch/contracts'
import {
  type AuthenticationMisbehaviour,
  createSoftwareAuthenticator,
  type Page,
  type SoftwareAuthenticator,
  type SoftwareAuthenticatorOptions,
} from '@fobwatch/testkit'
import { clearPolicies, setPolicy } from '../attested.testing.ts'
import { addPerson, assertAt, enrol, issuer, postWith, signInHere, sql, startService } from '../service.testing.ts'

type Started = Awaited<ReturnType<typeof startService>>

const path = '/sign-in/fobwatch/assertion'
const told = (page: Page) => [page.status, page.json<Failure>().error]

describe('a counter', () => {
  let service: Started
  let second: Started
  before(async () => {
    service = await startService()
    second = await startService({ beside: service })
  })
  after(async () => {
    await second.close()
    await service.close()
  })

  const someone = async (options: SoftwareAuthenticatorOptions = {}) => {
    const person = await addPerson(service)
    const device = createSoftwareAuthenticator({ counter: { start: 5, step: 1 }, ...options })
    const { enrolled } = await enrol(service, person.id, device)
    return { person, device, id: enrolled.id }
  }
  const signIn = (device: SoftwareAuthenticator, misbehave?: AuthenticationMisbehaviour) =>
    assertAt(service.browser(), 'fobwatch', device, misbehave)
  const stored = async (id: string) => {
    const columns = 'status, status_reason as "because", sign_count as "signCount", backup_state as "backupState"'
    const [row] = await sql<{ status: string; because: string | null; signCount: number; backupState: boolean }>(
      service,
      `select ${columns} from authenticator where id = $1`,
      id,
    )
    return row
  }
  const events = async (personId: string) =>
    (await service.rooms.audit.eventsOf(personId)).map(({ type, details }) => ({ type, details }))

  const behind: [what: string, misbehave: AuthenticationMisbehaviour][] = [
    ['equal to what is stored', { signCount: 6 }],
    ['lower', { signCount: 3 }],
    ['0 after more', { signCount: 0 }],
  ]
  for (const [what, misbehave] of behind)
    it(`line 18: that is ${what} pauses the key, ends its sessions, and says so to whoever holds it`, async () => {
      const { person, device, id } = await someone()
      const browser = await signInHere(service, device)
      const page = await signIn(device, misbehave)
      assert.deepEqual(told(page), [400, 'credential_suspended'])
      assert.deepEqual(page.json<Failure>().reasons, ['It is paused because somebody may have made a copy of it.'])
      assert.deepEqual(await stored(id), { status: 'suspended', because: 'copied', signCount: 6, backupState: false })
      assert.equal((await browser.get('/api/session')).status, 401)

      const copied = (await events(person.id)).find(({ type }) => type === 'authenticator-copied')
      assert.deepEqual(copied?.details, {
        authenticator: id,
        asserted: misbehave.signCount,
        stored: 6,
        suspended: true,
      })
      const [session] = await sql(service, 'select ended_why as why from session where person_id = $1', person.id)
      assert.deepEqual(session, { why: 'authenticator-suspended' })
      // The right counter brings nobody back.
      assert.deepEqual(told(await signIn(device, { signCount: 900 })), [400, 'credential_suspended'])
    })

  it('line 18: is kept as asserted, never worked out from what was stored', async () => {
    const { device, id } = await someone()
    await signIn(device, { signCount: 4_294_967_295 })
    assert.equal((await stored(id))?.signCount, 4_294_967_295)
  })

  it('line 18: of a passkey that never counts is no sign of anything', async () => {
    const { device, id } = await someone({ backupEligible: true, counter: { start: 0, step: 0 } })
    for (let time = 0; time < 3; time += 1) assert.equal((await signIn(device)).status, 200)
    assert.equal((await stored(id))?.status, 'active')
  })

  it('line 18: that falls behind is refused and no more, where the rules are content with that', async () => {
    const { person, device, id } = await someone()
    await signIn(device)
    await setPolicy(service, 'service', '', { copiedKey: 'refuse' })
    try {
      assert.deepEqual(told(await signIn(device, { signCount: 6 })), [400, 'sign_in_refused'])
      assert.equal((await stored(id))?.status, 'active')
      const copied = (await events(person.id)).find(({ type }) => type === 'authenticator-copied')
      assert.equal(copied?.details['suspended'], false)
      assert.equal((await signIn(device, { signCount: 7 })).status, 200)
    } finally {
      await clearPolicies(service)
    }
  })

  it('line 18: lets one of 16 copies in that race with one counter over two instances, and pauses the key', async () => {
    const { person, device, id } = await someone()
    const copies = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const browser = service.browser()
        const options = (await browser.postJson('/sign-in/fobwatch/options', {})).json<RequestOptions>()
        return { browser, response: device.clone().authenticate(options, { origin: issuer }) }
      }),
    )
    const answers = await Promise.all(
      copies.map(({ browser, response }, index) =>
        postWith(index % 2 === 0 ? service : second, browser, path, { response }),
      ),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    const codes = new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body['error']))
    assert.ok(codes.isSubsetOf(new Set(['credential_suspended', 'sign_in_refused'])), [...codes].join())
    assert.deepEqual(await stored(id), { status: 'suspended', because: 'copied', signCount: 6, backupState: false })
    assert.ok((await events(person.id)).some(({ type }) => type === 'authenticator-copied'))
    const live = `select s.id from session s join authenticator a on a.id = s.authenticator_id and a.status = 'active'
      where s.person_id = $1 and s.ended_at is null`
    assert.deepEqual(await sql(service, live, person.id), [])
  })

  it('line 18: that falls behind is noticed when somebody checks that it is still them', async () => {
    const { device, id } = await someone()
    const browser = await signInHere(service, device)
    const options = (await browser.postJson('/api/session/assertion/options', {})).json<RequestOptions>()
    const response = device.authenticate(options, { origin: issuer, misbehave: { signCount: 2 } })
    const page = await browser.postJson('/api/session/assertion', { response })
    assert.deepEqual(told(page), [400, 'credential_suspended'])
    assert.equal((await stored(id))?.status, 'suspended')
    assert.equal((await browser.get('/api/session')).status, 401)
  })

  describe('and a backup state', () => {
    const withBackup = (device: SoftwareAuthenticator): Promise<Page> => {
      const set = (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 32 ? byte | 0b0001_0000 : byte)))
      return signIn(device, { mutate: { authData: set } })
    }
    const mine = async (device: SoftwareAuthenticator): Promise<Authenticator | undefined> => {
      const browser = await signInHere(service, device)
      return (await browser.get('/api/authenticators')).json<AuthenticatorList>().authenticators[0]
    }

    it('that changes are recorded, and the reasons follow it', async () => {
      const { person, device, id } = await someone({ backupEligible: true })
      const before = (await mine(device))?.reasons
      assert.equal((await withBackup(device)).status, 200)
      assert.equal((await stored(id))?.backupState, true)
      const [signedIn] = await sql<SessionView>(
        service,
        'select reasons from session where person_id = $1 order by authenticated_at desc limit 1',
        person.id,
      )
      assert.notDeepEqual(signedIn?.reasons, before)
      const changed = (await events(person.id)).filter(({ type }) => type === 'backup-state-changed')
      assert.deepEqual(
        changed.map(({ details }) => details),
        [{ authenticator: id, backupState: true }],
      )

      // And back again: what it shows is what it was worth the last time.
      assert.deepEqual((await mine(device))?.reasons, before)
      assert.equal((await events(person.id)).filter(({ type }) => type === 'backup-state-changed').length, 2)
    })

    it('line 19: of a key that may not be copied is refused', async () => {
      const { device, id } = await someone()
      assert.deepEqual(told(await withBackup(device)), [400, 'backup_flags_invalid'])
      assert.deepEqual(told(await signIn(device, { backupEligible: true })), [400, 'sign_in_refused'])
      assert.equal((await stored(id))?.backupState, false)
    })
  })
})
