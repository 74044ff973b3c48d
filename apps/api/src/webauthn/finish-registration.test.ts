import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, it } from 'node:test'
import { openStore, type Store, statement } from '@fobwatch/store'
import {
  type CborMap,
  createAttestationAuthority,
  createSoftwareAuthenticator,
  createTestDatabase,
  encodeCbor,
  fakeClock,
  type RegistrationMisbehaviour,
  type RegistrationResponseJSON,
  type TestDatabase,
} from '@fobwatch/testkit'
import type { RefusalCode } from '#kernel'
import { createWebauthn, type Webauthn } from './index.ts'

const origin = 'https://id.hospital.example'
const rpId = 'hospital.example'
const boundTo = 'enrolment:one'
const yubikey = 'cb69481e-8ff7-4039-93ec-0a2729a154a8'
const user = { handle: Buffer.alloc(32, 9), name: 'n.fairweather@example', displayName: 'Ngozi Fairweather' }
const countChallenges = statement<[], { count: number }>('test:challenges', 'select count(*) as count from challenge')

describe('finishing a registration', () => {
  let database: TestDatabase
  let store: Store
  let webauthn: Webauthn
  let clock = fakeClock('2026-11-21T09:00:00Z')
  const open = (topOrigins: string[] = []) =>
    createWebauthn({ store, now: () => clock.now(), rpId, rpName: 'Fobwatch', origins: [origin], topOrigins })

  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url, maxConnections: 4 })
    webauthn = open()
  })
  beforeEach(() => {
    clock = fakeClock('2026-11-21T09:00:00Z')
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const begin = () => webauthn.beginRegistration({ boundTo, user, exclude: [] })
  const answer = async (
    misbehave: RegistrationMisbehaviour = {},
    device = createSoftwareAuthenticator(),
    page = origin,
  ): Promise<RegistrationResponseJSON> => device.register(await begin(), { origin: page, misbehave })
  const finish = async (response: RegistrationResponseJSON) => webauthn.finishRegistration({ boundTo, response })
  const refuses = async (
    code: RefusalCode,
    misbehave: RegistrationMisbehaviour,
    device = createSoftwareAuthenticator(),
  ) => assert.rejects(finish(await answer(misbehave, device)), { name: 'Refusal', code })

  it('asks for a discoverable credential, user verification and attestation, for ten minutes', async () => {
    const options = await begin()
    assert.equal(Buffer.from(options.challenge, 'base64url').length, 32)
    assert.deepEqual(options.rp, { id: rpId, name: 'Fobwatch' })
    assert.equal(options.user.id, user.handle.toString('base64url'))
    assert.deepEqual(
      options.pubKeyCredParams.map(({ alg }) => alg),
      [-7, -8, -35, -257],
    )
    assert.equal(options.timeout, 300_000)
    assert.equal(options.attestation, 'direct')
    assert.equal(options.authenticatorSelection.residentKey, 'required')
    assert.equal(options.authenticatorSelection.userVerification, 'required')
  })

  it('gives what was proved, for each algorithm that it offers', async () => {
    for (const algorithm of [-7, -8, -35, -257] as const) {
      const device = createSoftwareAuthenticator({
        algorithms: [algorithm],
        transports: ['usb', 'nfc'],
        counter: { start: 7 },
      })
      const response = await answer({}, device)
      const evidence = await finish(response)
      assert.equal(evidence.algorithm, algorithm)
      assert.equal(evidence.credentialId.toString('base64url'), response.id)
      assert.equal(evidence.attestationObject.toString('base64url'), response.response.attestationObject)
      assert.equal(evidence.aaguid, device.aaguid)
      assert.equal(evidence.attachment, 'cross-platform')
      assert.deepEqual(evidence.transports, ['usb', 'nfc'])
      assert.equal(evidence.signCount, 7)
      assert.deepEqual(
        [evidence.userVerified, evidence.backupEligible, evidence.backupState, evidence.attestation.kind],
        [true, false, false, 'none'],
      )
    }
  })

  it('tells a synced passkey from one that stays', async () => {
    const evidence = await finish(
      await answer({}, createSoftwareAuthenticator({ backupEligible: true, backupState: true })),
    )
    assert.deepEqual([evidence.backupEligible, evidence.backupState], [true, true])
  })

  it('line 14: keeps transports only in the form that transports have', async () => {
    const transports = ['usb', 'usb', 'a\r\nb', '<b>', 'x\0y', 'new-one']
    const response = await answer()
    const evidence = await webauthn.finishRegistration({
      boundTo,
      response: { ...response, response: { ...response.response, transports } },
    })
    assert.deepEqual(evidence.transports, ['usb', 'new-one'])
  })

  describe('the challenge', () => {
    it('line 1: is refused when another session has it, or nobody', async () => {
      const response = await answer()
      await assert.rejects(webauthn.finishRegistration({ boundTo: 'enrolment:two', response }), {
        code: 'challenge_unknown',
      })
      assert.ok(await finish(response), 'and is still there for whoever it was made for')
      await refuses('challenge_unknown', { challenge: Buffer.alloc(32, 1).toString('base64url') })
      await refuses('challenge_unknown', { challenge: '' })
    })

    it('line 2: is spent by the first of 16 answers at once', async () => {
      const response = await answer()
      const results = await Promise.allSettled(Array.from({ length: 16 }, () => finish(response)))
      const refused = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason.code)
      assert.deepEqual(refused, Array(15).fill('challenge_unknown'))
      await assert.rejects(finish(response), { code: 'challenge_unknown' })
    })

    it('is spent by an answer that is then refused', async () => {
      const options = await begin()
      const device = createSoftwareAuthenticator()
      const bad = device.register(options, { origin, misbehave: { userVerified: false } })
      const good = device.register(options, { origin })
      await assert.rejects(finish(bad), { code: 'user_not_verified' })
      await assert.rejects(finish(good), { code: 'challenge_unknown' })
    })

    it('line 3: is refused after ten minutes, or when it was made for signing in', async () => {
      const late = await answer()
      const inTime = await answer()
      clock.advance({ minutes: 9, seconds: 59 })
      assert.ok(await finish(inTime))
      clock.advance({ seconds: 1 })
      await assert.rejects(finish(late), { code: 'challenge_unknown' })

      const { challenge } = await webauthn.beginAuthentication({ boundTo })
      await refuses('challenge_unknown', { challenge })
    })

    it('is forgotten once it has run out, and not before', async () => {
      clock.advance({ hours: 1 })
      await webauthn.forgetExpired(clock.now())
      await begin()
      await webauthn.forgetExpired(clock.now())
      assert.equal((await store.row(countChallenges, []))?.count, 1)
      clock.advance({ minutes: 10 })
      await webauthn.forgetExpired(clock.now())
      assert.equal((await store.row(countChallenges, []))?.count, 0)
    })
  })

  it('line 4: refuses an origin with http, another port, a suffix, a trailing dot, null, or a sibling', async () => {
    const others = [
      'http://id.hospital.example',
      'https://id.hospital.example:8443',
      'https://id.hospital.example.evil.example',
      'https://id.hospital.example.',
      'https://ID.hospital.example',
      'https://id.hospital.example/',
      'https://www.hospital.example',
      'https://hospital.example',
      'null',
      '',
    ]
    for (const other of others) await refuses('origin_mismatch', { origin: other })
  })

  it('line 5: refuses a frame of another origin', async () => {
    await refuses('origin_mismatch', { crossOrigin: true })
    await refuses('origin_mismatch', { topOrigin: 'https://portal.example' })
    await refuses('origin_mismatch', { crossOrigin: true, topOrigin: 'https://portal.example' })
    await refuses('origin_mismatch', { topOrigin: origin })
  })

  it('line 5: allows a frame in a page that is configured, and in no other', async () => {
    const framed = open(['https://portal.example'])
    const finishFramed = async (misbehave: RegistrationMisbehaviour) =>
      framed.finishRegistration({ boundTo, response: await answer(misbehave) })
    assert.ok(await finishFramed({ crossOrigin: true, topOrigin: 'https://portal.example' }))
    assert.ok(await finishFramed({ crossOrigin: true }), 'some browsers do not tell the top origin')
    assert.ok(await finishFramed({}))
    const code = 'origin_mismatch'
    await assert.rejects(finishFramed({ crossOrigin: true, topOrigin: 'https://evil.example' }), { code })
    await assert.rejects(finishFramed({ topOrigin: 'https://portal.example' }), { code })
  })

  it('line 6: refuses the RP ID of another', async () => {
    await refuses('rp_id_mismatch', { rpId: 'id.hospital.example' })
    await refuses('rp_id_mismatch', { rpId: 'evil.example' })
  })

  it('line 7: refuses an absent or unverified user, and a backup that may not be', async () => {
    await refuses('user_not_verified', { userVerified: false })
    await refuses('user_not_present', { userPresent: false })
    await refuses('backup_flags_invalid', { backupStateWithoutEligibility: true })
  })

  it('line 8: refuses algorithms that were not offered, and keys that are not sound', async () => {
    await refuses('algorithm_not_allowed', { algorithmLabel: -36 })
    await refuses('algorithm_not_allowed', { algorithm: -7, algorithmLabel: -35 })
    await refuses('algorithm_not_allowed', { algorithm: -257, algorithmLabel: -7 })
    await refuses('key_weak', { publicKey: 'off-curve' })
    await refuses('key_weak', { publicKey: 'rsa-exponent-one' })
    await refuses('key_weak', { publicKey: 'rsa-1024' })
  })

  describe('attestation', () => {
    const packed = (aaguid = yubikey) => createSoftwareAuthenticator({ attestation: 'packed', aaguid })

    it('line 10: is certified by whatever root, and nothing says here that it is trusted', async () => {
      const kinds = [
        await finish(await answer({}, packed())),
        await finish(await answer({ chain: 'home-made' }, packed())),
        await finish(await answer({ chain: 'home-made-with-root' }, packed())),
      ].map(({ attestation: { kind, chain } }) => [kind, chain.length])
      assert.deepEqual(kinds, [
        ['certified', 1],
        ['certified', 1],
        ['certified', 2],
      ])
      const self = await finish(await answer({}, createSoftwareAuthenticator({ attestation: 'packed-self' })))
      assert.deepEqual(self.attestation, { format: 'packed', kind: 'self', chain: [] })
    })

    it('line 11: opens no connection to where a chain says that its revocations are', async () => {
      let visits = 0
      const server = createServer((_request, response) => {
        visits += 1
        response.end()
      })
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
      try {
        const { port } = server.address() as AddressInfo
        const authority = createAttestationAuthority({ crlAddress: `http://127.0.0.1:${port}/crl` })
        const device = createSoftwareAuthenticator({ attestation: 'packed', authority })
        for (const chain of [undefined, 'home-made-with-root'] as const)
          await finish(await answer(chain ? { chain } : {}, device))
        for (const format of ['apple', 'tpm', 'android-key'])
          await refuses('attestation_invalid', { attestationFormat: format }, device)
        assert.equal(visits, 0)
      } finally {
        await new Promise((closed) => server.close(closed))
      }
    })

    it('line 9: is refused in a format that we do not know', async () => {
      for (const format of ['android-safetynet', 'compound', 'Packed', '', 'none2'])
        await refuses('attestation_not_allowed', { attestationFormat: format })
    })

    it('is refused as unverified from a U2F key, which verifies nobody', async () => {
      await refuses('user_not_verified', { attestationFormat: 'fido-u2f' })
    })

    it('is refused when its signature does not match', async () => {
      const signatures = ['empty', 'zero', 'raw', 'other-key', 'other-data'] as const
      for (const attestation of ['packed', 'packed-self'] as const)
        for (const signature of signatures)
          await refuses('attestation_invalid', { signature }, createSoftwareAuthenticator({ attestation }))
    })

    it('is refused when it says none and yet something', async () => {
      const attestation = (honest: CborMap): CborMap => new Map(honest).set('attStmt', new Map([['alg', -7]]))
      await refuses('attestation_invalid', { mutate: { attestation } })
    })

    it('is refused when it vouches for itself by another algorithm than its key has', async () => {
      const attestation = (honest: CborMap): CborMap => {
        const statement = honest.get('attStmt') as CborMap
        return new Map(honest).set('attStmt', new Map(statement).set('alg', -257))
      }
      await refuses(
        'attestation_invalid',
        { mutate: { attestation } },
        createSoftwareAuthenticator({ attestation: 'packed-self' }),
      )
    })

    it('is refused with nonsense in the place of certificates', async () => {
      const chains = [[], ['text'], [Buffer.of(0x30, 0x80)], [Buffer.alloc(20_000, 0x30)], 'x', [new Map()]]
      for (const x5c of chains) {
        const attestation = (honest: CborMap): CborMap =>
          new Map(honest).set('attStmt', new Map(honest.get('attStmt') as CborMap).set('x5c', x5c))
        for (const attestationFormat of ['packed', 'apple', 'tpm', 'android-key'])
          await refuses('attestation_invalid', { attestationFormat, mutate: { attestation } }, packed())
      }
    })
  })

  it('line 12: refuses a credential id of over 1023 bytes, of under 16, or unlike the one in the JSON', async () => {
    for (const credentialIdLength of [0, 1, 15, 1_024, 65_535])
      await refuses('credential_id_invalid', { credentialIdLength })
    await refuses('credential_id_invalid', { id: Buffer.alloc(32, 3).toString('base64url') })
    const response = await answer()
    await assert.rejects(finish({ ...response, rawId: `${response.rawId}AAAA` }), { code: 'credential_id_invalid' })
    for (const credentialIdLength of [16, 1_023]) assert.ok(await finish(await answer({ credentialIdLength })))
  })

  it('line 13: refuses CBOR that is nested, claims too much, repeats itself or goes on, and leaves the challenge', async () => {
    const code = 'response_malformed'
    await refuses(code, { nestedCborDepth: 5_000 })
    await refuses(code, { claimedCborLength: 0xffff_ffff })
    await refuses(code, { duplicateCborKeys: 'attestation-object' })
    await refuses(code, { duplicateCborKeys: 'public-key' })
    await refuses(code, { trailingAttestationBytes: 1 })
    await refuses(code, { trailingAuthDataBytes: 1 })
    await refuses(code, { mutate: { authData: (honest) => honest.subarray(0, 36) } })
    await refuses(code, { mutate: { authData: (honest) => honest.subarray(0, 60) } })
    await refuses(code, { mutate: { authData: (honest) => honest.subarray(0, -1) } })
  })

  it('refuses an answer that makes no credential', async () => {
    const authData = (honest: Buffer) => {
      const bare = Buffer.from(honest.subarray(0, 37))
      bare.writeUInt8(bare.readUInt8(32) & ~0x40, 32)
      return bare
    }
    await refuses('response_malformed', { mutate: { authData } })
  })

  it('ignores what extensions say unasked, and refuses what is no extension data', async () => {
    const extended = (extension: Buffer) => (honest: Buffer) => {
      const flagged = Buffer.from(honest)
      flagged.writeUInt8(flagged.readUInt8(32) | 0x80, 32)
      return Buffer.concat([flagged, extension])
    }
    assert.ok(await finish(await answer({ mutate: { authData: extended(encodeCbor(new Map([['credProtect', 2]]))) } })))
    await refuses('response_malformed', { mutate: { authData: extended(Buffer.of(0x01)) } })
    await refuses('response_malformed', { mutate: { authData: extended(Buffer.alloc(0)) } })
  })

  it('refuses, and does not fail at, what only the library objects to', async () => {
    const clientData = (honest: object) => ({ ...honest, tokenBinding: 'text' })
    await refuses('response_malformed', { mutate: { clientData } })
  })

  it('line 22: refuses client data of another kind, or in another form than it has', async () => {
    await refuses('ceremony_mismatch', { type: 'webauthn.get' })
    await refuses('ceremony_mismatch', { type: 'payment.get' })
    for (const clientDataEncoding of ['byte-order-mark', 'invalid-utf8', 'duplicate-keys'] as const)
      await refuses('response_malformed', { clientDataEncoding })
  })

  it('refuses base64url that can be written in two ways', async () => {
    const response = await answer()
    for (const name of ['clientDataJSON', 'attestationObject'] as const)
      for (const tail of ['A', '=', ' ']) {
        const spoilt = { ...response.response, [name]: `${response.response[name]}${tail}` }
        await assert.rejects(
          finish({ ...response, response: spoilt }),
          { code: 'response_malformed' },
          `${name} ${tail}`,
        )
      }
  })
})
