import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { describe, it } from 'node:test'
import {
  type Attestation,
  attestationAuthority,
  type CborMap,
  type CertificateContents,
  coseAlgorithm,
  createAttestationAuthority,
  createSoftwareAuthenticator,
  extensionId,
  keystore,
  type MakersAlgorithm,
  makersAlgorithm,
  type RegistrationMisbehaviour,
  type RegistrationResponseJSON,
  type SoftwareAuthenticatorOptions,
  tpmExtension,
} from '@fobwatch/testkit'
import { verifyRegistrationResponse } from '@simplewebauthn/server'
import { extension, titleOf } from '../dishonest/case.testing.ts'
import { statementCases } from '../dishonest/statements.testing.ts'
import { attestationIn, type RegistrationEvidence, verifyRegistration } from '../index.ts'

const origin = 'https://id.example'
const rpId = 'id.example'
const challenge = randomBytes(32).toString('base64url')
const algorithms = [-7, -8, -35, -257]
const options = {
  rp: { id: rpId, name: 'Test' },
  user: { id: randomBytes(32).toString('base64url'), name: 'n', displayName: 'N' },
  pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
  ...{ challenge, attestation: 'direct' },
}

const answerOf = (device: SoftwareAuthenticatorOptions, misbehave: RegistrationMisbehaviour = {}) =>
  createSoftwareAuthenticator(device).register(options, { origin, misbehave })

const ours = (response: RegistrationResponseJSON): Promise<RegistrationEvidence> =>
  verifyRegistration(response, {
    ...{ challenge, rpId, origins: [origin], topOrigins: [], userVerification: 'required' },
  })

/** What the library says by itself, without anchors, when it is given the whole answer. */
const libraryTakes = async (response: RegistrationResponseJSON): Promise<boolean> => {
  try {
    const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId }
    return (await verifyRegistrationResponse({ response, ...expected, supportedAlgorithmIDs: algorithms })).verified
  } catch {
    return false
  }
}

const agreedUpon = async (
  device: SoftwareAuthenticatorOptions,
  misbehave?: RegistrationMisbehaviour,
): Promise<RegistrationEvidence> => {
  const response = answerOf(device, misbehave)
  assert.equal(await libraryTakes(response), true)
  return ours(response)
}

const madeWith = (attestation: Attestation, algorithm: MakersAlgorithm): SoftwareAuthenticatorOptions => ({
  attestation,
  algorithms: [-7],
  authority: createAttestationAuthority({ algorithm }),
})
const es256 = (attestation: Attestation): SoftwareAuthenticatorOptions => ({ attestation, algorithms: [-7] })

/** The purpose of a web server's certificate, in DER. */
const serverAuthentication = Buffer.from('06082b06010505070301', 'hex')

describe('a statement that holds', () => {
  for (const [name, algorithm] of Object.entries(coseAlgorithm)) {
    const device = (attestation: Attestation) => ({ attestation, algorithms: [algorithm] })
    const onCurve = algorithm === -7 || algorithm === -35

    it(`is taken for a key for ${name}, as the library takes it`, async () => {
      const kindOf = async (attestation: Attestation) => (await agreedUpon(device(attestation))).attestation.kind
      assert.equal(await kindOf('none'), 'none')
      assert.equal(await kindOf('packed-self'), 'self')
      assert.equal(await kindOf('packed'), 'certified')
      if (algorithm !== -8) assert.equal(await kindOf('tpm'), 'certified')
      if (onCurve) assert.equal(await kindOf('apple'), 'certified')
      if (onCurve) assert.equal(await kindOf('android-key'), 'certified')
    })
  }

  it('is taken from a maker who signs with ES256, ES384 or RS256, as the library takes it', async () => {
    for (const algorithm of [coseAlgorithm.ES256, coseAlgorithm.ES384, coseAlgorithm.RS256]) {
      const { attestation } = await agreedUpon(madeWith('packed', algorithm))
      assert.deepEqual([attestation.format, attestation.kind, attestation.chain.length], ['packed', 'certified', 1])
    }
  })

  it('is taken from a TPM that signs with RS256, or with RS1 as older ones do, as the library takes it', async () => {
    for (const algorithm of [coseAlgorithm.RS256, makersAlgorithm.RS1])
      assert.equal((await agreedUpon(madeWith('tpm', algorithm))).attestation.kind, 'certified')
  })

  it('is taken whatever root it ends in, with the chain as it came', async () => {
    const authority = createAttestationAuthority({ intermediates: [{}, {}] })
    const { attestation } = await agreedUpon({ ...es256('packed'), authority })
    assert.equal(attestation.chain.length, 3)
    assert.equal((await agreedUpon(es256('packed'), { chain: 'home-made-with-root' })).attestation.chain.length, 2)
    const phone = await agreedUpon(es256('android-key'))
    assert.deepEqual(phone.attestation.chain.at(-1), attestationAuthority.root)
  })

  it('is taken from a phone whose lists say nothing, or where the system says it', async () => {
    for (const keyDescription of [
      { hardware: [] },
      { hardware: [], software: [keystore.purpose(3, 2), keystore.origin(0)] },
    ])
      assert.ok(await agreedUpon(es256('android-key'), { keyDescription }))
  })

  it('says the same when it is read again, as it was kept', async () => {
    const fromElsewhere = { mutate: { pubArea: (honest: Buffer) => Buffer.from(honest).fill(0, 4, 8) } }
    const brought = await agreedUpon(es256('tpm'), fromElsewhere)
    assert.equal(brought.attestation.outside, true)
    const others = (['none', 'packed', 'packed-self', 'tpm', 'android-key', 'apple'] as const).map((each) =>
      agreedUpon(es256(each)),
    )
    for (const { attestation, attestationObject } of [brought, ...(await Promise.all(others))])
      assert.deepEqual(attestationIn(attestationObject), attestation)
  })

  it('is taken without a model in the certificate', async () => {
    const misbehave = extension(extensionId.fidoAaguid, () => undefined)
    assert.ok(await agreedUpon(es256('packed'), misbehave))
    assert.ok(await agreedUpon(es256('tpm'), misbehave))
  })
})

describe('what we take and the library does not', () => {
  const onlyOurs = async (device: SoftwareAuthenticatorOptions, misbehave?: RegistrationMisbehaviour) => {
    const response = answerOf(device, misbehave)
    assert.equal(await libraryTakes(response), false)
    assert.equal((await ours(response)).attestation.kind, 'certified')
  }

  it('is a maker who signs with EdDSA or ES512: the library does not read such keys in certificates', async () => {
    for (const algorithm of [coseAlgorithm.EdDSA, makersAlgorithm.ES512]) await onlyOurs(madeWith('packed', algorithm))
  })

  it('is a certificate out of date: when it was valid is for whoever judges the chain, by a clock of their own', async () => {
    const attestation = { notAfter: new Date('2021-01-01') }
    for (const format of ['packed', 'tpm'] as const)
      await onlyOurs({ ...es256(format), authority: createAttestationAuthority({ attestation }) })
  })

  it('is a TPM by a maker who is on no list: the root says who made it', () =>
    onlyOurs(
      es256('tpm'),
      extension(extensionId.subjectAlternativeName, () => tpmExtension({ manufacturer: 'id:00000000' })),
    ))

  it('is a key of a TPM with another purpose before that of attestation', () =>
    onlyOurs(
      es256('tpm'),
      extension(extensionId.extendedKeyUsage, (honest) => ({
        ...honest,
        value: Buffer.concat([Buffer.from('3011', 'hex'), serverAuthentication, honest.value.subarray(2)]),
      })),
    ))

  it('is a key of a phone’s that is on no curve: the library compares points alone', async () => {
    for (const algorithm of [-8, -257] as const)
      for (const attestation of ['apple', 'android-key'] as const)
        await onlyOurs({ attestation, algorithms: [algorithm] })
  })
})

describe('a statement that does not hold', () => {
  for (const [name, { device, misbehave, refusal, libraryTakes: why }] of Object.entries(statementCases))
    it(`${titleOf(name)}${why ? `, which the library takes; ${why}` : ', as the library refuses it'}`, async () => {
      const response = answerOf(device ?? {}, misbehave)
      const selfAttested = misbehave.selfAttestedAs !== undefined
      // What a model may do is known to `authenticators`, behind this room.
      if (selfAttested) assert.equal((await ours(response)).attestation.kind, 'self')
      else await assert.rejects(ours(response), { name: 'Refusal', code: refusal })
      assert.equal(await libraryTakes(response), why !== undefined)
    })

  it('is refused: one of a phone with the certificate and the signature of another key', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    let clientDataHash = Buffer.alloc(0)
    const signedByAnother = (honest: CborMap): CborMap => {
      const signature = sign('sha256', Buffer.concat([honest.get('authData') as Buffer, clientDataHash]), privateKey)
      return new Map(honest).set('attStmt', new Map(honest.get('attStmt') as CborMap).set('sig', signature))
    }
    const mutate = {
      clientDataJSON: (bytes: Buffer) => {
        clientDataHash = createHash('sha256').update(bytes).digest()
        return bytes
      },
      certificate: (honest: CertificateContents) => ({
        ...honest,
        spki: publicKey.export({ format: 'der', type: 'spki' }),
      }),
      attestation: signedByAnother,
    }
    await assert.rejects(ours(answerOf(es256('android-key'), { mutate })), { code: 'attestation_invalid' })
  })

  it('is refused: a packed one by a maker who signs with SHA-1, which the library takes', async () => {
    const response = answerOf(madeWith('packed', makersAlgorithm.RS1))
    await assert.rejects(ours(response), { code: 'attestation_invalid' })
    assert.equal(await libraryTakes(response), true)
  })

  it('is refused: an honest one of a U2F key, which verifies nobody', async () => {
    await assert.rejects(ours(answerOf(es256('fido-u2f'))), { code: 'user_not_verified' })
  })
})
