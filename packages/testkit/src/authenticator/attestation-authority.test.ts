import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { describe, it } from 'node:test'
import { bytesOfAaguid, testAaguid } from './aaguid.ts'
import { createAttestationAuthority } from './attestation-authority.ts'
import type { IntermediateOptions } from './certificate-authority.ts'

describe('an attestation authority', () => {
  const authority = createAttestationAuthority({ organisation: 'Maker' })
  const root = new X509Certificate(authority.rootPem)
  const leaf = new X509Certificate(authority.attestationKeyFor(testAaguid).certificate)

  it('has a root that signs itself and may sign others', () => {
    assert.equal(root.ca, true)
    assert.equal(root.verify(root.publicKey), true)
    assert.deepEqual(Buffer.from(root.raw), authority.root)
  })

  it('issues certificates that its root stands for', () => {
    assert.equal(leaf.checkIssued(root), true)
    assert.equal(leaf.verify(root.publicKey), true)
    assert.equal(leaf.verify(new X509Certificate(createAttestationAuthority().rootPem).publicKey), false)
  })

  it('issues certificates as WebAuthn L3 §8.2.1 wants them', () => {
    assert.equal(leaf.subject, 'C=GB\nO=Maker\nOU=Authenticator Attestation\nCN=Maker Attestation')
    assert.equal(leaf.ca, false)
    const aaguidExtension = `060b2b0601040182e51c01010404120410${bytesOfAaguid(testAaguid).toString('hex')}`
    assert.ok(leaf.raw.toString('hex').includes(aaguidExtension))
  })

  it('keeps one attestation key for a model', () => {
    assert.equal(authority.attestationKeyFor(testAaguid), authority.attestationKeyFor(testAaguid))
    const another = authority.attestationKeyFor('00000000-0000-4000-8000-000000000000')
    assert.notDeepEqual(another.certificate, authority.attestationKeyFor(testAaguid).certificate)
  })

  it('dates its certificates and names a revocation list where asked to', () => {
    const crlAddress = 'http://127.0.0.1:9/list.crl'
    const short = createAttestationAuthority({
      notBefore: new Date('2024-02-29T10:11:12Z'),
      notAfter: new Date('2025-01-01T00:00:00Z'),
      crlAddress,
    })
    const certificate = new X509Certificate(short.attestationKeyFor(testAaguid).certificate)
    assert.equal(certificate.validFromDate.toISOString(), '2024-02-29T10:11:12.000Z')
    assert.equal(certificate.validToDate.toISOString(), '2025-01-01T00:00:00.000Z')
    assert.ok(certificate.raw.includes(crlAddress))
    assert.ok(!leaf.raw.includes(crlAddress))
  })

  it('has as many authorities between as it is told, each under the one above', () => {
    const { rootPem, attestationKeyFor } = createAttestationAuthority({ intermediates: [{}, {}] })
    const chain = attestationKeyFor(testAaguid).chain.map((each) => new X509Certificate(each))
    assert.equal(chain.length, 3)
    for (const [index, each] of chain.entries()) {
      const above = chain[index + 1] ?? new X509Certificate(rootPem)
      assert.ok(each.checkIssued(above))
      assert.ok(each.verify(above.publicKey))
    }
  })

  it('has authorities between that are wrong in what it is told', () => {
    const chainWith = (intermediate: IntermediateOptions) => {
      const { attestationKeyFor } = createAttestationAuthority({ intermediates: [intermediate] })
      return attestationKeyFor(testAaguid).chain.map((each) => new X509Certificate(each))
    }
    const notAfter = new Date('2021-01-01T00:00:00Z')
    assert.equal(chainWith({ certificateAuthority: false })[1]?.ca, false)
    assert.deepEqual(chainWith({ notAfter })[1]?.validToDate, notAfter)
    assert.match(chainWith({ calledBelow: 'Somebody' })[0]?.issuer ?? '', /CN=Somebody/)
    assert.match(chainWith({})[0]?.issuer ?? '', /CN=.*Intermediate 1/)
  })

  it('refuses an AAGUID of another length', () => {
    assert.throws(() => authority.attestationKeyFor('1234'), RangeError)
  })
})
