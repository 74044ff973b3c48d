import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { openStore, question, type Store, statement } from '@fobwatch/store'
import {
  type AuthenticationMisbehaviour,
  type AuthenticationResponseJSON,
  createSoftwareAuthenticator,
  createTestDatabase,
  fakeClock,
  type SoftwareAuthenticatorOptions,
  type TestDatabase,
} from '@fobwatch/testkit'
import type { RefusalCode } from '#kernel'
import { createWebauthn, type FinishAuthentication, type KnownCredential, type Webauthn } from './index.ts'

const origin = 'https://id.hospital.example'
const rpId = 'hospital.example'
const boundTo = 'sign-in:one'
/** Who has which credential is another room's to know, and is in memory here. */
const askNothing = statement<[]>('test:nothing', 'select')
const failing = statement<[]>('test:failing', 'select 1 / (select 0)')

/** What the log sees: an error's message, and those of its causes. */
const messagesOf = (error: unknown): string[] =>
  error instanceof Error ? [error.message, ...messagesOf(error.cause)] : []

describe('finishing an authentication', () => {
  let database: TestDatabase
  let store: Store
  let webauthn: Webauthn
  let clock = fakeClock('2026-11-21T09:00:00Z')

  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url, maxConnections: 4 })
    webauthn = createWebauthn({ store, now: () => clock.now(), rpId, rpName: 'Fobwatch', origins: [origin] })
  })
  beforeEach(() => {
    clock = fakeClock('2026-11-21T09:00:00Z')
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  /** Somebody with a device that is set up. */
  const enrol = async (options: SoftwareAuthenticatorOptions = {}) => {
    const device = createSoftwareAuthenticator({ algorithms: [-7], ...options })
    const userHandle = randomBytes(32)
    const user = { handle: userHandle, name: 'n', displayName: 'N' }
    const response = device.register(await webauthn.beginRegistration({ boundTo, user, exclude: [] }), { origin })
    const { publicKey, signCount, backupEligible, credentialId } = await webauthn.finishRegistration({
      boundTo,
      response,
    })
    const known: KnownCredential = { publicKey, signCount, backupEligible, userHandle }
    const findCredential = (id: Buffer) => question(askNothing, [], () => (id.equals(credentialId) ? known : undefined))
    return { device, known, userHandle, findCredential, id: credentialId }
  }
  type Enrolled = Awaited<ReturnType<typeof enrol>>

  const answer = async ({ device }: Enrolled, misbehave: AuthenticationMisbehaviour = {}) =>
    device.authenticate(await webauthn.beginAuthentication({ boundTo }), { origin, misbehave })
  const finish = (
    { findCredential }: Pick<Enrolled, 'findCredential'>,
    response: AuthenticationResponseJSON,
    more: Partial<FinishAuthentication> = {},
  ) => webauthn.finishAuthentication({ boundTo, response, findCredential, ...more })
  const refuses = async (code: RefusalCode, misbehave: AuthenticationMisbehaviour, someone?: Enrolled) => {
    const enrolled = someone ?? (await enrol())
    await assert.rejects(finish(enrolled, await answer(enrolled, misbehave)), { name: 'Refusal', code })
  }

  it('asks for any discoverable credential, or for those that are named', async () => {
    const options = await webauthn.beginAuthentication({ boundTo })
    assert.deepEqual([options.rpId, options.userVerification, options.timeout], [rpId, 'required', 300_000])
    assert.deepEqual(options.allowCredentials, [])
    const allow = [{ id: 'AAAA', type: 'public-key' as const, transports: ['usb'] }]
    assert.deepEqual((await webauthn.beginAuthentication({ boundTo, allow })).allowCredentials, allow)
  })

  it('gives what was proved, for each algorithm that it offers', async () => {
    for (const algorithm of [-7, -8, -35, -257] as const) {
      const someone = await enrol({ algorithms: [algorithm], counter: { start: 41 } })
      const { evidence, credential } = await finish(someone, await answer(someone))
      assert.equal(credential, someone.known, 'the credential comes back as it was found')
      assert.deepEqual(evidence, {
        credentialId: someone.id,
        userPresent: true,
        userVerified: true,
        backupEligible: false,
        backupState: false,
        signCount: 42,
        previousSignCount: 41,
      })
    }
  })

  it('tells that a passkey has been backed up since', async () => {
    const someone = await enrol({ backupEligible: true, backupState: true })
    const { evidence } = await finish(someone, await answer(someone))
    assert.deepEqual([evidence.backupEligible, evidence.backupState], [true, true])
  })

  it('line 18: leaves it to its caller what a counter means', async () => {
    const someone = await enrol({ counter: { start: 41 } })
    const { evidence } = await finish(someone, await answer(someone, { signCount: 3 }))
    assert.deepEqual([evidence.signCount, evidence.previousSignCount], [3, 41])
  })

  describe('the challenge', () => {
    it('line 1: is refused for another sign-in, or when nobody made it', async () => {
      const someone = await enrol()
      const response = await answer(someone)
      await assert.rejects(finish(someone, response, { boundTo: 'sign-in:two' }), { code: 'challenge_unknown' })
      assert.ok(await finish(someone, response))
      await refuses('challenge_unknown', { challenge: Buffer.alloc(32, 1).toString('base64url') })
    })

    it('line 15: is spent by the first of 16 answers at once', async () => {
      const someone = await enrol()
      const response = await answer(someone)
      const results = await Promise.allSettled(Array.from({ length: 16 }, () => finish(someone, response)))
      const refused = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason.code)
      assert.deepEqual(refused, Array(15).fill('challenge_unknown'))
      await assert.rejects(finish(someone, response), { code: 'challenge_unknown' })
    })

    it('line 3: is refused after ten minutes, or when it was made for registration', async () => {
      const someone = await enrol()
      const response = await answer(someone)
      clock.advance({ minutes: 10 })
      await assert.rejects(finish(someone, response), { code: 'challenge_unknown' })
      const user = { handle: someone.userHandle, name: 'n', displayName: 'N' }
      const { challenge } = await webauthn.beginRegistration({ boundTo, user, exclude: [] })
      await refuses('challenge_unknown', { challenge }, someone)
    })

    it('is spent before anything is heard of the credential', async () => {
      const someone = await enrol()
      const response = await answer(someone)
      const fails = () =>
        question(askNothing, [], () => {
          throw new Error('it cannot be read')
        })
      await assert.rejects(finish({ findCredential: fails }, response), { message: 'it cannot be read' })
      await assert.rejects(finish(someone, response), { code: 'challenge_unknown' })
    })

    it('is not spent for nothing where the database fails to look', async () => {
      const someone = await enrol()
      const response = await answer(someone)
      const fails = () => question(failing, [], () => undefined)
      await assert.rejects(finish({ findCredential: fails }, response), { code: '22012' })
      assert.equal((await finish(someone, response)).evidence.userVerified, true)
    })
  })

  it('line 4: refuses another origin', async () => {
    for (const other of [
      'http://id.hospital.example',
      'https://id.hospital.example:1',
      'https://www.hospital.example',
      'null',
    ])
      await refuses('origin_mismatch', { origin: other })
  })

  it('line 5: refuses a frame of another origin', async () => {
    await refuses('origin_mismatch', { crossOrigin: true })
    await refuses('origin_mismatch', { topOrigin: 'https://portal.example' })
    await refuses('origin_mismatch', { crossOrigin: true, topOrigin: 'https://portal.example' })
  })

  it('line 5: allows a frame in a page that is configured', async () => {
    const someone = await enrol()
    const topOrigins = ['https://portal.example']
    const framed = createWebauthn({
      store,
      now: () => clock.now(),
      rpId,
      rpName: 'Fobwatch',
      origins: [origin],
      topOrigins,
    })
    const finishFramed = async (misbehave: AuthenticationMisbehaviour) =>
      framed.finishAuthentication({
        boundTo,
        response: await answer(someone, misbehave),
        findCredential: someone.findCredential,
      })
    assert.ok(await finishFramed({ crossOrigin: true, topOrigin: 'https://portal.example' }))
    const evil = { crossOrigin: true, topOrigin: 'https://evil.example' }
    await assert.rejects(finishFramed(evil), { code: 'origin_mismatch' })
  })

  it('lines 6 and 7: refuses another RP ID, an absent or unverified user, and a backup that may not be', async () => {
    await refuses('rp_id_mismatch', { rpId: 'evil.example' })
    await refuses('user_not_present', { userPresent: false })
    await refuses('user_not_verified', { userVerified: false })
    await refuses('backup_flags_invalid', { backupStateWithoutEligibility: true })
  })

  it('line 22: refuses client data of another kind, or in another form than it has', async () => {
    await refuses('ceremony_mismatch', { type: 'webauthn.create' })
    await refuses('ceremony_mismatch', { type: 'payment.get' })
    for (const clientDataEncoding of ['byte-order-mark', 'invalid-utf8', 'duplicate-keys'] as const)
      await refuses('response_malformed', { clientDataEncoding })
  })

  it('line 13: refuses authenticator data that goes on, ends early, or makes a credential', async () => {
    await refuses('response_malformed', { trailingAuthDataBytes: 1 })
    await refuses('response_malformed', { mutate: { authData: (honest) => honest.subarray(0, 36) } })
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.of(0, 1), Buffer.of(7), Buffer.of(0xa0)])
    const authData = (honest: Buffer) => {
      const flagged = Buffer.concat([honest, credential])
      flagged.writeUInt8(flagged.readUInt8(32) | 0x40, 32)
      return flagged
    }
    await refuses('response_malformed', { mutate: { authData } })
  })

  it('refuses JSON that names two credentials, or base64url that can be written in two ways', async () => {
    const someone = await enrol()
    const response = await answer(someone)
    const other = Buffer.alloc(32).toString('base64url')
    await assert.rejects(finish(someone, { ...response, rawId: other }), { code: 'credential_id_invalid' })
    for (const name of ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'] as const) {
      const spoilt = { ...response.response, [name]: `${response.response[name]}=` }
      await assert.rejects(finish(someone, { ...response, response: spoilt }), { code: 'response_malformed' }, name)
    }
    const spoiltId = { ...response, id: `${response.id}=`, rawId: `${response.id}=` }
    await assert.rejects(finish(someone, spoiltId), { code: 'response_malformed' })
  })

  describe('what depends on what we keep', () => {
    it('line 17: is one refusal, with one code and no reasons, and its cause is for the log alone', async () => {
      const [someone, another] = [await enrol(), await enrol()]
      const faults: [string, AuthenticationResponseJSON, Partial<FinishAuthentication>][] = [
        ['unknown', await answer(another), {}],
        ['its user handle', await answer(someone, { userHandle: another.userHandle.toString('base64url') }), {}],
        ['no user handle', await answer(someone, { userHandle: null }), {}],
        ['signature', await answer(someone, { signature: 'other-key' }), {}],
        ['backup', await answer(someone, { backupEligible: true }), {}],
        ['not whom we asked for', await answer(someone), { userHandle: another.userHandle }],
      ]
      const causes = new Set<string>()
      for (const [title, response, more] of faults) {
        const error = await finish(someone, response, more).then(
          () => assert.fail(title),
          (refused) => refused,
        )
        assert.deepEqual([error.code, error.message, error.reasons], ['sign_in_refused', 'sign_in_refused', []], title)
        causes.add(messagesOf(error).join(': '))
      }
      assert.equal(causes.size, faults.length, 'the log can tell them apart')
    })

    it('line 16: refuses my credential under your user handle', async () => {
      const [mine, yours] = [await enrol(), await enrol()]
      await refuses('sign_in_refused', { userHandle: yours.userHandle.toString('base64url') }, mine)
      await refuses('sign_in_refused', { userHandle: Buffer.alloc(1).toString('base64url') }, mine)
      const response = await answer(mine)
      await assert.rejects(finish(mine, response, { userHandle: yours.userHandle }), { code: 'sign_in_refused' })
    })

    it('line 16: refuses no user handle, unless it was known beforehand whose credential it must be', async () => {
      const someone = await enrol()
      await refuses('sign_in_refused', { userHandle: null }, someone)
      const response = await answer(someone, { userHandle: null })
      assert.ok(await finish(someone, response, { userHandle: someone.userHandle }))
    })

    it('line 19: refuses backup eligibility unlike at registration', async () => {
      await refuses('sign_in_refused', { backupEligible: true })
      await refuses('sign_in_refused', { backupEligible: false }, await enrol({ backupEligible: true }))
    })

    it('line 21: refuses a signature that is empty, zero, raw, by another key, or over other data', async () => {
      for (const algorithm of [-7, -35] as const) {
        const someone = await enrol({ algorithms: [algorithm] })
        for (const signature of ['empty', 'zero', 'raw', 'other-key', 'other-data'] as const)
          await refuses('sign_in_refused', { signature }, someone)
      }
      for (const algorithm of [-8, -257] as const) {
        const someone = await enrol({ algorithms: [algorithm] })
        for (const signature of ['empty', 'zero', 'other-key', 'other-data'] as const)
          await refuses('sign_in_refused', { signature }, someone)
      }
    })

    it('line 21: refuses the signature of one device under the credential of another', async () => {
      const [mine, yours] = [await enrol(), await enrol()]
      const response = await answer(mine, { id: yours.id.toString('base64url') })
      await assert.rejects(finish(yours, response), { code: 'sign_in_refused' })
    })

    it('is refused, and no fault of ours, when the key that we keep cannot be read', async () => {
      const someone = await enrol()
      const findCredential = () => question(askNothing, [], () => ({ ...someone.known, publicKey: Buffer.of(0xff) }))
      await assert.rejects(finish({ findCredential }, await answer(someone)), { code: 'sign_in_refused' })
    })
  })
})
