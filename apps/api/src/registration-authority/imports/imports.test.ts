import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import type { Failure, ImportTally } from '@fobwatch/contracts'
import { type BrowserLike, fakeClock } from '@fobwatch/testkit'
import { findCommand, readWords } from '#commands'
import { importCommands } from '#registration-authority'
import { addSignedIn, asOwner, sql, startService, type TestService } from '../../service.testing.ts'
import { withDuty } from '../people/people.testing.ts'

const heads = 'external_id,given_name,family_name,birth_date,email,organisation'

/** A name that sounds like no other of a test. */
const nameFrom = (id: string) => [...id].map((digit) => 'bcdfghjklmnprstv'[Number.parseInt(digit, 16)]).join('a')

/** A row of somebody whom nobody is like. */
const row = ({ organisation = 'ZT7', birthDate = '1990-02-28' } = {}) => {
  const id = randomUUID().replaceAll('-', '')
  return `${id.slice(0, 10)},A${nameFrom(id.slice(0, 6))},B${nameFrom(id.slice(6, 14))},${birthDate},${id}@zt7.example,${organisation}`
}
const file = (...rows: string[]) => [heads, ...rows].join('\n')

describe('people from a file', () => {
  const clock = fakeClock(new Date())
  let service: TestService
  let agent: BrowserLike
  let agentId: string
  before(async () => {
    service = await startService({ now: clock.now })
    const add = (code: string, parentId?: string) =>
      service.store.inTransaction((tx) =>
        service.rooms.access.addOrganisation(tx, { code, name: `Test ${code}`, ...(parentId && { parentId }) }),
      )
    const top = await add('ZT7')
    await add('ZT8', top)
    await add('ZT9')
    const { browser, person } = await withDuty(service, 'agent', top)
    agent = browser
    agentId = person.id
  })
  after(() => service.close())

  const tallyOf = (page: { status: number; body: string; json: <T>() => T }): ImportTally => {
    assert.equal(page.status, 200, page.body)
    return page.json<ImportTally>()
  }
  const preview = async (csv: string, browser = agent) =>
    tallyOf(await browser.postJson('/api/desk/imports/preview', { csv }))
  const bringIn = (csv: string, goodRowsOnly?: boolean, browser = agent) =>
    browser.postJson('/api/desk/imports', { csv, ...(goodRowsOnly !== undefined && { goodRowsOnly }) })
  const countOf = async (csv: string) => {
    const mails = csv.match(/[0-9a-f]{32}@zt7\.example/g) ?? []
    const [found] = await sql<{ count: number }>(service, 'select count(*) from person where email = any($1)', mails)
    return found?.count
  }
  const command = (csv: string, goodRowsOnly = false) =>
    service.rooms.registrationAuthority.importPeople(
      () => Readable.from([csv]),
      { origin: {}, reach: async () => 'everywhere' },
      { goodRowsOnly },
    )

  it('are looked at first, and made as if they were added one by one, at identity level 1', async () => {
    const csv = file(row(), row({ organisation: 'ZT8' }))
    const looked = await preview(csv)
    assert.deepEqual(looked, { rows: 2, new: 2, known: 0, faulty: 0, faults: [] })
    assert.equal(await countOf(csv), 0)
    const { added, ...tally } = tallyOf(await bringIn(csv))
    assert.deepEqual(tally, looked)
    const theirs = await sql<{ staffId: string }>(
      service,
      `select staff_id as "staffId" from person where email = any($1)`,
      csv.match(/[0-9a-f]{32}@zt7\.example/g),
    )
    assert.deepEqual(new Set(added?.map(({ staffId }) => staffId)), new Set(theirs.map(({ staffId }) => staffId)))
    assert.equal(added?.length, 2)
    const made = await sql<{ level: number; external: string; place: string; events: number }>(
      service,
      `select p.identity_level as level, p.external_id as external, o.code as place,
         (select count(*) from audit_event e where e.person = p.id and e.type = 'person-created' and e.actor = $2) as events
       from person p join affiliation f on f.person_id = p.id join organisation o on o.id = f.organisation_id
       where p.email = any($1) order by o.code`,
      csv.match(/[0-9a-f]{32}@zt7\.example/g),
      agentId,
    )
    const numbers = csv
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0])
    assert.deepEqual(made, [
      { level: 1, external: `ZT7:${numbers[0]}`, place: 'ZT7', events: 1 },
      { level: 1, external: `ZT8:${numbers[1]}`, place: 'ZT8', events: 1 },
    ])
    const intakes = await sql<{ type: string; details: object }>(
      service,
      `select type, details from audit_event where actor = $1 and type like 'intake-%' order by seq desc limit 2`,
      agentId,
    )
    assert.deepEqual(intakes, [
      { type: 'intake-done', details: { rows: 2, added: 2, known: 0, faulty: 0 } },
      { type: 'intake-previewed', details: { rows: 2, added: 2, known: 0, faulty: 0 } },
    ])
  })

  it('are named once, though their transaction met a deadlock and was run again', async () => {
    const csv = file(row(), row())
    await asOwner(
      service,
      'create sequence turn',
      `create function befall() returns trigger language plpgsql security definer
       as $$ begin if nextval('turn') = 2 then raise exception using errcode = '40P01'; end if; return new; end $$`,
      'create trigger befall before insert on affiliation for each row execute function befall()',
    )
    const { added } = tallyOf(await bringIn(csv))
    await asOwner(service, 'drop function befall cascade', 'drop sequence turn')
    assert.equal(new Set(added?.map(({ staffId }) => staffId)).size, 2)
    assert.equal(added?.length, 2)
    assert.equal(await countOf(csv), 2)
  })

  it('are made once, however often the same file is sent, with numbers of an HR system or without', async () => {
    const withNumbers = row()
    const withoutNumbers = row().replace(/^[^,]*/, '')
    const csv = file(withNumbers, withoutNumbers)
    assert.equal(tallyOf(await bringIn(csv)).new, 2)
    assert.deepEqual(await preview(csv), { rows: 2, new: 0, known: 2, faulty: 0, faults: [] })
    assert.deepEqual(tallyOf(await bringIn(csv)), { rows: 2, new: 0, known: 2, faulty: 0, faults: [], added: [] })
    assert.equal(await countOf(csv), 2)
  })

  it('are no more at once than one request takes, however lines end', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const csv = [heads, ...Array.from({ length: 2100 }, () => 'Ab,Cd,1990-02-28,ZT7')].join(end)
      for (const path of ['', '/preview']) {
        const answer = await agent.postJson(`/api/desk/imports${path}`, { csv })
        assert.deepEqual([answer.status, answer.json<Failure>().error], [413, 'too_large'], JSON.stringify(end))
      }
    }
  })

  it('line 2: are made once by two who send the same file at once', async () => {
    const csv = file(...Array.from({ length: 20 }, () => row()))
    const both = await Promise.all([bringIn(csv), bringIn(csv)])
    assert.deepEqual(
      both.map(({ status }) => status),
      [200, 200],
    )
    assert.equal(await countOf(csv), 20)
    assert.equal(
      both.map(tallyOf).reduce((sum, each) => sum + each.new, 0),
      20,
    )
  })

  it('are all made or none, unless good rows only are asked for', async () => {
    const bad = [
      row().replace('1990-02-28', '1990-02-30'),
      row({ organisation: 'ZT9' }),
      row({ organisation: 'NOPE1' }),
    ]
    const csv = file(row(), ...bad, row())
    const looked = await preview(csv)
    assert.deepEqual([looked.rows, looked.new, looked.faulty], [5, 2, 3])
    assert.deepEqual(
      looked.faults.map(({ row: line, column }) => `${line} ${column}`),
      ['3 birth_date', '4 organisation', '5 organisation'],
    )
    const refused = await bringIn(csv)
    assert.deepEqual([refused.status, refused.json<Failure>().error], [400, 'file_invalid'])
    assert.equal(refused.json<Failure>().faults?.[0]?.field, 'line 3, birth_date')
    assert.equal(await countOf(csv), 0)
    assert.equal(tallyOf(await bringIn(csv, true)).new, 2)
    assert.equal(await countOf(csv), 2)
  })

  it('are faults where they are in the file twice, or likely somebody who is here already', async () => {
    const [first, second, there] = [row(), row(), row()]
    await bringIn(file(there))
    const [, given, family] = there.split(',')
    const sameMail = second.replace(/[0-9a-f]{32}@/, `${/[0-9a-f]{32}@/.exec(first)?.[0]}`)
    const looked = await preview(file(first, first.toUpperCase(), sameMail, `x1,${given},${family}s,1990-02-28,,ZT7`))
    assert.deepEqual([looked.new, looked.faulty], [1, 3])
    assert.match(looked.faults[0]?.why ?? '', /line 2/)
    assert.match(looked.faults[1]?.why ?? '', /line 2/)
    assert.match(looked.faults[2]?.why ?? '', /likely somebody/)
  })

  it('line 40: are made of no SQL, no JSON and no formula', async () => {
    const csv = file(
      `'; drop table person; --,A,B,1990-02-28,,ZT7`,
      `1,"{""$gt"":""""}",B,1990-02-28,,ZT7' or '1'='1`,
      `2,"=HYPERLINK(""http://evil.example"")",B,1990-02-28,,ZT7`,
    )
    const { faulty, faults } = await preview(csv)
    assert.deepEqual([faulty, faults.map(({ column }) => column)], [3, ['external_id', 'organisation', 'given_name']])
    for (const body of [{}, { csv: '' }, { csv: 7 }, { csv: { $ne: '' } }, { csv, goodRowsOnly: 'yes' }, { csv, x: 1 }])
      assert.equal((await agent.postJson('/api/desk/imports', body)).status, 400, JSON.stringify(body).slice(0, 60))
    assert.equal((await agent.postJson('/api/desk/imports/preview', { csv: 'x'.repeat(300_001) })).status, 400)
    assert.equal((await agent.postJson('/api/desk/imports/preview', { csv: 'x'.repeat(1_400_000) })).status, 413)
    assert.equal((await agent.postJson('/api/desk/imports/preview', { csv: '\n'.repeat(2500) })).status, 413)
  })

  it('line 42: are made by nobody without the duty, nor outside it', async () => {
    const csv = file(row())
    const { browser } = await addSignedIn(service)
    for (const url of ['/api/desk/imports/preview', '/api/desk/imports'])
      assert.equal((await browser.postJson(url, { csv })).status, 403, url)
    const zt9 = await service.rooms.access.findOrganisation('ZT9')
    const outside = await withDuty(service, 'manager', zt9?.id ?? '')
    assert.equal((await preview(csv, outside.browser)).faulty, 1)
    assert.equal((await bringIn(csv, true, outside.browser)).json<ImportTally>().new, 0)
    const sponsor = await withDuty(service, 'sponsor', zt9?.id ?? '')
    assert.equal((await bringIn(csv, true, sponsor.browser)).status, 403)
    assert.equal(await countOf(csv), 0)
  })

  it('are made by command at every organisation, by nobody of ours', async () => {
    const csv = file(row(), row({ organisation: 'ZT9' }))
    assert.equal((await command(csv)).new, 2)
    assert.deepEqual(await command(csv), { rows: 2, new: 0, known: 2, faulty: 0, faults: [], added: [] })
    await assert.rejects(command(file(row(), 'x')), { code: 'file_invalid' })
  })

  it('are named by their staff ids to whoever brings them in by command', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fobwatch-people-'))
    const path = join(folder, 'staff.csv')
    const csv = file(row(), row())
    await writeFile(path, csv)
    const { command: called, rest } = findCommand(importCommands, ['people', 'import', path])
    assert.ok(called)
    const said = await called.run(service.rooms.registrationAuthority, readWords(called, rest))
    await rm(folder, { recursive: true })
    const theirs = await sql<{ staffId: string; name: string }>(
      service,
      `select staff_id as "staffId", given_name || ' ' || family_name as name from person where email = any($1) order by email`,
      csv.match(/[0-9a-f]{32}@zt7\.example/g),
    )
    assert.ok(typeof said === 'object')
    const [counts, ...named] = said.out.trimEnd().split('\n')
    assert.deepEqual([said.exitCode, counts], [0, '2 rows: 2 added, 0 there already, 0 faulty.'])
    assert.deepEqual(named.toSorted(), theirs.map(({ staffId, name }) => `${staffId}\t${name}`).toSorted())
  })

  it('are many, and are told as they go, a bundle after the other', async () => {
    const told: number[] = []
    const csv = file(
      ...Array.from({ length: 450 }, (_, at) => row({ birthDate: `19${60 + (at % 40)}-0${1 + (at % 9)}-11` })),
    )
    const tally = await service.rooms.registrationAuthority.importPeople(
      () => Readable.from([csv]),
      { origin: {}, reach: async () => 'everywhere' },
      { goodRowsOnly: true, onRows: ({ rows }) => told.push(rows) },
    )
    assert.deepEqual(told, [200, 400, 450])
    assert.equal(tally.new, 450, JSON.stringify(tally.faults.slice(0, 3)))
  })
})
