import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import {
  type AuthenticationMisbehaviour,
  createSoftwareAuthenticator,
  type RegistrationMisbehaviour,
  type SoftwareAuthenticatorOptions,
} from '@fobwatch/testkit'
import { type Expected, type ExpectedAssertion, verifyAssertion, verifyRegistration } from './index.ts'

const origin = 'https://id.example'
const challenge = randomBytes(32).toString('base64url')
const expected: Expected = {
  challenge,
  rpId: 'id.example',
  origins: [origin],
  topOrigins: [],
  userVerification: 'required',
}
const creation = {
  rp: { id: 'id.example', name: 'Test' },
  user: { id: randomBytes(32).toString('base64url'), name: 'n', displayName: 'N' },
  challenge,
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
}

const register = (misbehave: RegistrationMisbehaviour = {}) =>
  createSoftwareAuthenticator().register(creation, { origin, misbehave })

/** A credential, and an assertion by it. */
const assertion = async (misbehave: AuthenticationMisbehaviour = {}, options: SoftwareAuthenticatorOptions = {}) => {
  const device = createSoftwareAuthenticator(options)
  const credential = await verifyRegistration(device.register(creation, { origin }), expected)
  const response = device.authenticate({ challenge, rpId: 'id.example' }, { origin, misbehave })
  return { response, credential }
}
const assertAs = async (
  misbehave: AuthenticationMisbehaviour,
  more: Partial<ExpectedAssertion>,
  owner?: Uint8Array,
) => {
  const { response, credential } = await assertion(misbehave)
  const known = owner ? { ...credential, userHandle: owner } : credential
  return verifyAssertion(response, { ...expected, ...more }, known)
}

describe('verifying an answer without a store', () => {
  it('refuses another challenge than the one expected', async () => {
    const code = 'challenge_unknown'
    await assert.rejects(verifyRegistration(register(), { ...expected, challenge: 'AAAA' }), { code })
    await assert.rejects(assertAs({}, { challenge: 'AAAA' }), { code })
  })

  it('asks for user verification only where it is expected', async () => {
    const userVerification = 'optional'
    const registered = await verifyRegistration(register({ userVerified: false }), { ...expected, userVerification })
    assert.deepEqual([registered.userPresent, registered.userVerified], [true, false])
    const code = 'user_not_verified'
    await assert.rejects(verifyRegistration(register({ userVerified: false }), expected), { code })
    assert.equal((await assertAs({ userVerified: false }, { userVerification })).userVerified, false)
    await assert.rejects(assertAs({ userVerified: false }, {}), { code })
    await assert.rejects(assertAs({ userPresent: false }, { userVerification }), { code: 'user_not_present' })
  })

  it('does not judge frames where any will do, unless the answer contradicts itself', async () => {
    const any = { ...expected, topOrigins: 'any' } as const
    const framed = { crossOrigin: true, topOrigin: 'https://portal.example' }
    assert.ok(await verifyRegistration(register(framed), any))
    assert.ok(await assertAs(framed, any))
    const code = 'origin_mismatch'
    await assert.rejects(verifyRegistration(register(framed), expected), { code })
    await assert.rejects(verifyRegistration(register({ topOrigin: origin }), any), { code })
    await assert.rejects(assertAs({ topOrigin: origin }, any), { code })
  })

  it('says what is wrong with an assertion', async () => {
    await assert.rejects(assertAs({ signature: 'other-key' }, {}), { code: 'signature_invalid' })
    await assert.rejects(assertAs({ signature: 'empty' }, {}), { code: 'signature_invalid' })
    await assert.rejects(assertAs({ backupEligible: true }, {}), { code: 'backup_eligibility_changed' })
    await assert.rejects(assertAs({}, {}, randomBytes(32)), { code: 'user_handle_mismatch' })
  })

  it('asks whose credential it is only where that is known', async () => {
    const owner = Buffer.from(creation.user.id, 'base64url')
    assert.ok(await assertAs({ userHandle: null }, {}))
    assert.ok(await assertAs({}, {}, owner))
    assert.ok(await assertAs({ userHandle: null }, { userHandle: owner }, owner))
    const code = 'user_handle_mismatch'
    await assert.rejects(assertAs({ userHandle: null }, {}, owner), { code })
    await assert.rejects(assertAs({}, { userHandle: randomBytes(32) }, owner), { code })
  })
})
