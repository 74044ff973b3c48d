import assert from 'node:assert/strict'
import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Attestation } from './attestation.ts'
import { assertVerdict, type Case, casesOfEither, titleOf } from './misbehaving.testing.ts'
import type { RegistrationMisbehaviour } from './misbehaviour.ts'
import {
  attestationOf,
  authDataBytesOf,
  authDataOf,
  clientDataOf,
  clientDataTextOf,
  coseKeyOf,
  creationOptions,
  origin,
  verifyRegistration,
} from './relying-party.testing.ts'
import { attestationRootPem, createSoftwareAuthenticator } from './software-authenticator.ts'
import type { RegistrationResponseJSON } from './webauthn-json.ts'

interface RegistrationCase extends Case<RegistrationMisbehaviour, RegistrationResponseJSON> {
  attestation?: Attestation
}

const otherMaker = '2fc0579f-8113-47ea-b116-bb5a8db9202a'
const bytes = (base64url: string) => Buffer.from(base64url, 'base64url')
const memberOf = (registration: RegistrationResponseJSON, label: number): Buffer => {
  const member = coseKeyOf(registration).get(label)
  assert.ok(member instanceof Uint8Array)
  return Buffer.from(member)
}
const chainOf = (registration: RegistrationResponseJSON) =>
  (attestationOf(registration).get('attStmt').get('x5c') ?? []).map((each) => new X509Certificate(each))

const isSignedByItsChain = (registration: RegistrationResponseJSON): boolean => {
  const clientDataHash = createHash('sha256').update(bytes(registration.response.clientDataJSON)).digest()
  const signature = attestationOf(registration).get('attStmt').get('sig')
  const [leaf] = chainOf(registration)
  assert.ok(signature && leaf)
  return verify('sha256', Buffer.concat([authDataBytesOf(registration), clientDataHash]), leaf.publicKey, signature)
}

const cases: Record<string, RegistrationCase> = {
  ...casesOfEither,
  'a top origin': {
    misbehave: { topOrigin: 'https://top.example' },
    shows: (registration) => assert.equal(clientDataOf(registration).topOrigin, 'https://top.example'),
    library: 'accepts',
  },
  'the credential id of somebody else': {
    misbehave: { credentialId: 'c29tZWJvZHkgZWxzZQ' },
    shows: (registration) => {
      assert.equal(registration.id, 'c29tZWJvZHkgZWxzZQ')
      assert.deepEqual(Buffer.from(authDataOf(registration).credentialID ?? []), bytes('c29tZWJvZHkgZWxzZQ'))
    },
    library: 'accepts',
  },
  'a credential id that is too long': {
    misbehave: { credentialIdLength: 1024 },
    shows: (registration) => assert.equal(authDataOf(registration).credentialID?.length, 1024),
    library: 'accepts',
  },
  'an algorithm that was not offered': {
    misbehave: { algorithm: -35 },
    shows: (registration) => assert.equal(coseKeyOf(registration).get(3), -35),
    library: /Unexpected public key alg/,
  },
  'a key and an algorithm that disagree': {
    misbehave: { algorithm: -7, algorithmLabel: -257 },
    shows: (registration) => {
      assert.equal(coseKeyOf(registration).get(1), 2)
      assert.equal(coseKeyOf(registration).get(3), -257)
    },
    library: 'accepts',
  },
  'a point off the curve': {
    misbehave: { publicKey: 'off-curve' },
    shows: (registration) => {
      const coordinate = (label: number) => memberOf(registration, label).toString('base64url')
      const key = { kty: 'EC', crv: 'P-256', x: coordinate(-2), y: coordinate(-3) }
      assert.throws(() => createPublicKey({ format: 'jwk', key }), /Invalid JWK EC key/)
    },
    library: 'accepts',
  },
  'an RSA exponent of one': {
    misbehave: { publicKey: 'rsa-exponent-one' },
    shows: (registration) => {
      assert.deepEqual(memberOf(registration, -2), Buffer.of(1))
      assert.equal(memberOf(registration, -1).length, 256)
    },
    library: 'accepts',
  },
  'an RSA key of 1024 bits': {
    misbehave: { publicKey: 'rsa-1024' },
    shows: (registration) => assert.equal(memberOf(registration, -1).length, 128),
    library: 'accepts',
  },
  'an attestation format that nobody knows': {
    misbehave: { attestationFormat: 'unheard-of' },
    shows: (registration) => assert.equal(attestationOf(registration).get('fmt'), 'unheard-of'),
    library: /Unsupported Attestation Format/,
  },
  'self-attestation as another maker': {
    misbehave: { selfAttestedAs: otherMaker },
    shows: (registration) => {
      assert.equal(Buffer.from(authDataOf(registration).aaguid ?? []).toString('hex'), otherMaker.replaceAll('-', ''))
      assert.equal(attestationOf(registration).get('fmt'), 'packed')
      assert.equal(chainOf(registration).length, 0)
    },
    library: 'accepts',
  },
  'a chain to a home-made root': {
    misbehave: { chain: 'home-made' },
    shows: (registration) => {
      const [leaf, ...more] = chainOf(registration)
      assert.equal(leaf?.verify(new X509Certificate(attestationRootPem).publicKey), false)
      assert.equal(more.length, 0)
    },
    library: /could not be chained/,
  },
  'a chain that carries its own root': {
    misbehave: { chain: 'home-made-with-root' },
    shows: (registration) => {
      const [leaf, root] = chainOf(registration)
      assert.ok(leaf && root)
      assert.equal(leaf.verify(root.publicKey), true)
      assert.equal(root.ca, true)
    },
    library: /could not be chained/,
  },
  'an empty attestation signature': {
    attestation: 'packed',
    misbehave: { signature: 'empty' },
    shows: (registration) => assert.equal(attestationOf(registration).get('attStmt').get('sig')?.length, 0),
    library: /zero length/,
  },
  'an attestation signature by another key': {
    attestation: 'packed',
    misbehave: { signature: 'other-key' },
    shows: (registration) => assert.equal(isSignedByItsChain(registration), false),
    library: 'finds the signature false',
  },
  'a self-attestation over other data': {
    attestation: 'packed-self',
    misbehave: { signature: 'other-data' },
    shows: (registration) => assert.equal(chainOf(registration).length, 0),
    library: 'finds the signature false',
  },
  'bytes after the attestation object': {
    misbehave: { trailingAttestationBytes: 5 },
    shows: (registration) =>
      assert.deepEqual(bytes(registration.response.attestationObject).subarray(-5), Buffer.alloc(5)),
    library: 'accepts',
  },
  'one key twice in the attestation object': {
    misbehave: { duplicateCborKeys: 'attestation-object' },
    shows: (registration) => {
      const sent = bytes(registration.response.attestationObject)
      assert.equal(sent.readUInt8(0), 0xa4)
      assert.notEqual(sent.indexOf('cfmt'), sent.lastIndexOf('cfmt'))
    },
    library: /Map is not supported or well formed/,
  },
  'one key twice in the public key': {
    misbehave: { duplicateCborKeys: 'public-key', algorithm: -8 },
    shows: (registration) => {
      const publicKey = Buffer.from(authDataBytesOf(registration)).subarray(37 + 16 + 2 + 32)
      assert.match(publicKey.toString('hex'), /^a50101032720062158(20[0-9a-f]{64})2158\1$/)
    },
    library: /Map is not supported or well formed/,
  },
  'CBOR nested five thousand deep': {
    misbehave: { nestedCborDepth: 5_000 },
    shows: (registration) =>
      assert.ok(bytes(registration.response.attestationObject).includes(Buffer.alloc(4_999, 0x81))),
    library: /call stack/,
  },
  'a length of four gigabytes': {
    misbehave: { claimedCborLength: 0xffff_ffff },
    shows: (registration) => {
      const sent = bytes(registration.response.attestationObject)
      assert.ok(sent.includes(Buffer.concat([Buffer.from('hauthData'), Buffer.from('5affffffff', 'hex')])))
      assert.ok(sent.length < 1_000)
    },
    library: 'accepts',
  },
}

describe('a registration that misbehaves', () => {
  for (const [name, each] of Object.entries(cases)) {
    it(titleOf(name, each), async () => {
      const { attestation = 'none', misbehave } = each
      const options = await creationOptions([-8, -7, -257])
      const registration = createSoftwareAuthenticator({ attestation }).register(options, { origin, misbehave })
      each.shows(registration)
      await assertVerdict(each, verifyRegistration(registration, options))
    })
  }

  it('does whatever a hook does, and signs over it', async () => {
    const options = await creationOptions()
    const registration = createSoftwareAuthenticator({ attestation: 'packed' }).register(options, {
      origin,
      misbehave: {
        mutate: {
          clientData: (clientData) => ({ ...clientData, extra: 1 }),
          clientDataJSON: (json) => Buffer.concat([json, Buffer.from('\n')]),
          authData: (authData) => authData.fill(9, 33, 37),
          attestation: (attestation) => attestation.set('extra', true),
          response: (response) => ({ ...response, authenticatorAttachment: 'cross-platform' }),
        },
      },
    })
    assert.match(clientDataTextOf(registration), /"extra":1}\n$/)
    assert.equal(authDataOf(registration).counter, 0x09090909)
    assert.ok(bytes(registration.response.attestationObject).toString('latin1').endsWith('eextra\xf5'))
    assert.equal(registration.authenticatorAttachment, 'cross-platform')
    assert.equal((await verifyRegistration(registration, options)).verified, true)
  })

  const pointless: [string, RegistrationMisbehaviour][] = [
    ['a signature fault without a signature', { signature: 'empty' }],
    ['a raw form of what is not ECDSA', { signature: 'raw', algorithm: -8, selfAttestedAs: otherMaker }],
    ['an unsound key of a chosen algorithm', { publicKey: 'rsa-1024', algorithm: -7 }],
    ['a chain under self-attestation', { chain: 'home-made', selfAttestedAs: otherMaker }],
    ['two credential ids', { credentialId: 'AAAA', credentialIdLength: 3 }],
  ]
  for (const [name, misbehave] of pointless) {
    it(`refuses ${name}`, async () => {
      const options = await creationOptions()
      const authenticator = createSoftwareAuthenticator()
      assert.throws(() => authenticator.register(options, { origin, misbehave }), RangeError)
      assert.deepEqual(authenticator.credentials(), [])
    })
  }
})
