import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { createAttestationAuthority, testAaguid } from '@fobwatch/testkit'
import { Extension, type Issued, issue, issueChain, KeyUsageFlags, type Request } from './certificates.testing.ts'
import { judgeChain } from './chain.ts'

const now = new Date('2026-11-25T12:00:00Z')
const reachesNone = { why: 'reaches no anchor' }

describe('a chain of certificates', () => {
  let root: Issued
  let middle: Issued
  let leaf: Issued
  before(async () => {
    ;({ root, middle, leaf } = await issueChain())
  })

  const judge = (chain: readonly Issued[], anchors: readonly Issued[] = [root], time = now) =>
    judgeChain(
      chain.map(({ certificate }) => certificate),
      anchors,
      time,
    )
  const middleThat = async (request: Request) => {
    const other = await issue({ name: 'CN=Middle', by: root, authority: true, ...request })
    return [await issue({ by: other }), other]
  }

  it('reaches the anchor that issued its last certificate', async () => {
    assert.deepEqual(await judge([leaf, middle]), { anchor: root })
    const { root: maker, attestationKeyFor } = createAttestationAuthority()
    const anchor = { certificate: maker, name: 'of the testkit' }
    const chain = [attestationKeyFor(testAaguid).certificate]
    assert.deepEqual(await judgeChain(chain, [root, anchor], now), { anchor })
  })

  it('reaches an anchor half-way, whatever follows', async () => {
    assert.deepEqual(await judge([leaf, middle], [middle]), { anchor: middle })
    assert.deepEqual(await judge([leaf, middle, root]), { anchor: root })
    assert.deepEqual(await judge([leaf, middle, await issue()]), { anchor: root })
  })

  it('reaches an anchor that is its very leaf', async () => {
    assert.deepEqual(await judge([leaf, middle], [leaf]), { anchor: leaf })
    const itself = await issue({ name: 'CN=Itself' })
    assert.deepEqual(await judge([itself], [itself]), { anchor: itself })
  })

  it('reaches an anchor by its name and key, whatever else that says of itself', async () => {
    const bare = await issue({ name: 'CN=Root', by: await issue({ name: 'CN=Other' }), keys: root.keys, hash: 'SHA-1' })
    assert.deepEqual(await judge([leaf, middle], [bare]), { anchor: bare })
  })

  it('line 10: is not trusted for ending in a home-made root, nor for carrying its own', async () => {
    const home = await issueChain()
    assert.deepEqual(await judge([home.leaf, home.middle]), reachesNone)
    assert.deepEqual(await judge([home.leaf, home.middle, home.root]), reachesNone)
    assert.deepEqual(await judge([home.leaf, home.middle, home.root, root]), reachesNone)
    assert.deepEqual(await judge([home.leaf, middle, root]), reachesNone)
    assert.deepEqual(await judge([leaf, middle], []), reachesNone)
  })

  it('line 10: is not trusted for the name of an anchor without its key', async () => {
    const namesake = await issue({ name: 'CN=Root', authority: true })
    assert.deepEqual(await judge(await middleThat({ by: namesake })), reachesNone)
    assert.deepEqual(await judge([namesake]), reachesNone)
  })

  it('is not trusted for the key of an anchor under another name', async () => {
    assert.deepEqual(await judge(await middleThat({ issuerName: 'CN=Elsewhere' })), reachesNone)
    const misnamed = await issue({ by: middle, issuerName: 'CN=Elsewhere' })
    assert.deepEqual(await judge([misnamed, middle]), reachesNone)
  })

  it('is not trusted with a certificate whose signature is another’s, or was changed', async () => {
    assert.deepEqual(await judge([await issue({ by: middle, signedBy: root }), middle]), reachesNone)
    for (const part of ['leaf', 'middle'] as const) {
      const changed = { leaf, middle, [part]: withLastByteChanged(part === 'leaf' ? leaf : middle) }
      assert.deepEqual(await judge([changed.leaf, changed.middle]), reachesNone, part)
    }
  })

  it('is not trusted in another order, or in a circle', async () => {
    assert.deepEqual(await judge([middle, leaf]), { anchor: root }, 'the first counts, as it signs the statement')
    assert.deepEqual(await judge([leaf, root, middle]), reachesNone)
    const first = await issue({ name: 'CN=A', authority: true, issuerName: 'CN=B', signedBy: root })
    const second = await issue({ name: 'CN=B', by: first, authority: true, keys: root.keys })
    const circle = [await issue({ by: first }), first, second, first, second]
    assert.deepEqual(await judge(circle), reachesNone)
  })

  it('is not trusted beyond six certificates', async () => {
    const chainOf = async (length: number) => {
      const chain = [await issue({ name: 'CN=Authority', by: root, authority: true })]
      while (chain.length < length) {
        const [by] = chain
        chain.unshift(await issue({ name: `CN=${chain.length}`, authority: true, ...(by && { by }) }))
      }
      return chain
    }
    assert.deepEqual(await judge(await chainOf(6)), { anchor: root })
    assert.deepEqual(await judge(await chainOf(7)), { why: 'too long' })
    assert.deepEqual(await judge([]), { why: 'empty' })
  })

  it('is of 16 KB at most, whatever fills it', async () => {
    const filledWith = (bytes: number) =>
      issue({ by: middle, extensions: [new Extension('1.2.3.4', false, Buffer.alloc(bytes))] })
    assert.deepEqual(await judge([await filledWith(14_000), middle]), { anchor: root })
    assert.deepEqual(await judge([await filledWith(16_000), middle]), { why: 'too long' })
  })

  for (const [name, dates] of [
    ['has run out', { notAfter: '2026-11-25T11:59:59Z' }],
    ['has not begun', { notBefore: '2026-11-25T12:00:01Z' }],
  ] as const) {
    it(`is not trusted with a certificate that ${name}`, async () => {
      assert.deepEqual(await judge([await issue({ by: middle, ...dates }), middle]), { why: 'not valid at this time' })
      assert.deepEqual(await judge(await middleThat(dates)), { why: 'not valid at this time' })
    })

    it(`is not trusted under an anchor that ${name}`, async () => {
      const other = await issue({ name: 'CN=Root', keys: root.keys, authority: true, ...dates })
      assert.deepEqual(await judge([leaf, middle], [other]), reachesNone)
      assert.deepEqual(await judge([other], [other]), { why: 'not valid at this time' })
    })
  }

  it('is judged at the time that it is given', async () => {
    const short = await issue({ by: middle, notBefore: '2021-01-01', notAfter: '2021-12-31' })
    assert.deepEqual(await judge([short, middle], [root], new Date('2021-06-01')), { anchor: root })
  })

  it('is not trusted below what is no authority', async () => {
    const noAuthority = { why: 'issued by no authority' }
    assert.deepEqual(await judge(await middleThat({ authority: false })), noAuthority)
    assert.deepEqual(await judge(await middleThat({ usage: KeyUsageFlags.digitalSignature })), noAuthority)
    const version1 = await middleThat({ authority: false, usage: null })
    assert.deepEqual(await judge(version1), noAuthority)
    assert.deepEqual(await judge(await middleThat({ usage: null })), { anchor: root }, 'a usage need not be said')
  })

  it('is not trusted with more authorities than one of them allows below it', async () => {
    const [upper] = (await middleThat({ below: 0 })).slice(1)
    const lower = await issue({ name: 'CN=Lower', authority: true, ...(upper && { by: upper }) })
    const end = await issue({ by: lower })
    assert.deepEqual(await judge(await middleThat({ below: 0 })), { anchor: root })
    assert.deepEqual(await judge([end, lower, ...(upper ? [upper] : [])]), { why: 'too many authorities' })
  })

  it('is not trusted on a hash that can be forged', async () => {
    const weak = { why: 'signed with a weak hash' }
    assert.deepEqual(await judge([await issue({ by: middle, hash: 'SHA-1' }), middle]), weak)
    assert.deepEqual(await judge(await middleThat({ hash: 'SHA-1' })), weak)
    assert.deepEqual(await judge(await middleThat({ hash: 'SHA-384' })), { anchor: root })
  })

  it('is not trusted with a critical extension that we do not understand', async () => {
    const demanding = (critical: boolean) => [new Extension('1.3.6.1.4.1.99999.1', critical, Buffer.of(5, 0))]
    const refused = { why: 'demands what is not understood' }
    assert.deepEqual(await judge([await issue({ by: middle, extensions: demanding(true) }), middle]), refused)
    assert.deepEqual(await judge(await middleThat({ extensions: demanding(true) })), refused)
    assert.deepEqual(await judge(await middleThat({ extensions: demanding(false) })), { anchor: root })
  })

  it('is not trusted where it says one thing twice, or cannot be read', async () => {
    const twice = [new Extension('1.2.3', false, Buffer.of(5, 0)), new Extension('1.2.3', false, Buffer.of(5, 0))]
    assert.deepEqual(await judge([await issue({ by: middle, extensions: twice }), middle]), { why: 'unreadable' })
    for (const nonsense of [
      Buffer.alloc(0),
      Buffer.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff),
      leaf.certificate.subarray(9),
    ])
      assert.deepEqual(await judgeChain([nonsense], [root], now), { why: 'unreadable' })
  })

  it('is not hindered by an anchor that cannot be read', async () => {
    const chain = [leaf.certificate, middle.certificate]
    assert.deepEqual(await judgeChain(chain, [{ certificate: Buffer.from('nonsense') }, root], now), { anchor: root })
  })
})

const withLastByteChanged = (issued: Issued): Issued => {
  const certificate = Buffer.from(issued.certificate)
  certificate.writeUInt8(certificate.readUInt8(certificate.length - 1) ^ 1, certificate.length - 1)
  return { ...issued, certificate }
}
