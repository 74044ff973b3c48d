import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql, startService, type TestService } from '../../service.testing.ts'

describe('organisations in a file', () => {
  let service: TestService
  before(async () => {
    service = await startService()
  })
  after(() => service.close())

  const load = (rows: string[], options: { under?: string; dryRun?: boolean } = {}) =>
    service.rooms.registrationAuthority.loadOrganisationsByCommand(['code,name,parent', ...rows].join('\n'), {
      ...{ dryRun: false, ...options },
    })
  const tree = async () =>
    (
      await sql<{ line: string }>(
        service,
        `select o.code || ' ' || o.name || coalesce(' < ' || u.code, '') as line
         from organisation o left join organisation u on u.id = o.parent_id order by o.code`,
      )
    ).map(({ line }) => line)

  it('are looked at without being taken', async () => {
    const looked = await load(['ZZX01,Trust,', 'ZZX02,Hospital,ZZX01'], { dryRun: true })
    assert.deepEqual(looked, { faults: [], added: 2, renamed: 0, moved: 0, tops: 1 })
    assert.deepEqual(await tree(), [])
  })

  it('are added in any order, and renamed and moved when they are there', async () => {
    await load(['ZZX03,"Ward, ""north""",ZZX02', 'ZZX01,Trust,', 'ZZX02,Hospital,ZZX01'])
    assert.deepEqual(await tree(), ['ZZX01 Trust', 'ZZX02 Hospital < ZZX01', 'ZZX03 Ward, "north" < ZZX02'])
    const again = await load(['ZZX03,Ward,ZZX01', 'ZZX02,Hospital,', 'ZZX04,Clinic,'], { under: 'ZZX02' })
    assert.deepEqual(again, { faults: [], added: 1, renamed: 1, moved: 1, tops: 0 })
    assert.deepEqual(await tree(), [
      ...['ZZX01 Trust', 'ZZX02 Hospital < ZZX01', 'ZZX03 Ward < ZZX01', 'ZZX04 Clinic < ZZX02'],
    ])
    assert.deepEqual(await load(['ZZX03,Ward,ZZX01']), { faults: [], added: 0, renamed: 0, moved: 0, tops: 0 })
  })

  it('change places with what they were part of, in one go', async () => {
    await load(['ZZS01,A,', 'ZZS02,B,ZZS01', 'ZZS03,C,'])
    assert.deepEqual((await load(['ZZS01,A,ZZS02', 'ZZS02,B,ZZS03'])).moved, 2)
    assert.ok((await tree()).includes('ZZS01 A < ZZS02'))
  })

  it('have every fault named by row, and then nothing is taken', async () => {
    const before_ = await tree()
    const { faults } = await load(['zz,Small,', 'ZZN01,,', 'ZZN02,Twice,', 'ZZN02,Twice,', 'ZZN03,Lost,ZZZZZ'])
    assert.deepEqual(
      faults.map(({ field }) => field),
      ['row 2, code', 'row 3, name', 'row 5, code', 'row 6, parent'],
    )
    const circle = await load(['ZZX01,Trust,ZZX04', 'ZZN04,Own,ZZN04'])
    assert.deepEqual(
      circle.faults.map(({ field }) => field),
      ['row 2, parent', 'row 3, parent'],
    )
    for (const csv of ['', 'code,name\nA,b', 'code,name,parent\n"', 'nonsense'])
      assert.equal(
        (await service.rooms.registrationAuthority.loadOrganisationsByCommand(csv, { dryRun: false })).faults.length,
        1,
      )
    assert.deepEqual(await tree(), before_)
  })
})
