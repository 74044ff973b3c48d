import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { CataloguePreview, Failure } from '@fobwatch/contracts'
import { startService, type TestService } from '../../service.testing.ts'
import { addPlaces, type Places, putAt } from '../desk.testing.ts'
import { type Agent, ask, lastEventBy, withDuty } from './access.testing.ts'
import { accessCommands } from './commands.ts'

const text = [
  'kind,code,name,staff_group,sub_group,activities',
  'role,S8000:G8000:R8001,Nurse,Clinical,Provision,B0820',
  'activity,B0820,View,,,',
].join('\n')
const file = { form: 'csv', text }

describe('the catalogue at the desk', () => {
  let service: TestService
  let place: Places
  let operator: Agent
  let local: Agent
  let manager: Agent

  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    operator = await withDuty(service, 'service-operator', place.hospital)
    await putAt(service, operator.person.id, place.home, { dutyCode: 'service-operator' })
    local = await withDuty(service, 'service-operator', place.hospital)
    manager = await withDuty(service, 'manager', place.hospital)
  })
  after(() => service.close())

  const preview = (by: Agent, body: object = file) =>
    ask<CataloguePreview>(service, by, 'POST', '/api/desk/catalogue/preview', body)
  const load = (by: Agent, body: object) => ask(service, by, 'POST', '/api/desk/catalogue', body)

  it('line 42: is looked at and loaded by nobody whose duty is too small, or does not reach everybody', async () => {
    const digest = 'a'.repeat(64)
    for (const by of [manager, local]) {
      assert.equal((await preview(by)).refused, '403 not_allowed')
      assert.equal((await load(by, { ...file, digest })).refused, '403 not_allowed')
    }
  })

  it('line 40: is taken in one form only', async () => {
    const bodies = [{}, { form: 'xml', text }, { form: 'csv', text: '' }, { ...file, path: '/etc/passwd' }]
    for (const body of bodies) assert.equal((await preview(operator, body)).refused, '400 invalid_request')
    assert.equal((await load(operator, file)).refused, '400 invalid_request')
    assert.equal((await load(operator, { ...file, digest: "' or 1=1" })).refused, '400 invalid_request')
    const broken = { form: 'csv', text: `${text}\nrole,1,,,,` }
    assert.ok((await preview(operator, broken)).body.faults.length >= 3)
    const refused = await load(operator, { ...broken, digest: 'a'.repeat(64) })
    assert.equal(refused.refused, '400 file_invalid')
    assert.ok(((refused.body as Failure).faults?.length ?? 0) >= 3)
  })

  it('is loaded as it was looked at, and that is recorded', async () => {
    const { digest, roles } = (await preview(operator)).body
    assert.ok(roles.removed.length > 5)
    assert.equal((await load(operator, { ...file, digest: 'a'.repeat(64) })).refused, '409 catalogue_changed')
    assert.equal((await load(operator, { ...file, digest })).status, 204)
    const event = await lastEventBy(service, operator)
    assert.equal(event?.type, 'catalogue-loaded')
    assert.equal(event.details['rolesRemoved'], roles.removed.length)
  })

  it('is loaded by command from a file or a folder, after a dry run if wanted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fobwatch-catalogue-'))
    const command = accessCommands.find(({ name }) => name === 'catalogue load')
    const run = async (path: string, dryRun: boolean) =>
      command?.run(service.rooms.registrationAuthority, { operands: [path], options: { 'dry-run': dryRun } as never })
    try {
      await writeFile(join(folder, 'catalogue.csv'), `${text}\nactivity,B0001,New,,,`)
      assert.match(String(await run(folder, true)), /^This would be done, and nothing was:\n.*0 added.*\n.*1 added/)
      assert.match(String(await run(folder, false)), /^The catalogue is loaded/)
      assert.match(String(await run(join(folder, 'catalogue.csv'), true)), /activities: 0 added/)
      await writeFile(join(folder, 'catalogue.csv'), `${text}\nrole,1,,,,`)
      const bad = (await run(folder, false)) as { out: string; exitCode: number }
      assert.equal(bad.exitCode, 1)
      assert.match(bad.out, /row 4, code/)
      await writeFile(join(folder, 'catalogue.json'), '{}')
      await assert.rejects(run(folder, true), /must have one file/)
      await assert.rejects(run(join(folder, 'nothing.csv'), true), /cannot be read/)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
