import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { DeskOrganisations, DeskWorkgroup, OrganisationInFull } from '@fobwatch/contracts'
import { sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'
import { type Agent, ask, lastEventBy, withDuty } from './access.testing.ts'

describe('organisations at the desk', () => {
  let service: TestService
  let place: Places
  let manager: Agent
  let agent: Agent
  let elsewhere: Agent
  let operator: Agent

  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    manager = await withDuty(service, 'manager', place.hospital)
    agent = await withDuty(service, 'agent', place.hospital)
    elsewhere = await withDuty(service, 'manager', place.home)
    operator = await withDuty(service, 'service-operator', place.hospital)
  })
  after(() => service.close())

  const root = '/api/desk/organisations'
  const list = async (by: Agent, query = '') =>
    (await ask<DeskOrganisations>(service, by, 'GET', `${root}${query}`)).body
  const codes = async (by: Agent, query = '') => (await list(by, query)).rows.map(({ code }) => code)
  const add = (by: Agent, body: object) => ask(service, by, 'POST', root, body)
  const change = (by: Agent, code: string, body: object) => ask(service, by, 'PATCH', `${root}/${code}`, body)
  const show = (by: Agent, code: string) => ask<OrganisationInFull>(service, by, 'GET', `${root}/${code}`)

  it('are a tree: the top of what somebody reaches, what is below one, and whatever a search finds', async () => {
    assert.equal((await add(manager, { code: 'ZZW01', name: 'Wing', parent: 'ZZX02' })).status, 204)
    assert.deepEqual(await codes(manager), ['ZZX01'])
    assert.deepEqual(await codes(manager, '?under=ZZX01'), ['ZZX02'])
    assert.deepEqual(await codes(agent, '?under=ZZX02'), ['ZZW01'])
    assert.deepEqual(await codes(operator, '?search=win'), ['ZZW01'])
    assert.deepEqual(await codes(elsewhere, '?search=win'), [])
    assert.deepEqual(await codes(elsewhere), ['ZZX03'])
    const { body } = await show(agent, 'ZZW01')
    assert.deepEqual(
      body.path.map(({ code }) => code),
      ['ZZX01', 'ZZX02'],
    )
    assert.deepEqual([body.mayEdit, body.mayAddPositions], [false, false])
    assert.equal((await show(manager, 'ZZW01')).body.mayEdit, true)
  })

  it('are listed a page at a time, in an order that the server keeps', async () => {
    for (const n of [3, 1, 2]) await add(manager, { code: `ZZP0${n}`, name: `Page ${n}`, parent: 'ZZX01' })
    const first = await list(manager, '?search=page&limit=2')
    assert.deepEqual(
      first.rows.map(({ name }) => name),
      ['Page 1', 'Page 2'],
    )
    const second = await list(manager, `?search=page&limit=2&after=${first.next}`)
    assert.deepEqual(
      second.rows.map(({ name }) => name),
      ['Page 3'],
    )
    assert.equal(second.next, null)
  })

  it('line 40: take no SQL and no JSON in a search, a place or a cursor', async () => {
    const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const id = '00000000-0000-4000-8000-000000000000'
    for (const search of ["'%20or%201=1--", '%25', '_', '$$', '{"$gt":""}', '\\'])
      assert.deepEqual(await codes(manager, `?search=${search}`), [], search)
    const bad = [
      `after=${cursor(["a' or '1'='1", "' or 1=1"])}`,
      `after=${cursor(['a', 1])}`,
      `after=${cursor([{ $ne: null }, id])}`,
      `after=${cursor(['a\0', id])}`,
      `after=${cursor(['a', id, 'b'])}`,
      'after=not+base64',
      'after=AAAA',
      'limit=0',
      'limit=1000',
      'limit=1;drop',
      'under=zzx01',
      "under=ZZX01'",
      'search[$ne]=a',
      'sort=name;drop table person',
    ]
    for (const query of bad) assert.equal((await ask(service, manager, 'GET', `${root}?${query}`)).status, 400, query)
    assert.equal((await ask(service, manager, 'GET', `${root}?after=${cursor(["' or 1=1--", id])}`)).status, 200)
  })

  it('are added below one that is within reach, by a code that has the form and is free', async () => {
    assert.equal(
      (await add(manager, { code: 'ZZX02', name: 'Twice', parent: 'ZZX01' })).refused,
      '409 organisation_taken',
    )
    assert.equal(
      (await add(manager, { code: 'ZZX03', name: 'Twice', parent: 'ZZX01' })).refused,
      '409 organisation_taken',
    )
    for (const code of ['zz1', 'Z', 'ZZ 1', 'ZZ-01', 'ZZX0000000001', 'ZZ\u00c91'])
      assert.equal((await add(manager, { code, name: 'Form', parent: 'ZZX01' })).refused, '400 invalid_request', code)
    for (const name of ['', ' ', 'a\nb', 'a\0b', 'x'.repeat(201)])
      assert.equal((await add(manager, { code: 'ZZF01', name, parent: 'ZZX01' })).refused, '400 invalid_request', name)
    assert.equal((await add(manager, { code: 'ZZF01', name: 'Top' })).refused, '400 invalid_request')
    const event = await lastEventBy(service, manager)
    assert.equal(event?.type, 'desk-refused')
  })

  it('line 42: are added, renamed, moved and closed by nobody whose duty is too small, or at another place', async () => {
    const body = { code: 'ZZN01', name: 'Not mine', parent: 'ZZX03' }
    assert.equal((await add(manager, body)).refused, '400 organisation_unknown')
    assert.equal((await add(agent, { ...body, parent: 'ZZX01' })).refused, '403 not_allowed')
    assert.equal((await change(manager, 'ZZX03', { name: 'Mine' })).refused, '404 not_found')
    assert.equal((await change(agent, 'ZZX02', { name: 'Mine' })).refused, '403 not_allowed')
    assert.equal((await ask(service, manager, 'POST', `${root}/ZZX03/close`, {})).refused, '404 not_found')
    assert.equal((await ask(service, agent, 'POST', `${root}/ZZX02/close`, {})).refused, '403 not_allowed')
    assert.equal((await show(elsewhere, 'ZZX01')).refused, '404 not_found')
  })

  it('line 42: are not moved out of, or into, what somebody does not reach', async () => {
    const clinic = await withDuty(service, 'manager', place.clinic)
    assert.equal((await change(manager, 'ZZX02', { parent: 'ZZX03' })).refused, '400 organisation_unknown')
    // They reach the clinic, and not where it is now: to take it away from the hospital is not theirs.
    assert.equal((await change(clinic, 'ZZX02', { parent: 'ZZW01' })).refused, '400 organisation_unknown')
    assert.equal((await show(manager, 'ZZX02')).body.parent?.code, 'ZZX01')
  })

  it('line 42: are moved by nobody to where they themselves may do more', async () => {
    await add(manager, { code: 'ZZG01', name: 'Gain', parent: 'ZZX01' })
    const { id = '' } = (await service.rooms.access.findOrganisation('ZZG01')) ?? {}
    const { staffId } = await addAt(service, id)
    const both = await withDuty(service, 'service-operator', place.hospital)
    await putAt(service, both.person.id, place.clinic, { dutyCode: 'agent' })
    assert.equal((await change(both, 'ZZG01', { parent: 'ZZX02' })).refused, '403 not_allowed')
    assert.equal((await ask(service, both, 'GET', `/api/desk/people/${staffId}`)).refused, '404 not_found')
    assert.equal((await change(both, 'ZZG01', { name: 'No gain' })).status, 204)
    assert.equal((await change(operator, 'ZZG01', { parent: 'ZZX02' })).status, 204)
  })

  it('are renamed and moved, and whoever reaches the new place reaches them from then on', async () => {
    await add(manager, { code: 'ZZM01', name: 'Mover', parent: 'ZZX01' })
    const clinic = await withDuty(service, 'agent', place.clinic)
    assert.equal((await show(clinic, 'ZZM01')).status, 404)
    assert.equal((await change(manager, 'ZZM01', { name: 'Moved', parent: 'ZZX02' })).status, 204)
    const { body } = await show(clinic, 'ZZM01')
    assert.deepEqual([body.name, body.parent?.code], ['Moved', 'ZZX02'])
  })

  it('never come to be below themselves, though two move at once', async () => {
    assert.equal((await change(manager, 'ZZX01', { parent: 'ZZX02' })).refused, '409 organisation_circle')
    assert.equal((await change(manager, 'ZZX02', { parent: 'ZZX02' })).refused, '409 organisation_circle')
    await add(manager, { code: 'ZZA01', name: 'A', parent: 'ZZX01' })
    await add(manager, { code: 'ZZB01', name: 'B', parent: 'ZZX01' })
    const both = await Promise.all([
      change(manager, 'ZZA01', { parent: 'ZZB01' }),
      change(manager, 'ZZB01', { parent: 'ZZA01' }),
    ])
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [204, 409])
  })

  it('take nobody new once they are closed, keep who is there, and open again', async () => {
    await add(manager, { code: 'ZZC01', name: 'Closing', parent: 'ZZX01' })
    const { id = '' } = (await service.rooms.access.findOrganisation('ZZC01')) ?? {}
    const inside = await addAt(service, id)
    const role = await putAt(service, inside.id, id, { roleCode: 'S8000:G8000:R8001' })
    assert.equal((await ask(service, manager, 'POST', `${root}/ZZC01/close`, {})).status, 204)
    assert.ok((await show(manager, 'ZZC01')).body.closedAt)
    await assert.rejects(addAt(service, id), { code: 'organisation_closed' })
    assert.equal(
      (await add(manager, { code: 'ZZC02', name: 'In', parent: 'ZZC01' })).refused,
      '409 organisation_closed',
    )
    assert.equal((await change(manager, 'ZZA01', { parent: 'ZZC01' })).refused, '409 organisation_closed')
    assert.ok(await service.rooms.access.findRole(role))
    assert.equal((await ask(service, manager, 'POST', `${root}/ZZC01/reopen`, {})).status, 204)
    await addAt(service, id)
  })

  it('have workgroups with numbers of ours, named by whoever edits positions there', async () => {
    const addGroup = (by: Agent, body: object) => ask<DeskWorkgroup>(service, by, 'POST', '/api/desk/workgroups', body)
    const rename = (by: Agent, code: string, name: string) =>
      ask(service, by, 'PATCH', `/api/desk/workgroups/${code}`, { name })
    const made = await addGroup(manager, { name: 'Ward 7', organisation: 'ZZX02' })
    assert.match(made.body.code, /^\d{12}$/)
    assert.equal((await rename(manager, made.body.code, 'Ward 8')).status, 204)
    assert.deepEqual((await show(agent, 'ZZX02')).body.workgroups, [
      { code: made.body.code, name: 'Ward 8', organisation: { code: 'ZZX02', name: 'Clinic' } },
    ])
    assert.equal((await addGroup(agent, { name: 'Ward 9', organisation: 'ZZX02' })).refused, '403 not_allowed')
    assert.equal((await addGroup(manager, { name: 'W', organisation: 'ZZX03' })).refused, '400 organisation_unknown')
    assert.equal(
      (await addGroup(manager, { name: 'W', organisation: 'ZZX02', code: '1' })).refused,
      '400 invalid_request',
    )
    assert.equal((await rename(elsewhere, made.body.code, 'Theirs')).refused, '404 not_found')
    await sql(service, "insert into workgroup (code, name) values ('555000000009', 'Of nobody')")
    assert.equal((await rename(manager, '555000000009', 'Mine')).refused, '404 not_found')
  })
})
