import assert from 'node:assert/strict'
import { verify, X509Certificate } from 'node:crypto'
import { describe, it } from 'node:test'
import { createMetadataAuthority } from './metadata-authority.ts'
import { metadataEntry } from './metadata-entry.ts'

const payload = { number: 7, nextUpdate: '2026-12-01', entries: [metadataEntry({ aaguid: 'a-b', roots: [] })] }

describe('a metadata authority', () => {
  for (const algorithm of ['RS256', 'ES256'] as const)
    it(`signs blobs with ${algorithm}, and names the chain up to its root`, () => {
      const authority = createMetadataAuthority({ algorithm, hostName: 'mds.example', intermediates: [{}] })
      const [header = '', body = '', signature = ''] = authority.signBlob(payload).split('.')
      const { alg, x5c } = JSON.parse(Buffer.from(header, 'base64url').toString())
      const [leaf, intermediate] = x5c.map((each: string) => new X509Certificate(Buffer.from(each, 'base64')))
      assert.equal(alg, algorithm)
      assert.equal(leaf.checkHost('mds.example'), 'mds.example')
      assert.ok(leaf.checkIssued(intermediate))
      assert.ok(intermediate.verify(new X509Certificate(authority.rootPem).publicKey))
      const key = { key: leaf.publicKey, dsaEncoding: 'ieee-p1363' as const }
      assert.ok(verify('sha256', Buffer.from(`${header}.${body}`), key, Buffer.from(signature, 'base64url')))
      const { no, nextUpdate, entries } = JSON.parse(Buffer.from(body, 'base64url').toString())
      assert.deepEqual({ number: no, nextUpdate, entries }, payload)
    })

  it('describes a model with the anchors that it is given, in DER or in PEM', () => {
    const { root, rootPem } = createMetadataAuthority({ algorithm: 'ES256' })
    const roots = (given: Buffer | string) =>
      JSON.parse(JSON.stringify(metadataEntry({ aaguid: 'a', roots: [given] }))).metadataStatement
        .attestationRootCertificates
    assert.deepEqual(roots(rootPem), [root.toString('base64')])
    assert.deepEqual(roots(root), roots(rootPem))
  })
})
