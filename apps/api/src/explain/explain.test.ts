import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  attestationAuthority,
  createMetadataAuthority,
  createSoftwareAuthenticator,
  metadataEntry,
  type RegistrationMisbehaviour,
  testAaguid,
} from '@fobwatch/testkit'
import { explain, fobwatch, vectors } from './explain.testing.ts'

const rpId = 'id.example.org'
const origin = `https://${rpId}`
const challenge = Buffer.alloc(32, 7).toString('base64url')

/** What a security key whose maker is known answers. */
const certified = (attestation: 'packed' | 'packed-self' = 'packed', misbehave: RegistrationMisbehaviour = {}) => {
  const device = createSoftwareAuthenticator({ attestation, transports: ['usb'] })
  const response = device.register(
    {
      rp: { id: rpId, name: 'Test' },
      user: { id: 'AAAA', name: 'a', displayName: 'A' },
      challenge,
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      attestation: 'direct',
    },
    { origin, misbehave },
  )
  return { ceremony: 'registration' as const, given: { rpId, origin, challenge, response } }
}

const publisher = createMetadataAuthority({ algorithm: 'ES256' })
const blob = (entry: Partial<Parameters<typeof metadataEntry>[0]> = {}, nextUpdate = '2026-12-01') => {
  const made = metadataEntry({ aaguid: testAaguid, roots: [attestationAuthority.root], name: 'Test Key', ...entry })
  return publisher.signBlob({ number: 1, nextUpdate, entries: [made] })
}
const { rootPem: mdsRoots } = publisher

describe('explaining with metadata', () => {
  it('confirms a maker by a blob of a publisher whom the case names', async () => {
    for (const named of [
      { mdsRoots },
      { mdsRoots: [mdsRoots], mdsSigner: publisher.hostName },
      { trustAnchors: mdsRoots },
    ]) {
      const { refusal, trusted, aal, acr, amr, name, kind, reasons } = await explain(certified(), {
        mds: blob(),
        ...named,
      })
      assert.deepEqual([refusal, trusted, aal, acr], [null, true, 3, 'AAL3_FIDO2'])
      assert.deepEqual(amr, ['pop', 'user', 'mfa', 'hwk', 'pin'])
      assert.deepEqual([name, kind], ['Test Key', 'security-key'])
      assert.equal(reasons.length, 3)
    }
  })

  it('gives no trust by a blob that nobody known signed, and says so', async () => {
    for (const named of [{}, { mdsRoots, mdsSigner: 'other.example' }]) {
      const { verified, trusted, aal, reasons } = await explain(certified(), { mds: blob(), ...named })
      assert.deepEqual([verified, trusted, aal], [true, false, 2])
      assert.match(reasons.join('; '), /^we could not confirm the maker; the metadata does not count: the metadata's /)
    }
    const forged = blob().replace(/[^.]+$/, (signature) =>
      signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
    )
    const { trusted, reasons } = await explain(certified(), { mds: forged, mdsRoots })
    assert.equal(trusted, false)
    assert.equal(reasons.at(-1), 'the metadata does not count: the signature of the metadata does not match')
  })

  it('gives no trust by a blob that is out of date at the time of the case', async () => {
    const stale = { mds: blob({}, '2026-11-01'), mdsRoots }
    const late = await explain(certified(), stale)
    assert.deepEqual(
      [late.trusted, late.reasons.at(-1)],
      [false, 'the metadata was due to be replaced, and does not count'],
    )
    const early = await explain(certified(), { ...stale, time: '2026-11-15T00:00:00Z' })
    assert.deepEqual([early.trusted, early.aal], [true, 3], 'within the days of grace')
  })

  it('refuses a model that was found unsafe', async () => {
    const { refusal, reasons } = await explain(certified(), { mds: blob({ statuses: ['REVOKED'] }), mdsRoots })
    assert.equal(refusal?.code, 'policy_refuses')
    assert.deepEqual(reasons, ['This model of device was found to be unsafe. Nobody can log in with it.'])
  })

  it('refuses a key that vouches for itself under the name of a maker who publishes certificates', async () => {
    const { refusal } = await explain(certified('packed-self'), { mds: blob(), mdsRoots })
    assert.equal(refusal?.code, 'attestation_invalid')
    assert.equal((await explain(certified('packed-self'))).refusal, null)
  })

  it('takes the certification of a model from it', async () => {
    const policy = { minimumCertification: 'L2' }
    const ask = (status: string) => explain(certified(), { mds: blob({ statuses: [status] }), mdsRoots, policy })
    assert.equal((await ask('FIDO_CERTIFIED_L1')).refusal?.code, 'policy_refuses')
    assert.equal((await ask('FIDO_CERTIFIED_L2')).refusal, null)
  })
})

describe('explaining with trust anchors', () => {
  it('believes the best of an anchor, but for what the case says of it', async () => {
    const pem = attestationAuthority.rootPem
    const plain = await explain(certified(), { trustAnchors: pem })
    assert.deepEqual([plain.trusted, plain.aal, plain.acr, plain.amr], [true, 3, 'AAL3_FIDO2', ['pop', 'user', 'mfa']])
    const tablet = await explain(certified(), { trustAnchors: [{ pem, platform: 'ios' }] })
    assert.deepEqual([tablet.aal, tablet.acr], [3, 'AAL3_IOS'])
    const bare = await explain(certified(), { trustAnchors: [{ pem, hardware: false }] })
    assert.deepEqual([bare.trusted, bare.aal], [true, 2])
    assert.deepEqual(bare.reasons, ['its maker does not say that it keeps the key in hardware'])
  })

  it('judges certificates at the time of the case', async () => {
    const trustAnchors = attestationAuthority.rootPem
    const { verified, trusted } = await explain(certified(), { trustAnchors, time: '2055-01-01' })
    assert.deepEqual([verified, trusted], [true, false])
  })
})

describe('what browsers send', () => {
  it('may have members that we do not know, and none where it says nothing', async () => {
    const { given } = certified()
    const { rawId: _, type: __, clientExtensionResults: ___, ...bare } = given.response
    const response = {
      ...{ ...bare, later: { a: 1 }, authenticatorAttachment: null },
      response: { ...bare.response, evenLater: [1], publicKey: null },
      clientExtensionResults: { prf: { enabled: true, results: { first: 'AAAA' } }, credProps: { rk: true } },
    }
    assert.equal((await explain({ ceremony: 'registration', given: { ...given, response } })).verified, true)
    assert.equal((await explain({ ceremony: 'registration', given: { ...given, response: bare } })).verified, true)
  })

  it('is refused as the service refuses what is not in its form', async () => {
    const { refusal, reasons } = await explain(certified(), { response: { response: { attestationObject: null } } })
    assert.equal(refusal?.code, 'invalid_request')
    assert.match(reasons[0] ?? '', /^response\.response must have required properties attestationObject$/)
  })

  it('is told as far as it can be read', async () => {
    const { refusal, ...seen } = await explain(certified(), { response: { response: { clientDataJSON: 'AAAA' } } })
    assert.equal(refusal?.code, 'response_malformed')
    assert.deepEqual(
      [seen.format, seen.aaguid, seen.kind, seen.algorithm],
      ['packed', testAaguid, 'security-key', 'ES256'],
    )
    assert.deepEqual([seen.userVerified, seen.aal, seen.trusted], [true, null, null])
  })
})

describe('what was found wrong', () => {
  for (const [misbehave, code, reason] of [
    [{ userPresent: false }, 'user_not_present', 'The device says that nobody touched it'],
    [{ userVerified: false }, 'user_not_verified', 'The device says that it did not check who was using it'],
    [
      { backupStateWithoutEligibility: true },
      'backup_flags_invalid',
      'The device says that its passkey was copied, and that it cannot be',
    ],
  ] as const)
    it(`is told in a sentence for ${code}`, async () => {
      const { refusal, reasons } = await explain(certified('packed', misbehave))
      assert.deepEqual([refusal?.code, reasons], [code, [reason]])
    })

  it('is followed by the members of the case that nobody knows, as what is well is', async () => {
    const [registration, assertion] = vectors
    const unknown = { trustAnchor: 'x', timme: 1, gone: null }
    const notes = ['trustAnchor', 'timme'].map((it) => `the member ${it} of the case is not known and does not count`)
    for (const vector of [registration, assertion]) {
      assert.ok(vector)
      for (const patch of [{}, { origin: 'https://other.example' }]) {
        const { verified, reasons } = await explain(vector, patch)
        const told = await explain(vector, { ...patch, ...unknown })
        assert.deepEqual([told.verified, told.reasons], [verified, [...reasons, ...notes]])
      }
    }
  })
})

describe('fobwatch explain', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-explain-'))
  })
  after(() => rm(folder, { recursive: true }))

  it('reads a file, and ends with 0 for what is verified and 1 for what is refused', async () => {
    const file = join(folder, 'case.json')
    const { given } = certified()
    await writeFile(file, `\u{feff}${JSON.stringify(given)}`)
    const verified = await fobwatch(['explain', 'registration', file])
    assert.deepEqual([verified.code, verified.err, JSON.parse(verified.out).verified], [0, '', true])

    const refused = await fobwatch(
      ['explain', 'registration', '-'],
      JSON.stringify({ ...given, origin: 'https://x.example' }),
    )
    assert.deepEqual([refused.code, refused.err], [1, ''])
    assert.deepEqual(JSON.parse(refused.out).refusal, {
      code: 'origin_mismatch',
      sentence: 'The device answered for another web address.',
    })
  })

  const unreadable = async (sentence: string | RegExp, words: string[], input?: string) => {
    const { code, out, err } = await fobwatch(['explain', ...words], input)
    assert.deepEqual([code, out], [2, ''])
    if (typeof sentence === 'string') assert.equal(err, `${sentence}\n`)
    else assert.match(err, sentence)
  }

  it('ends with 2, and prints nothing, for what is no case', async () => {
    const missing = join(folder, 'missing.json')
    await unreadable(`${missing} cannot be read.`, ['registration', missing])
    await unreadable('The case cannot be read: it is not JSON.', ['assertion', '-'], '{')
    await unreadable('It is: fobwatch explain assertion FILE', ['assertion'])
  })
})

describe('a case that cannot be read', () => {
  const [registration, assertion] = vectors
  for (const [what, vector, patch, sentence] of [
    ['no RP ID', registration, { rpId: null }, /The case must have required properties rpId/],
    ['no response', registration, { response: 'x' }, /response must be object/],
    ['a challenge that is none', registration, { challenge: 'a b' }, /challenge is not base64url/],
    ['a time that is none', registration, { time: 'yesterday' }, /time is not a time such as/],
    [
      'a demand that nobody knows',
      registration,
      { policy: { userVerified: true } },
      /policy.userVerified is not known here/,
    ],
    ['an anchor that is none', registration, { trustAnchors: 'x' }, /trustAnchors has no certificate in PEM/],
    ['no credential', assertion, { credential: null }, /The case must have required properties credential/],
    ['a key that is none', assertion, { credential: { publicKey: 'AAAA' } }, /credential.publicKey is not a COSE key/],
    ['a counter that is none', assertion, { credential: { counter: -1 } }, /credential.counter must be >= 0/],
  ] as const)
    it(`is one with ${what}`, async () => {
      assert.ok(vector)
      await assert.rejects(async () => explain(vector, patch), { message: sentence })
    })
})
