import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertVerdict, type Case, casesOfEither, titleOf } from './misbehaving.testing.ts'
import type { AuthenticationMisbehaviour, RegistrationMisbehaviour } from './misbehaviour.ts'
import {
  authDataOf,
  clientDataOf,
  clientDataTextOf,
  creationOptions,
  origin,
  requestOptions,
  verifyAssertion,
  verifyRegistration,
} from './relying-party.testing.ts'
import { createSoftwareAuthenticator } from './software-authenticator.ts'
import type { AuthenticationResponseJSON } from './webauthn-json.ts'

const signatureOf = ({ response }: AuthenticationResponseJSON) => Buffer.from(response.signature, 'base64url')

const cases: Record<string, Case<AuthenticationMisbehaviour, AuthenticationResponseJSON>> = {
  ...casesOfEither,
  'a cross-origin frame under a top origin': {
    misbehave: { crossOrigin: true, topOrigin: 'https://top.example' },
    shows: (assertion) => assert.equal(clientDataOf(assertion).topOrigin, 'https://top.example'),
    library: /top origin/,
  },
  'a counter that stands still': {
    misbehave: { signCount: 5 },
    shows: (assertion) => assert.equal(authDataOf(assertion).counter, 5),
    library: /was lower than expected/,
  },
  'the user handle of somebody else': {
    misbehave: { userHandle: 'b3RoZXI' },
    shows: (assertion) => assert.equal(assertion.response.userHandle, 'b3RoZXI'),
    library: 'accepts',
  },
  'no user handle': {
    misbehave: { userHandle: null },
    shows: (assertion) => assert.equal('userHandle' in assertion.response, false),
    library: 'accepts',
  },
  'an empty signature': {
    misbehave: { signature: 'empty' },
    shows: (assertion) => assert.equal(assertion.response.signature, ''),
    library: /zero length/,
  },
  'a signature of zeros': {
    misbehave: { signature: 'zero' },
    shows: (assertion) => assert.equal(signatureOf(assertion).toString('hex'), '3006020100020100'),
    library: 'finds the signature false',
  },
  'a raw signature': {
    misbehave: { signature: 'raw' },
    shows: (assertion) => assert.equal(signatureOf(assertion).length, 64),
    // What the parser stumbles over first depends on r and s.
    library: /./,
  },
  'a signature by another key': {
    misbehave: { signature: 'other-key' },
    shows: (assertion) => assert.equal(signatureOf(assertion).readUInt8(0), 0x30),
    library: 'finds the signature false',
  },
  'a signature over other data': {
    misbehave: { signature: 'other-data' },
    shows: (assertion) => assert.equal(signatureOf(assertion).readUInt8(0), 0x30),
    library: 'finds the signature false',
  },
}

describe('an authentication that misbehaves', () => {
  for (const [name, each] of Object.entries(cases)) {
    it(titleOf(name, each), async () => {
      const authenticator = createSoftwareAuthenticator({ counter: { start: 5 } })
      const registration = authenticator.register(await creationOptions([-7]), { origin })
      const options = await requestOptions()
      const assertion = authenticator.authenticate(options, { origin, misbehave: each.misbehave })
      each.shows(assertion)
      await assertVerdict(each, verifyAssertion(assertion, options, registration, 5))
    })
  }

  it('spoils signatures of other algorithms too', async () => {
    for (const algorithm of [-8, -257, -35] as const) {
      for (const signature of ['zero', 'other-key', 'other-data'] as const) {
        const authenticator = createSoftwareAuthenticator({ algorithms: [algorithm] })
        const registration = authenticator.register(await creationOptions(), { origin })
        const options = await requestOptions()
        const assertion = authenticator.authenticate(options, { origin, misbehave: { signature } })
        assert.equal((await verifyAssertion(assertion, options, registration)).verified, false)
      }
    }
  })

  it('does whatever a hook does, and signs over it', async () => {
    const authenticator = createSoftwareAuthenticator()
    const registration = authenticator.register(await creationOptions(), { origin })
    const options = await requestOptions()
    const assertion = authenticator.authenticate(options, {
      origin,
      misbehave: {
        mutate: {
          clientData: (clientData) => ({ ...clientData, extra: 1 }),
          clientDataJSON: (json) => Buffer.concat([json, Buffer.from('\n')]),
          authData: (authData) => authData.fill(9, 33, 37),
          response: (response) => ({ ...response, authenticatorAttachment: 'cross-platform' }),
        },
      },
    })
    assert.match(clientDataTextOf(assertion), /"extra":1}\n$/)
    assert.equal(authDataOf(assertion).counter, 0x09090909)
    assert.equal(assertion.authenticatorAttachment, 'cross-platform')
    assert.equal((await verifyAssertion(assertion, options, registration)).verified, true)
  })

  const unsound: Record<string, RegistrationMisbehaviour> = {
    'an RSA exponent of one': { publicKey: 'rsa-exponent-one' },
    'an RSA key of 1024 bits': { publicKey: 'rsa-1024' },
    'P-256 under the name of ES384': { algorithm: -7, algorithmLabel: -35 },
  }
  for (const [name, misbehave] of Object.entries(unsound)) {
    it(`signs so that the library accepts ${name}, once its registration was let through`, async () => {
      const authenticator = createSoftwareAuthenticator()
      const creation = await creationOptions()
      const registration = authenticator.register(creation, { origin, misbehave })
      assert.equal((await verifyRegistration(registration, creation)).verified, true)
      const options = await requestOptions()
      const assertion = authenticator.authenticate(options, { origin })
      assert.equal((await verifyAssertion(assertion, options, registration)).verified, true)
    })
  }
})
