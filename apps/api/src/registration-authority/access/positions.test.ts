import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type {
  CreatedPosition,
  DeskPositions,
  DeskWorkgroup,
  PositionChoices,
  PositionInFull,
} from '@fobwatch/contracts'
import { startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places } from '../desk.testing.ts'
import { type Agent, addPositionAt, ask, clerk, nurse, withDuty } from './access.testing.ts'

describe('positions at the desk', () => {
  let service: TestService
  let place: Places
  let manager: Agent
  let advanced: Agent
  let agent: Agent
  let elsewhere: Agent
  let count = 0

  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    manager = await withDuty(service, 'manager', place.hospital)
    advanced = await withDuty(service, 'advanced-agent', place.hospital)
    agent = await withDuty(service, 'agent', place.hospital)
    elsewhere = await withDuty(service, 'manager', place.home)
  })
  after(() => service.close())

  const root = '/api/desk/positions'
  const whole = () => ({ activities: [], workgroups: [], openedToSponsors: false })
  const create = (by: Agent, body: object) => {
    count += 1
    const all = { organisation: 'ZZX01', name: `Made ${count}`, role: nurse, ...whole(), ...body }
    return ask<CreatedPosition>(service, by, 'POST', root, all)
  }
  const show = (by: Agent, id: string) => ask<PositionInFull>(service, by, 'GET', `${root}/${id}`)
  const edit = (by: Agent, id: string, body: object) =>
    ask<{ version: number }>(service, by, 'PUT', `${root}/${id}`, {
      name: `Edited ${id}`,
      role: nurse,
      ...whole(),
      ...body,
    })
  const retire = (by: Agent, id: string, version: number) =>
    ask(service, by, 'POST', `${root}/${id}/retire`, { version })
  const list = async (by: Agent, query = '') => (await ask<DeskPositions>(service, by, 'GET', `${root}${query}`)).body
  const put = (personId: string, positionId: string) =>
    service.store.inTransaction((tx) =>
      service.rooms.access.assign(tx, { personId, positionId, startsAt: new Date(Date.now() - 60_000) }),
    )

  it('are made with all that they give, approved by whoever made them, and shown with what follows', async () => {
    const { body: group } = await ask<DeskWorkgroup>(service, manager, 'POST', '/api/desk/workgroups', {
      ...{ name: 'Ward 7', organisation: 'ZZX02' },
    })
    const { body } = await create(manager, {
      ...{ name: 'Senior nurse', activities: ['B0825'], workgroups: [group.code], notes: 'For nights.' },
      ...{ areaOfWork: { code: 'P0010:Q0020:T0030', name: 'Acute medicine' }, openedToSponsors: true },
    })
    const shown = (await show(agent, body.id)).body
    assert.deepEqual([shown.name, shown.role?.code, shown.approvedBy], ['Senior nurse', nurse, 'Duty manager'])
    assert.deepEqual(
      shown.effective.map(({ code }) => code),
      ['B0360', 'B0401', 'B0820', 'B0825'],
    )
    assert.deepEqual(shown.workgroups, [{ code: group.code, name: 'Ward 7' }])
    assert.deepEqual([shown.openedToSponsors, shown.notes, shown.version], [true, 'For nights.', 1])
    assert.deepEqual([shown.mayEdit, shown.mayAssign], [false, 'yes'])
    assert.equal((await show(manager, body.id)).body.mayEdit, true)
  })

  it('change for everybody in them, if nobody changed them meanwhile', async () => {
    const { id } = (await create(manager, {})).body
    const { body } = await edit(manager, id, { version: 1, role: clerk, activities: ['B0068'], notes: 'New' })
    assert.equal(body.version, 2)
    assert.equal((await edit(manager, id, { version: 1 })).refused, '409 position_changed')
    const shown = (await show(manager, id)).body
    assert.deepEqual([shown.role?.code, shown.activities.map(({ code }) => code)], [clerk, ['B0068']])
    const racing = await Promise.all([1, 2, 3].map((n) => edit(manager, id, { version: 2, name: `Racing ${n}` })))
    assert.deepEqual(racing.map(({ status }) => status).toSorted(), [200, 409, 409])
  })

  it('are retired: nobody is put in them any more, and they are listed on demand only', async () => {
    const { id } = (await create(manager, { name: 'Going' })).body
    assert.equal((await retire(manager, id, 1)).status, 200)
    assert.equal((await retire(manager, id, 2)).refused, '409 position_changed')
    assert.equal((await edit(manager, id, { version: 2 })).refused, '409 position_changed')
    assert.deepEqual((await list(manager, '?search=going')).rows, [])
    assert.equal((await list(manager, '?search=going&retired=yes')).rows[0]?.mayAssign, 'no')
    const person = await addAt(service, place.hospital)
    const given = await ask(service, manager, 'POST', `/api/desk/people/${person.staffId}/assignments`, {
      position: id,
    })
    assert.equal(given.refused, '400 position_unknown')
  })

  it('with a duty carry nothing else, and never get or change one', async () => {
    const bare = { role: undefined, duty: 'agent' }
    const { id } = (await create(manager, bare)).body
    assert.ok(id)
    const wrong = [
      { duty: 'agent' },
      { ...bare, activities: ['B0820'] },
      { ...bare, openedToSponsors: true },
      { ...bare, areaOfWork: { code: 'P0010:Q0020:T0030', name: 'A' } },
      { role: undefined },
    ]
    for (const body of wrong)
      assert.equal((await create(manager, body)).refused, '400 invalid_request', JSON.stringify(body))
    assert.equal((await edit(manager, id, { version: 1, role: nurse })).refused, '400 invalid_request')
    assert.equal(
      (await edit(manager, id, { version: 1, role: undefined, openedToSponsors: true })).refused,
      '400 invalid_request',
    )
    assert.equal((await edit(manager, id, { version: 1, duty: 'manager' })).refused, '400 invalid_request')
    assert.equal((await edit(manager, id, { version: 1, role: undefined, notes: 'By day' })).status, 200)
    const other = (await create(manager, {})).body.id
    assert.equal(
      (await edit(manager, other, { version: 1, role: undefined, duty: 'agent' })).refused,
      '400 invalid_request',
    )
  })

  it('line 42: with a duty are made by nobody who may not do all of it', async () => {
    const refused = async (by: Agent, duty: string) => (await create(by, { role: undefined, duty })).refused
    assert.equal(await refused(advanced, 'manager'), '403 not_allowed')
    assert.equal(await refused(manager, 'service-operator'), '403 not_allowed')
    assert.equal(await refused(manager, 'nonsense'), '403 not_allowed')
    assert.equal(await refused(advanced, 'advanced-agent'), undefined)
    const choices = await ask<PositionChoices>(
      service,
      advanced,
      'GET',
      '/api/desk/position-choices?organisation=ZZX01',
    )
    const offered = choices.body.duties.map(({ code }) => code).toSorted()
    assert.deepEqual(offered, ['advanced-agent', 'agent', 'id-checker', 'local-administrator', 'sponsor'])
    assert.ok(choices.body.roles.some(({ code, baseline }) => code === nurse && baseline.includes('B0360')))
  })

  it('line 42: are not changed by whoever is in them', async () => {
    const { id } = (await create(manager, { role: clerk })).body
    await put(advanced.person.id, id)
    assert.equal((await edit(advanced, id, { version: 1, activities: ['B1611'] })).refused, '403 not_allowed')
    assert.equal((await edit(manager, id, { version: 1, role: clerk })).status, 200)
  })

  it('line 42: are made, changed and seen by nobody whose duty is too small, or at another place', async () => {
    const { id } = (await create(manager, {})).body
    assert.equal((await create(agent, {})).refused, '403 not_allowed')
    assert.equal((await create(elsewhere, {})).refused, '400 organisation_unknown')
    assert.equal((await edit(agent, id, { version: 1 })).refused, '403 not_allowed')
    assert.equal((await edit(elsewhere, id, { version: 1 })).refused, '404 not_found')
    assert.equal((await retire(agent, id, 1)).refused, '403 not_allowed')
    assert.equal((await retire(elsewhere, id, 1)).refused, '404 not_found')
    assert.equal((await show(elsewhere, id)).refused, '404 not_found')
    assert.equal(
      (await ask(service, elsewhere, 'GET', `${root}?organisation=ZZX01`)).refused,
      '400 organisation_unknown',
    )
    assert.equal(
      (await ask(service, elsewhere, 'GET', '/api/desk/position-choices?organisation=ZZX01')).refused,
      '400 organisation_unknown',
    )
  })

  it('line 42: join no workgroup of another organisation', async () => {
    const { body } = await ask<DeskWorkgroup>(service, elsewhere, 'POST', '/api/desk/workgroups', {
      ...{ name: 'Residents', organisation: 'ZZX03' },
    })
    assert.equal((await create(manager, { workgroups: [body.code] })).refused, '400 invalid_request')
    const { id } = (await create(manager, {})).body
    assert.equal((await edit(manager, id, { version: 1, workgroups: [body.code] })).refused, '400 invalid_request')
  })

  it('have names of their own at an organisation, and codes that the catalogue has', async () => {
    await create(manager, { name: 'Taken' })
    assert.equal((await create(manager, { name: 'Taken' })).refused, '409 position_taken')
    const { id } = (await create(manager, {})).body
    assert.equal((await edit(manager, id, { version: 1, name: 'Taken' })).refused, '409 position_taken')
    for (const body of [{ role: 'S9999:G9999:R9999' }, { activities: ['B9999'] }, { role: "S8000' --" }, { extra: 1 }])
      assert.equal((await create(manager, body)).refused, '400 invalid_request', JSON.stringify(body))
  })

  it('are listed a page at a time, by name, by place or by how many hold each', async () => {
    const home = await withDuty(service, 'manager', place.home)
    const [a, b] = [
      await addPositionAt(service, place.home, { name: 'Alpha', roleCode: nurse }),
      await addPositionAt(service, place.home, { name: 'Beta', roleCode: clerk }),
    ]
    for (const id of [a, b, b]) await put((await addAt(service, place.home)).id, id)
    const names = async (query: string) =>
      (await list(home, `?organisation=ZZX03&${query}`)).rows.filter(({ duty }) => !duty).map(({ name }) => name)
    assert.deepEqual(await names('sort=name'), ['Alpha', 'Beta'])
    assert.deepEqual(await names('sort=holders'), ['Beta', 'Alpha'])
    const seen: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const page: DeskPositions = await list(home, `?sort=holders&limit=1${after && `&after=${after}`}`)
      seen.push(...page.rows.map(({ name }) => name))
      after = page.next
    }
    assert.equal(new Set(seen).size, seen.length)
    assert.equal(seen[0], 'Beta')
    assert.deepEqual(await names(`search=${encodeURIComponent('nurse access')}`), ['Alpha'])
  })

  it('line 40: take no SQL and no JSON in a search, a sort key or a cursor', async () => {
    for (const query of [
      'sort=name;--',
      'sort=p.notes',
      'sort[a]=name',
      'after=%00',
      'retired=1',
      'limit=-1',
      "organisation=Z' or",
    ])
      assert.equal((await ask(service, manager, 'GET', `${root}?${query}`)).status, 400, query)
    assert.equal((await show(manager, "1' or '1'='1")).status, 400)
  })
})
