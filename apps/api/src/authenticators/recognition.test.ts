import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { AuthenticatorList } from '@fobwatch/contracts'
import { createAttestationAuthority, createSoftwareAuthenticator, fakeClock, metadataEntry } from '@fobwatch/testkit'
import { believingPublisher, publishMetadata } from '../attested.testing.ts'
import { addPerson, enrol, signInHere, startService } from '../service.testing.ts'

const ours = 'cb69481e-8ff7-4039-93ec-0a2729a154a8'
const theirs = '11111111-aaaa-4bbb-8ccc-000000000001'
const without = '11111111-aaaa-4bbb-8ccc-000000000002'
const huge = '11111111-aaaa-4bbb-8ccc-000000000003'
const disguised = '11111111-aaaa-4bbb-8ccc-000000000004'
const drawn = '11111111-aaaa-4bbb-8ccc-000000000005'
const unknown = '11111111-aaaa-4bbb-8ccc-00000000000f'

const png = (bytes: Buffer) => `data:image/png;base64,${bytes.toString('base64')}`
const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const page = Buffer.from('<script>alert(1)</script>')

describe('the model of a way to log in', () => {
  let service: Awaited<ReturnType<typeof startService>>
  before(async () => {
    const now = fakeClock('2026-11-21T09:00:00.000Z').now
    service = await startService({ now, environment: believingPublisher() })
    const { root } = createAttestationAuthority()
    const entry = (aaguid: string, name: string, icon: string) => metadataEntry({ aaguid, name, icon, roots: [root] })
    const entries = [
      entry(ours, 'YubiKey 5 Series (long name of the maker)', png(start)),
      entry(theirs, 'Acme Key 3', png(start)),
      entry(without, 'Acme Key 2', ''),
      entry(huge, 'Acme Key 9', png(Buffer.concat([start, Buffer.alloc(65_536)]))),
      entry(disguised, 'Acme Key X', png(page)),
      entry(drawn, 'Acme Key S', `data:image/svg+xml;base64,${page.toString('base64')}`),
    ]
    await publishMetadata(service, entries, '2026-12-01')
  })
  after(() => service.close())

  const iconAt = (aaguid: string) => service.app.inject(`/api/models/${aaguid}/icon`)
  const shown = async (aaguid: string) => {
    const { id } = await addPerson(service)
    const { device } = await enrol(service, id, createSoftwareAuthenticator({ aaguid, transports: ['usb'] }))
    const page = await (await signInHere(service, device)).get('/api/authenticators')
    const [way] = page.json<AuthenticatorList>().authenticators
    return { name: way?.name, kind: way?.kind, model: way?.model, icon: way?.icon }
  }

  it('is called as we call it, else as its maker does, else nothing but its kind', async () => {
    const icon = (aaguid: string) => `/api/models/${aaguid}/icon`
    const kind = 'security-key'
    assert.deepEqual(await shown(ours), { name: 'YubiKey 5', kind, model: 'YubiKey 5', icon: icon(ours) })
    assert.deepEqual(await shown(theirs), { name: 'Acme Key 3', kind, model: 'Acme Key 3', icon: icon(theirs) })
    assert.deepEqual(await shown(without), { name: 'Acme Key 2', kind, model: 'Acme Key 2', icon: null })
    assert.deepEqual(await shown(unknown), { name: 'Security key', kind, model: null, icon: null })
  })

  it('has the picture that its maker publishes, which a browser takes for nothing else', async () => {
    const answer = await iconAt(theirs)
    assert.equal(answer.statusCode, 200)
    assert.deepEqual(answer.rawPayload, start)
    assert.deepEqual(
      ['content-type', 'cache-control', 'content-security-policy', 'x-content-type-options'].map(
        (name) => answer.headers[name],
      ),
      ['image/png', 'public, max-age=86400', "default-src 'none'", 'nosniff'],
    )
  })

  it('has no picture that is huge, is none, or is of another form; nor has a model that nobody knows', async () => {
    for (const aaguid of [huge, disguised, drawn, without, unknown, '..%2f..%2fhealth', 'constructor']) {
      const answer = await iconAt(aaguid)
      assert.equal(answer.statusCode, 404, aaguid)
      assert.equal(answer.headers['cache-control'], 'no-store')
    }
  })
})
