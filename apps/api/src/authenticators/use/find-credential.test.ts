import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { AuthenticatorPolicy } from '@fobwatch/contracts'
import { newId } from '#kernel'
import { setPolicy } from '../../attested.testing.ts'
import { addPerson, enrol, sql, startService, type TestService } from '../../service.testing.ts'
import { useStore } from './store.ts'

const at = new Date()

describe('finding a credential', () => {
  let service: TestService
  before(async () => {
    service = await startService()
  })
  after(() => service.close())

  const setUp = async () => {
    const person = await addPerson(service)
    const { device, enrolled } = await enrol(service, person.id)
    return { person, authenticatorId: enrolled.id, credentialId: idOf(device.credentials()[0]?.id) }
  }
  const idOf = (id = '') => Buffer.from(id, 'base64url')
  const find = async (credentialId: Buffer, clientId: string | null = null) => {
    const sought = { clientId, withRoles: false, onFound: () => {} }
    return service.store.ask(useStore(service.store).findCredential(credentialId, sought, at))
  }
  const policy = (scope: string, scopeId: string, rule: AuthenticatorPolicy) => setPolicy(service, scope, scopeId, rule)

  it('brings what decides what its assertion is worth', async () => {
    const { person, authenticatorId, credentialId } = await setUp()
    const found = await find(credentialId)
    assert.deepEqual(
      [found?.id, found?.personId, found?.standing, found?.kind, found?.identityLevel, found?.lastUsedAt],
      [authenticatorId, person.id, 'usable', 'passkey', 3, null],
    )
    assert.deepEqual(found?.trust, { by: 'none', facts: null })
    assert.deepEqual(found?.binding, { by: 'command', level: 2 })
    assert.deepEqual([found?.backupEligible, found?.backupState, found?.policies], [false, false, []])
  })

  it('finds nothing that nobody ever had', async () => {
    assert.equal(await find(Buffer.alloc(32)), undefined)
  })

  const fates: [status: string, expiresAt: Date | null, standing: string][] = [
    ['active', new Date(at.getTime() + 1), 'usable'],
    ['active', at, 'expired'],
    ['suspended', null, 'suspended'],
    ['suspended', at, 'expired'],
    ['expired', null, 'expired'],
    ['revoked', at, 'removed'],
  ]
  for (const [status, expiresAt, standing] of fates)
    it(`line 17: says that it is ${standing} when it is ${status}${expiresAt ? ' and has an end' : ''}`, async () => {
      const { person, authenticatorId, credentialId } = await setUp()
      const end = 'update authenticator set status = $2, expires_at = $3 where id = $1'
      await sql(service, end, authenticatorId, status, expiresAt)
      assert.equal((await find(credentialId))?.standing, standing)
      // Whatever it is, a person who may not log in is all that counts.
      await sql(service, `update person set status = 'closed' where id = $1`, person.id)
      assert.equal((await find(credentialId))?.standing, 'person')
    })

  it('brings every policy that applies, and none that does not', async () => {
    const { person, credentialId } = await setUp()
    const [trust, hospital, ward, home] = [newId(), newId(), newId(), newId()]
    const organisation = 'insert into organisation (id, code, name, parent_id) values ($1, $1, $1, $2)'
    for (const [id, parent] of [
      [trust, null],
      [hospital, trust],
      [ward, hospital],
      [home, null],
    ])
      await sql(service, organisation.replace('values ($1, $1, $1', 'values ($1::uuid, $1::text, $1::text'), id, parent)
    await service.store.inTransaction((tx) => service.rooms.access.affiliate(tx, person.id, hospital))
    await policy('service', '', { maximumUnusedDays: 1 })
    await policy('organisation', trust, { maximumUnusedDays: 2 })
    await policy('organisation', hospital, { maximumUnusedDays: 3 })
    await policy('organisation', ward, { maximumUnusedDays: 4 })
    await policy('organisation', home, { maximumUnusedDays: 5 })
    await policy('client', 'ward', { maximumUnusedDays: 6 })
    await policy('client', 'lab', { maximumUnusedDays: 7 })
    const days = async (clientId: string | null) =>
      (await find(credentialId, clientId))?.policies.map(({ maximumUnusedDays }) => maximumUnusedDays).toSorted()
    assert.deepEqual(await days(null), [1, 2, 3])
    assert.deepEqual(await days('ward'), [1, 2, 3, 6])
  })
})
