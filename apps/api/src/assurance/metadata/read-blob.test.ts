import assert from 'node:assert/strict'
import { createHmac, webcrypto } from 'node:crypto'
import { before, describe, it } from 'node:test'
import { createMetadataAuthority, metadataEntry, testAaguid } from '@fobwatch/testkit'
import { type Issued, issue, issueChain } from '../trust/certificates.testing.ts'
import { base64url, headerWith, issueSigner, signAs, signer } from './blobs.testing.ts'
import { readBlob } from './read-blob.ts'
import { fidoRoot } from './roots.ts'

const time = new Date('2026-11-25T12:00:00Z')
const entry = metadataEntry({ aaguid: testAaguid, roots: [] })
const payload = { no: 7, nextUpdate: '2026-12-01', entries: [entry] }

describe('a blob of metadata', () => {
  let root: Issued
  let middle: Issued
  let leaf: Issued
  before(async () => {
    ;({ root, middle } = await issueChain())
    leaf = await issueSigner({ by: middle })
  })

  const read = (jwt: string, publisher = {}) => readBlob(jwt, { roots: [root.certificate], signer, time, ...publisher })
  const refused = (jwt: string, message: RegExp, publisher = {}) => assert.rejects(read(jwt, publisher), { message })
  const signed = (header: object = headerWith('ES256', leaf, middle), said: unknown = payload, by = leaf) =>
    signAs(by.keys, header, said)

  it('is read when its publisher signed it', async () => {
    const { number, nextUpdate, models } = await read(signed())
    assert.deepEqual([number, nextUpdate, [...models.keys()]], [7, new Date('2026-12-01'), [testAaguid]])
    assert.equal((await read(`${signed()}\n`)).number, 7, 'as it lies in a file')
  })

  for (const algorithm of ['RS256', 'ES256'] as const)
    it(`is read as somebody else makes it with ${algorithm}`, async () => {
      const authority = createMetadataAuthority({ algorithm, intermediates: [{}] })
      const jwt = authority.signBlob({ number: 9, nextUpdate: '2026-12-01', entries: [entry] })
      assert.equal((await read(jwt, { roots: [authority.root], signer: authority.hostName })).number, 9)
    })

  it('is read when it is signed with PS256 or ES384', async () => {
    const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: Buffer.of(1, 0, 1) }
    const rsaLeaf = await issueSigner({
      by: middle,
      keys: await webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify']),
    })
    assert.ok(await read(signed(headerWith('PS256', rsaLeaf, middle), payload, rsaLeaf)))
    const p384 = { name: 'ECDSA', namedCurve: 'P-384' }
    const p384Leaf = await issueSigner({
      by: middle,
      keys: await webcrypto.subtle.generateKey(p384, true, ['sign', 'verify']),
    })
    const header = headerWith('ES384', p384Leaf, middle)
    assert.ok(await read(signAs(p384Leaf.keys, header, payload, 'sha384')))
    await refused(signAs(p384Leaf.keys, { ...header, alg: 'ES256' }, payload), /signature of the metadata/)
  })

  it('is refused unsigned, or signed with what everybody knows', async () => {
    const header = headerWith('none', leaf, middle)
    await refused(`${base64url(header)}.${base64url(payload)}.`, /not a signed blob/)
    await refused(`${base64url(header)}.${base64url(payload)}.AA`, /algorithm that is not believed/)
    const shared = `${base64url({ ...header, alg: 'HS256' })}.${base64url(payload)}`
    const mac = createHmac('sha256', leaf.certificate).update(shared).digest('base64url')
    await refused(`${shared}.${mac}`, /algorithm that is not believed/)
    for (const alg of ['RS1', 'ES256K', 'EdDSA', '__proto__', ''])
      await refused(signed(headerWith(alg, leaf, middle)), /algorithm that is not believed/)
  })

  it('is refused with an algorithm that is not its key’s', async () => {
    for (const alg of ['RS256', 'PS256', 'ES384'])
      await refused(signed(headerWith(alg, leaf, middle)), /signature of the metadata/)
  })

  it('is refused when anything of it was changed', async () => {
    const [header = '', , signature = ''] = signed().split('.')
    await refused(`${header}.${base64url({ ...payload, no: 8 })}.${signature}`, /signature of the metadata/)
    const same = `${base64url({ ...headerWith('ES256', leaf, middle), kid: 'x' })}.${base64url(payload)}.${signature}`
    await refused(same, /signature of the metadata/)
    await refused(
      `${header}.${base64url(payload)}.${Buffer.alloc(64).toString('base64url')}`,
      /signature of the metadata/,
    )
  })

  it('is refused from whoever is not under the root', async () => {
    const home = await issueChain()
    const homeLeaf = await issueSigner({ by: home.middle })
    const chain = headerWith('ES256', homeLeaf, home.middle, home.root)
    await refused(signed(chain, payload, homeLeaf), /signer is not trusted.*reaches no anchor/)
    await refused(signed(undefined, payload, homeLeaf), /signature of the metadata/)
    await refused(signed(), /signer is not trusted/, { roots: [fidoRoot()] })
    await refused(signed(), /signer is not trusted/, { roots: [] })
  })

  it('is refused from another host under the same root, which half the web shares', async () => {
    for (const host of ['www.example.com', `evil-${signer}`, `${signer}.evil.example`, `*.${signer.slice(4)}`]) {
      const other = await issueSigner({ by: middle }, host)
      await refused(signed(headerWith('ES256', other, middle), payload, other), /signer is not mds\.test\.example/)
    }
  })

  it('goes by the common name only where no other name is given', async () => {
    const bare = await issue({ name: `CN=${signer}`, by: middle })
    assert.ok(await read(signed(headerWith('ES256', bare, middle), payload, bare)))
    const misleading = await issueSigner({ by: middle, name: `CN=${signer}` }, 'www.example.com')
    await refused(signed(headerWith('ES256', misleading, middle), payload, misleading), /signer is not/)
  })

  it('is refused when its signer’s certificate has run out, or has not begun', async () => {
    for (const dates of [{ notAfter: '2026-11-24' }, { notBefore: '2026-11-26' }]) {
      const other = await issueSigner({ by: middle, ...dates })
      await refused(signed(headerWith('ES256', other, middle), payload, other), /not valid at this time/)
    }
  })

  it('is refused without its signer’s certificates, and no address is asked for them', async () => {
    const { x5c, ...bare } = headerWith('ES256', leaf, middle)
    const faulty: object[] = [
      bare,
      { ...bare, x5u: 'http://127.0.0.1:9/chain' },
      { ...bare, jwk: {} },
      { ...bare, x5c: [] },
      { ...bare, x5c: 'x' },
      { ...bare, x5c: ['not base64!'] },
      { ...bare, x5c: Array.from({ length: 7 }, () => x5c[0]) },
      { ...bare, x5c, crit: ['b64'] },
    ]
    for (const header of faulty) await refused(signed(header), /header does not carry/)
  })

  it('is refused when it is no blob', async () => {
    for (const jwt of ['', 'x', 'a.b', 'a.b.c.d', '..', signed().replace('.', '')])
      await refused(jwt, /not a signed blob/)
    await refused('a.b.c', /header does not carry/)
    for (const said of ['text', null, {}, { ...payload, no: -1 }, { ...payload, no: 1.5 }, { ...payload, no: 2 ** 31 }])
      await refused(signed(undefined, said), /lacks its number/)
    for (const nextUpdate of ['soon', '2026-13-01', '01/12/2026'])
      await refused(signed(undefined, { ...payload, nextUpdate }), /next update/)
    await refused(signed(undefined, { ...payload, entries: {} }), /its entries/)
  })

  it('leaves out what has no AAGUID, and what cannot be read', async () => {
    const entries = [
      null,
      7,
      {},
      { aaid: '4e4e#4005' },
      { ...entry, aaguid: 'no' },
      { ...entry, statusReports: 'x' },
      entry,
    ]
    assert.deepEqual([...(await read(signed(undefined, { ...payload, entries }))).models.keys()], [testAaguid])
  })

  it('of the FIDO Alliance is under a root that Node has', () => {
    assert.ok(fidoRoot().length > 500)
  })
})
