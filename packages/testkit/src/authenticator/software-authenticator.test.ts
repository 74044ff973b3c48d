import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Attestation } from './attestation.ts'
import { coseAlgorithm } from './cose.ts'
import {
  attestationOf,
  authDataOf,
  coseKeyOf,
  creationOptions,
  origin,
  requestOptions,
  verifyAssertion,
  verifyRegistration,
} from './relying-party.testing.ts'
import { createSoftwareAuthenticator } from './software-authenticator.ts'

const attestations = ['none', 'packed', 'packed-self', 'tpm', 'android-key', 'apple', 'fido-u2f'] as const
const certified = new Set<string>(['packed', 'tpm', 'android-key', 'apple', 'fido-u2f'])
/** A TPM has no Ed25519, U2F nothing but ES256; and the library compares the keys of the others on NIST curves alone. */
const cannot = (attestation: Attestation, algorithm: number) =>
  (attestation === 'tpm' && algorithm === coseAlgorithm.EdDSA) ||
  (attestation === 'fido-u2f' && algorithm !== coseAlgorithm.ES256) ||
  ((attestation === 'apple' || attestation === 'android-key') &&
    (algorithm === coseAlgorithm.EdDSA || algorithm === coseAlgorithm.RS256))

describe('a software authenticator', () => {
  for (const [name, algorithm] of Object.entries(coseAlgorithm)) {
    for (const attestation of attestations.filter((each) => !cannot(each, algorithm))) {
      it(`registers and signs in with ${name} and ${attestation} attestation`, async () => {
        const authenticator = createSoftwareAuthenticator({ attestation, algorithms: [algorithm] })
        const creation = await creationOptions()
        const registration = authenticator.register(creation, { origin })
        const { verified, registrationInfo } = await verifyRegistration(registration, creation)
        assert.equal(verified, true)
        assert.equal(registrationInfo?.fmt, attestation === 'packed-self' ? 'packed' : attestation)
        assert.equal(registrationInfo.aaguid, authenticator.aaguid)
        assert.equal(attestationOf(registration).get('attStmt').get('x5c') !== undefined, certified.has(attestation))
        assert.equal(coseKeyOf(registration).get(3), algorithm)

        const request = await requestOptions()
        const assertion = authenticator.authenticate(request, { origin })
        assert.equal((await verifyAssertion(assertion, request, registration)).verified, true)
        assert.equal(assertion.response.userHandle, creation.user.id)
      })
    }
  }

  it('takes the first algorithm of the relying party that it knows', async () => {
    const authenticator = createSoftwareAuthenticator({ algorithms: [coseAlgorithm.ES256, coseAlgorithm.EdDSA] })
    const registration = authenticator.register(await creationOptions([-257, -8, -7]), { origin })
    assert.equal(registration.response.publicKeyAlgorithm, coseAlgorithm.EdDSA)
  })

  it('refuses where no algorithm is in common', async () => {
    const authenticator = createSoftwareAuthenticator({ algorithms: [coseAlgorithm.ES384] })
    const options = await creationOptions([-7])
    assert.throws(() => authenticator.register(options, { origin }), { name: 'NotSupportedError' })
  })

  it('gives no attestation to a relying party that asks for none', async () => {
    const authenticator = createSoftwareAuthenticator({ attestation: 'packed' })
    const registration = authenticator.register({ ...(await creationOptions()), attestation: 'none' }, { origin })
    assert.equal(attestationOf(registration).get('fmt'), 'none')
  })

  it('refuses to register again where it holds an excluded credential', async () => {
    const authenticator = createSoftwareAuthenticator()
    const options = await creationOptions()
    const { id } = authenticator.register(options, { origin })
    const again = { ...options, excludeCredentials: [{ id }] }
    assert.throws(() => authenticator.register(again, { origin }), { name: 'InvalidStateError' })
    assert.equal(createSoftwareAuthenticator().register(again, { origin }).type, 'public-key')
  })

  it('signs with an allowed credential only', async () => {
    const authenticator = createSoftwareAuthenticator()
    const older = authenticator.register(await creationOptions(), { origin })
    const newer = authenticator.register(await creationOptions(), { origin })
    const options = await requestOptions()
    const among = (id: string) => ({ ...options, allowCredentials: [{ id }] })
    assert.equal(authenticator.authenticate(options, { origin }).id, newer.id)
    assert.equal(authenticator.authenticate(among(older.id), { origin }).id, older.id)
    assert.equal(authenticator.authenticate(options, { origin, credentialId: older.id }).id, older.id)
    assert.throws(() => authenticator.authenticate(among('AAAA'), { origin }), { name: 'NotAllowedError' })
  })

  it('keeps the credentials of relying parties apart', async () => {
    const authenticator = createSoftwareAuthenticator()
    authenticator.register(await creationOptions(), { origin })
    const elsewhere = { ...(await requestOptions()), rpId: 'other.example' }
    assert.throws(() => authenticator.authenticate(elsewhere, { origin: 'https://other.example' }), {
      name: 'NotAllowedError',
    })
    assert.throws(() => authenticator.authenticate(elsewhere, { origin }), { name: 'SecurityError' })
  })

  it('counts as it was told', async () => {
    const authenticator = createSoftwareAuthenticator({ counter: { start: 7, step: 3 } })
    const registration = authenticator.register(await creationOptions(), { origin })
    const options = await requestOptions()
    const counters = [registration, ...[1, 2].map(() => authenticator.authenticate(options, { origin }))]
    assert.deepEqual(
      counters.map((ceremony) => authDataOf(ceremony).counter),
      [7, 10, 13],
    )
  })

  it('has clones that share its keys and count apart', async () => {
    const authenticator = createSoftwareAuthenticator()
    const registration = authenticator.register(await creationOptions(), { origin })
    const clone = authenticator.clone()
    const options = await requestOptions()
    authenticator.authenticate(options, { origin })
    authenticator.authenticate(options, { origin })
    const assertion = clone.authenticate(options, { origin })
    assert.equal((await verifyAssertion(assertion, options, registration)).verified, true)
    assert.equal(authDataOf(assertion).counter, 1)
  })

  it('says what it is: transports, attachment and backup', async () => {
    const synced = createSoftwareAuthenticator({
      transports: ['internal', 'hybrid'],
      backupEligible: true,
      backupState: true,
    })
    const registration = synced.register(await creationOptions(), { origin })
    const { be, bs, up, uv } = authDataOf(registration).flags
    assert.deepEqual({ be, bs, up, uv }, { be: true, bs: true, up: true, uv: true })
    assert.deepEqual(registration.response.transports, ['internal', 'hybrid'])
    assert.equal(registration.authenticatorAttachment, 'platform')

    const key = createSoftwareAuthenticator({ transports: ['usb', 'nfc'] })
    assert.equal(key.register(await creationOptions(), { origin }).authenticatorAttachment, 'cross-platform')
    assert.throws(() => createSoftwareAuthenticator({ backupState: true }), RangeError)
  })

  it('verifies its user unless it cannot, and then refuses where it must', async () => {
    const authenticator = createSoftwareAuthenticator({ verifiesUser: false })
    const options = await creationOptions()
    const must = { ...options, authenticatorSelection: { userVerification: 'required' } }
    assert.throws(() => authenticator.register(must, { origin }), { name: 'NotAllowedError' })
    assert.equal(authDataOf(authenticator.register(options, { origin })).flags.uv, false)
  })
})
