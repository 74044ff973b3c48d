import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { AssignmentsPreview, Failure, ReportPage, SignIns, WorkCounts } from '@fobwatch/contracts'
import type { BrowserLike } from '@fobwatch/testkit'
import type { NewPerson, Person } from '#people'
import { enrol, signInHere, sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'

const nurse = 'S8000:G8000:R8001'

describe('reports and worklists at the desk', () => {
  let service: TestService
  let place: Places
  let agent: { person: Person; browser: BrowserLike }
  let checker: { person: Person; browser: BrowserLike }

  const add = (at: string, names?: Partial<NewPerson>) => addAt(service, at, names)
  const withDuty = async (dutyCode: string, at: string) => {
    const person = await add(at, { givenName: 'Duty', familyName: dutyCode })
    await putAt(service, person.id, at, { dutyCode })
    return { person, browser: await signInHere(service, (await enrol(service, person.id)).device) }
  }
  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    agent = await withDuty('agent', place.hospital)
    checker = await withDuty('id-checker', place.clinic)
    for (const familyName of ['Moss', 'Fern', 'Reed', 'Oak', 'Ash'])
      await putAt(service, (await add(place.clinic, { familyName })).id, place.clinic, { roleCode: nurse })
    await add(place.home, { familyName: 'Outside' })
  })
  after(() => service.close())

  const read = async <T>(path: string, browser = agent.browser) => {
    const page = await browser.get(`/api/desk/${path}`)
    assert.equal(page.status, 200, page.body)
    return page.json<T>()
  }
  const refusal = async (path: string, browser = agent.browser) => {
    const page = await browser.get(`/api/desk/${path}`)
    return `${page.status} ${page.json<Failure>().error}`
  }
  type Row = { person: string; staffId: string }
  const allOf = async (path: string, limit = 2) => {
    const rows: Row[] = []
    for (let next: string | null = ''; next !== null; ) {
      const more: string = next === '' ? '' : `&after=${next}`
      const page: { rows: Row[]; next: string | null } = await read(`${path}limit=${limit}${more}`)
      rows.push(...page.rows)
      next = page.next
    }
    return rows
  }

  describe('a report', () => {
    for (const [report, sorts] of [
      ['people', ['name', 'newest']],
      ['authenticators', ['name', 'unused', 'expires', 'newest']],
      ['positions', ['position', 'person', 'expires']],
      ['requests', ['newest', 'oldest']],
    ] as const)
      for (const sort of sorts)
        it(`of ${report} by ${sort} gives each row once, however long its pages are`, async () => {
          const path = `reports/${report}?sort=${sort}&`
          const [inPages, whole] = [await allOf(path), await allOf(path, 200)]
          assert.deepEqual(inPages, whole)
          assert.equal(new Set(whole.map((row) => JSON.stringify(row))).size, whole.length)
        })

    it('is of the organisations of the duty and those below, in the order that was asked for', async () => {
      const { rows } = await read<ReportPage<'people'>>('reports/people')
      assert.deepEqual(
        rows.map(({ person }) => person.split(' ').at(-1)),
        ['Ash', 'Fern', 'Moss', 'Oak', 'Reed', 'agent', 'id-checker'],
      )
      assert.deepEqual((await read<ReportPage<'people'>>('reports/people?organisation=ZZX01')).rows.length, 1)
      assert.equal(await refusal('reports/people?organisation=ZZX03'), '400 organisation_unknown')
    })

    it('shows ID checkers what they did themselves, and nothing else', async () => {
      assert.deepEqual((await read<ReportPage<'people'>>('reports/people', checker.browser)).rows, [])
      const [fern] = await sql<{ id: string }>(service, `select id from person where family_name = 'Fern'`)
      await sql(service, 'update person set identity_proved_by = $2 where id = $1', fern?.id, checker.person.id)
      const { rows } = await read<ReportPage<'people'>>('reports/people', checker.browser)
      assert.deepEqual(
        rows.map(({ person }) => person),
        ['Wren Fern'],
      )
      for (const report of ['authenticators', 'positions', 'requests'])
        assert.deepEqual((await read<{ rows: object[] }>(`reports/${report}`, checker.browser)).rows, [])
    })

    it('is refused without a duty that shows it', async () => {
      const local = await withDuty('local-administrator', place.hospital)
      const sponsor = await withDuty('sponsor', place.hospital)
      for (const report of ['people', 'authenticators', 'positions', 'requests', 'sign-ins', 'people.csv'])
        assert.equal(await refusal(`reports/${report}`, local.browser), '403 not_allowed', report)
      assert.equal(await refusal('reports/people', sponsor.browser), '403 not_allowed')
      await read('reports/positions', sponsor.browser)
    })

    it('is recorded with how much was shown', async () => {
      await read('reports/people')
      const [event] = await sql<{ type: string; details: object }>(
        service,
        'select type, details from audit_event where actor = $1 order by seq desc limit 1',
        agent.person.id,
      )
      assert.equal(event?.type, 'report-read')
      assert.deepEqual(Object.keys(event?.details ?? {}).toSorted(), ['form', 'report', 'rows'])
    })

    it('line 40: takes no SQL and no JSON for an order, a filter or a beginning', async () => {
      const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const bad = encodeURIComponent("name; drop table person; --'")
      for (const query of [
        `sort=${bad}`,
        'sort=__proto__',
        'sort=constructor',
        `status=${bad}`,
        `organisation=${bad}`,
        'status[$ne]=active',
        'status=active&status=closed',
        `limit=${bad}`,
        'limit=100000',
        `after=${bad}`,
        'after=x',
        `after=${cursor({ $gt: '' })}`,
        `after=${cursor(['name', 'a', 'b'])}`,
        `after=${cursor(['newest', 'a', 'b', 'c'])}`,
        `after=${cursor(['name', { $gt: '' }, 'b', 'c'])}`,
        `after=${cursor(['name', 'a\0', 'b', 'c'])}`,
        `sort=newest&after=${cursor(['newest', 'now(); drop table person', 'x'])}`,
        'unheard=of',
      ])
        assert.equal(await refusal(`reports/people?${query}`), '400 invalid_request', query)
      const ours = `reports/people?after=${cursor(['name', "' or 1=1 --", "';", 'x'])}`
      const everybody = (await allOf('reports/people?', 200)).length
      assert.equal((await read<ReportPage<'people'>>(ours)).rows.length, everybody, 'what is text is compared as text')
    })

    it('comes as a file in which no cell is a formula', async () => {
      const person = await add(place.clinic, { givenName: '=cmd', familyName: '"Quote", of' })
      const page = await agent.browser.get('/api/desk/reports/people.csv')
      assert.equal(page.status, 200)
      assert.match(page.body, /staffId,person,organisation/)
      assert.ok(page.body.includes(`${person.staffId},"'=cmd ""Quote"", of",Clinic,active,2,0,`), page.body)
      assert.equal(page.body.trim().split('\n').length, 1 + (await allOf('reports/people?')).length)
    })
  })

  describe('log ins', () => {
    const total = (report: SignIns) => report.rows.reduce((sum, { count }) => sum + count, 0)
    it('are counted by level and kind, the same before and after the day is put together', async () => {
      const before = await read<SignIns>('reports/sign-ins')
      assert.ok(total(before) >= 2)
      const { registrationAuthority } = service.rooms
      await registrationAuthority.countSignInDays()
      assert.deepEqual(await read<SignIns>('reports/sign-ins'), before)
    })

    it('are refused for no days, and for too many', async () => {
      for (const query of ['from=2026-11-02&to=2026-11-01', 'from=2020-01-01&to=2026-01-01', "from=2026-01-01'"])
        assert.equal(await refusal(`reports/sign-ins?${query}`), '400 invalid_request', query)
    })
  })

  describe('work to do', () => {
    it('counts what the duties open, and lists it', async () => {
      const counts = await read<WorkCounts>('work')
      assert.equal(counts.expiring, 0)
      assert.ok((counts.newStarters ?? 0) >= 5)
      const person = await add(place.clinic, { familyName: 'Ending' })
      const id = await putAt(service, person.id, place.clinic, { roleCode: nurse })
      await sql(service, `update assignment set expires_at = now() + interval '20 days' where id = $1`, id)
      assert.equal((await read<WorkCounts>('work')).expiring, 1)
      assert.equal((await read<{ rows: object[] }>('work/expiring?within=7')).rows.length, 0)
      const [row] = (await read<{ rows: Row[] }>('work/expiring')).rows
      assert.equal(row?.staffId, person.staffId)
      const starters = await read<{ rows: Row[] }>('work/new-starters')
      assert.ok(starters.rows.some(({ staffId }) => staffId === person.staffId))
      await read('work/links')
    })

    it('shows nothing to those whose duty does not open it', async () => {
      assert.deepEqual(await read<WorkCounts>('work', checker.browser), {
        ...{ expiring: null, lost: null, stolen: null, badModels: null, newStarters: null, links: null },
      })
      for (const list of ['expiring', 'new-starters', 'links'])
        assert.equal(await refusal(`work/${list}`, checker.browser), '403 not_allowed')
    })
  })

  describe('a file of assignments', () => {
    const head = 'staff_id,organisation,position,starts,expires'
    const post = (path: string, body: object, browser = agent.browser) =>
      browser.postJson(`/api/desk/assignments/${path}`, body)
    let post1 = ''
    let people: Person[] = []
    const fileOf = (...rows: string[]) => [head, ...rows].join('\n')
    before(async () => {
      await service.store.inTransaction(async (tx) => {
        const at = { organisationId: place.clinic, roleCode: nurse }
        await service.rooms.access.addPosition(tx, { ...at, name: 'Ward nurse' })
        await service.rooms.access.addPosition(tx, { organisationId: place.clinic, name: 'Boss', dutyCode: 'manager' })
      })
      people = await Promise.all(['One', 'Two', 'Three'].map((familyName) => add(place.clinic, { familyName })))
      post1 = `${people[0]?.staffId},ZZX02,Ward nurse,,`
    })

    it('is told by row what is wrong with it', async () => {
      const outside = await add(place.home)
      const csv = fileOf(
        post1,
        '12,ZZX02,Ward nurse,,',
        '999999999999,ZZX02,Ward nurse,,',
        `${outside.staffId},ZZX02,Ward nurse,,`,
        `${people[1]?.staffId},ZZX02,No such,,`,
        `${people[1]?.staffId},ZZX02,Boss,,`,
        `${people[1]?.staffId},ZZX02,Ward nurse,2031-02-30,`,
        `${people[1]?.staffId},ZZX02,Ward nurse,,2020-01-01`,
        `${agent.person.staffId},ZZX02,Ward nurse,,`,
        post1,
        'x',
      )
      const page = await post('preview', { csv })
      assert.equal(page.status, 200, page.body)
      const { rows, counts } = page.json<AssignmentsPreview>()
      assert.deepEqual(counts, { new: 1, there: 0, fault: 10 })
      assert.deepEqual(
        rows.map(({ row, outcome }) => [row, outcome]),
        [[2, 'new'], ...Array.from({ length: 10 }, (_, n) => [n + 3, 'fault'])],
      )
      const failure = await post('bulk', { csv })
      assert.deepEqual([failure.status, failure.json<Failure>().error], [400, 'file_invalid'])
      assert.equal(failure.json<Failure>().faults?.length, 10)
      assert.deepEqual((await post('preview', { csv })).json<AssignmentsPreview>().counts, counts, 'nothing was given')
    })

    it('is done once, of the rows that are in order, and the second time does nothing', async () => {
      const csv = fileOf(...people.map(({ staffId }) => `${staffId},ZZX02,Ward nurse,,2031-03-31`), 'x')
      const both = await Promise.all([post('bulk', { csv, goodOnly: true }), post('bulk', { csv, goodOnly: true })])
      const counts = both.map((page) => page.json<AssignmentsPreview>().counts)
      assert.deepEqual(counts.map((each) => each.new).toSorted(), [0, 3], both.map(({ body }) => body).join())
      const held = await sql(
        service,
        `select from assignment a join position p on p.id = a.position_id
        where p.name = 'Ward nurse'`,
      )
      assert.equal(held.length, 3)
      assert.deepEqual((await post('preview', { csv })).json<AssignmentsPreview>().counts, {
        new: 0,
        there: 3,
        fault: 1,
      })
    })

    it('is refused whole where it is no such file, and to those who give no positions', async () => {
      for (const csv of ['a,b\n1,2', head, fileOf('"open'), fileOf(...Array(1001).fill(post1))])
        assert.equal((await post('preview', { csv })).json<Failure>().error, 'file_invalid')
      for (const path of ['preview', 'bulk'])
        assert.equal((await post(path, { csv: fileOf(post1) }, checker.browser)).status, 403)
    })

    it('line 42: gives nothing outside the organisations of the agent', async () => {
      const elsewhere = await withDuty('agent', place.home)
      const page = await post('bulk', { csv: fileOf(post1), goodOnly: true }, elsewhere.browser)
      assert.deepEqual(page.json<AssignmentsPreview>().counts, { new: 0, there: 0, fault: 1 })
    })
  })
})
