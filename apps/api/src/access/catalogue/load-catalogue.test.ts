import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CatalogueFile } from '@fobwatch/contracts'
import { isRefusal } from '#kernel'
import { addPerson, addPosition, giveRole, startService, type TestService } from '../../service.testing.ts'
import { readCatalogue } from './read-catalogue.ts'

const head = 'kind,code,name,staff_group,sub_group,activities'
const csv = (...rows: string[]): CatalogueFile => ({ form: 'csv', text: [head, ...rows].join('\n') })
const json = (value: unknown): CatalogueFile => ({ form: 'json', text: JSON.stringify(value) })
const activity = (code: string, includes = '') => `activity,${code},Activity ${code},,,${includes}`
const role = (code: string, baseline = '') => `role,S8000:G8000:${code},Role ${code},Clinical,Provision,${baseline}`
const faultsOf = (file: CatalogueFile) => readCatalogue(file).faults.map(({ field }) => field)

describe('a catalogue in a file', () => {
  it('is the same in CSV and in JSON', () => {
    const read = readCatalogue(
      csv(
        'role,S8000:G8000:R8001,"Nurse, ""ward""",Clinical,Provision,B0820 B0401',
        activity('B0820'),
        activity('B0401', 'B0820'),
      ),
    )
    assert.deepEqual(read.catalogue, {
      roles: [
        {
          ...{ code: 'S8000:G8000:R8001', name: 'Nurse, "ward"', staffGroup: 'Clinical', subGroup: 'Provision' },
          baseline: ['B0401', 'B0820'],
        },
      ],
      activities: [
        { code: 'B0820', name: 'Activity B0820', includes: [] },
        { code: 'B0401', name: 'Activity B0401', includes: ['B0820'] },
      ],
    })
    assert.deepEqual(readCatalogue(json(read.catalogue)).catalogue, read.catalogue)
  })

  it('line 40: has every fault named, by its row', () => {
    assert.deepEqual(
      faultsOf(
        csv(
          role('R8001', 'B0820 B9999'),
          activity('B0820'),
          '',
          activity('B0820'),
          'thing,1,2,3,4,5',
          'role,R1,,x,y,',
          'activity,B0401,"a\nb",,,',
        ),
      ),
      ['row 2, activities', 'row 6', 'row 7, code', 'row 7, name', 'row 9, name', 'row 5, code'],
    )
    assert.deepEqual(
      faultsOf(json({ roles: [{ code: 1 }], activities: [{ code: 'B0820', name: 'x', includes: 'B1' }] })),
      [
        ...[
          'roles[0], code',
          'roles[0], name',
          'roles[0], staffGroup',
          'roles[0], subGroup',
          'activities[0], activities',
        ],
      ],
    )
  })

  it('line 40: is refused whole for what it is not', () => {
    const files: CatalogueFile[] = [
      { form: 'csv', text: 'kind,code\n' },
      { form: 'csv', text: `${head}\nrole,"` },
      { form: 'csv', text: head },
      { form: 'json', text: '{' },
      { form: 'json', text: 'null' },
      { form: 'json', text: '[]' },
      json({ roles: [], activities: [] }),
      json({ roles: [null], activities: [[]] }),
    ]
    for (const file of files) assert.ok(faultsOf(file).length > 0, file.text)
  })
})

describe('loading a catalogue', () => {
  let service: TestService
  let personId = ''
  let roleId = ''
  const nurse = 'S8000:G8000:R8001'

  before(async () => {
    service = await startService()
    const place = { code: 'ZZX01', name: 'Hospital' }
    const position = await addPosition(service, place, { name: 'Nurse', roleCode: nurse, activities: ['B0825'] })
    personId = (await addPerson(service)).id
    roleId = await giveRole(service, personId, position)
  })
  after(() => service.close())

  const preview = (file: CatalogueFile) => service.rooms.access.previewCatalogue(file)
  const load = (file: CatalogueFile, digest?: string) =>
    service.store.inTransaction((tx) => service.rooms.access.replaceCatalogue(tx, file, null, digest))
  const effective = async () => (await service.rooms.access.findRole(roleId))?.effective.map(({ code }) => code)
  const smaller = csv(
    role('R8001', 'B0820'),
    role('R7777', 'B0825'),
    activity('B0820'),
    activity('B0825', 'B0820'),
    activity('B7777'),
  )

  it('says beforehand what is added, changed and removed, and who loses what', async () => {
    const said = await preview(smaller)
    assert.deepEqual(said.faults, [])
    assert.deepEqual(said.roles.added, [{ code: 'S8000:G8000:R7777', name: 'Role R7777' }])
    assert.deepEqual(said.roles.changed, [{ code: nurse, name: 'Role R8001' }])
    assert.equal(said.roles.removed.length, 10)
    assert.deepEqual(said.activities.added, [{ code: 'B7777', name: 'Activity B7777' }])
    assert.deepEqual(said.losing, { positions: 1, people: 1 })
    assert.deepEqual(said.gaining, { positions: 0, people: 0 })
    const [position] = said.positions
    assert.deepEqual(
      [position?.name, position?.organisation.code, position?.people, position?.loses.map(({ code }) => code)],
      ['Nurse', 'ZZX01', 1, ['B0360', 'B0401']],
    )
    assert.deepEqual(await effective(), ['B0360', 'B0401', 'B0820', 'B0825'], 'nothing has changed')
  })

  it('removes nothing that a position has', async () => {
    const without = csv(role('R8001', 'B0820'), activity('B0820'))
    const { faults } = await preview(without)
    assert.deepEqual(
      faults.map(({ field }) => field),
      ['B0825'],
    )
    await assert.rejects(load(without), (error) => isRefusal(error, 'file_invalid') && error.faults.length === 1)
    const other = csv(role('R7777'), activity('B0825'))
    await assert.rejects(load(other), (error) => isRefusal(error, 'file_invalid') && error.faults[0]?.field === nurse)
  })

  it('does what was looked at, and nothing else', async () => {
    const { digest } = await preview(smaller)
    await service.store.inTransaction(async (tx) => {
      const organisationId = await service.rooms.access.addOrganisation(tx, { code: 'ZZX02', name: 'Ward' })
      await service.rooms.access.addPosition(tx, { organisationId, name: 'Also', roleCode: nurse })
    })
    await assert.rejects(load(smaller, digest), (error) => isRefusal(error, 'catalogue_changed'))
    const again = await preview(smaller)
    await load(smaller, again.digest)
    assert.deepEqual(await effective(), ['B0820', 'B0825'])
    assert.deepEqual((await preview(smaller)).roles, { added: [], changed: [], removed: [] })
  })

  it('stays when a version of the service starts, which brings its duties alone', async () => {
    await load(smaller)
    await service.store.inTransaction((tx) => service.rooms.access.loadCatalogue(tx))
    assert.deepEqual(await effective(), ['B0820', 'B0825'])
    const { roles, duties } = await service.rooms.access.catalogue()
    assert.equal(roles.length, 2)
    assert.equal(duties.length, 7)
  })
})
