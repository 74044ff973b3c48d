import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { AuditCheckpoint, AuditEntry, AuditPage, Failure } from '@fobwatch/contracts'
import type { BrowserLike, Page } from '@fobwatch/testkit'
import { newId } from '#kernel'
import type { Person } from '#people'
import { createFolder, verified } from '../../audit/chain.testing.ts'
import { enrol, issuer, signInHere, sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'

const saying = (page: Page) => (page.status < 300 ? `${page.status}` : `${page.status} ${page.json<Failure>().error}`)

interface Reader {
  person: Person
  browser: BrowserLike
  authenticatorId: string
}

describe('the log at the desk', () => {
  let service: TestService
  let place: Places
  let manager: Reader
  let operator: Reader
  let second: Reader
  let inside: Person
  let outside: Person
  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    manager = await withDuty('manager', place.hospital)
    operator = await withDuty('service-operator', place.hospital, place.home)
    second = await withDuty('service-operator', place.hospital, place.home)
    inside = await addAt(service, place.clinic, { givenName: 'Iris', familyName: 'Inside' })
    outside = await addAt(service, place.home, { givenName: 'Otto', familyName: 'Outside' })
    for (const person of [inside, outside])
      await record({ type: 'signed-in', person: person.id, personal: { userAgent: 'Ward browser' } })
  })
  after(() => service.close())

  const withDuty = async (dutyCode: string, ...organisations: string[]): Promise<Reader> => {
    const [home = ''] = organisations
    const person = await addAt(service, home, { givenName: 'Duty', familyName: dutyCode })
    for (const organisation of organisations) await putAt(service, person.id, organisation, { dutyCode })
    const { device, enrolled } = await enrol(service, person.id)
    return { person, browser: await signInHere(service, device), authenticatorId: enrolled.id }
  }
  const record = (event: Parameters<TestService['rooms']['auditChain']['recordAlone']>[0]) =>
    service.rooms.auditChain.recordAlone(event)
  const search = (asked: Record<string, string> = {}, { browser } = manager) =>
    browser.get(`/api/desk/audit?${new URLSearchParams(asked)}`)
  const read = async (asked: Record<string, string> = {}, reader = manager): Promise<AuditPage> => {
    const page = await search(asked, reader)
    assert.equal(page.status, 200, page.body)
    return page.json<AuditPage>()
  }
  const rowsOf = async (...asked: Parameters<typeof read>): Promise<AuditEntry[]> => (await read(...asked)).rows
  const lastOf = async (actor: Person) => {
    const [row] = await sql<{ type: string; outcome: string; person: string | null; details: object; personal: null }>(
      service,
      'select type, outcome, person, details, personal from audit_event where actor = $1 order by seq desc limit 1',
      actor.id,
    )
    return row
  }

  describe('read by a manager', () => {
    it('shows what happened to the people of their own organisations, and who they are', async () => {
      const [entry] = await rowsOf({ person: inside.staffId })
      assert.equal(entry?.type, 'signed-in')
      assert.deepEqual(entry.person, { staffId: inside.staffId, name: 'Iris Inside' })
      assert.deepEqual(entry.personal, { userAgent: 'Ward browser' })
      assert.equal(entry.actor, null)
    })

    it('shows nothing about anybody else, and nothing about nobody', async () => {
      await record({ type: 'signing-key-made' })
      const rows = await rowsOf({ limit: '100' })
      assert.ok(rows.length > 3)
      for (const { person, actor } of rows) assert.ok(person?.staffId || actor?.staffId)
      assert.ok(!JSON.stringify(rows).includes(outside.staffId))
    })

    it('shows what their own people did to others, and not to whom', async () => {
      assert.equal(saying(await manager.browser.get(`/api/desk/people/${outside.staffId}`)), '404 not_found')
      const [entry] = await rowsOf({ actor: manager.person.staffId, type: 'desk-refused' })
      assert.deepEqual(entry?.person, { staffId: null, name: null })
      assert.deepEqual(entry.actor, { staffId: manager.person.staffId, name: 'Duty manager' })
      assert.equal(entry.outcome, 'refused')
    })

    it('shows what others did to their people, and not who', async () => {
      await record({ type: 'person-viewed', actor: outside.id, person: inside.id, personal: { note: 'a note' } })
      const [entry] = await rowsOf({ person: inside.staffId, type: 'person-viewed' })
      assert.deepEqual(entry?.actor, { staffId: null, name: null })
    })

    it('line 42: finds nobody outside their organisations, and it is recorded that they tried', async () => {
      for (const asked of [{ person: outside.staffId }, { actor: outside.staffId }]) {
        assert.equal(saying(await search(asked)), '404 not_found')
        assert.deepEqual(await lastOf(manager.person), {
          ...{ type: 'desk-refused', outcome: 'refused', person: outside.id, personal: null },
          details: { task: 'read-audit', why: 'outside' },
        })
      }
      assert.equal(saying(await search({ person: '999999999999' })), '404 not_found')
    })

    it('is searched in all ways at once, by a statement whose name PostgreSQL keeps whole', async () => {
      const who = { person: inside.staffId, actor: inside.staffId }
      const what = { type: 'signed-in', client: 'ward' }
      const when = { from: '2026-01-01T00:00:00Z', to: '2036-01-01T00:00:00Z' }
      for (const outcome of ['done', 'refused'])
        assert.equal((await search({ ...who, ...what, ...when, outcome })).status, 200, outcome)
    })

    it('reads the same where thousands of people are within reach', async () => {
      const few = await rowsOf({ limit: '100' })
      const added = await sql<{ id: string }>(
        service,
        `with made as (insert into person (id, staff_id, user_handle, given_name, family_name, identity_level, created_at)
           select gen_random_uuid(), (500000000000 + n)::text, decode(repeat(md5(n::text), 2), 'hex'), 'Many', 'People', 1, now()
           from generate_series(1, 600) n returning id)
         insert into affiliation (id, person_id, organisation_id, created_at)
         select (600000000000 + row_number() over ())::text, id, $1, now() from made returning person_id as id`,
        place.clinic,
      )
      assert.equal(added.length, 600)
      const many = await rowsOf({ limit: '100' })
      const withoutReadings = (rows: AuditEntry[]) => rows.filter(({ type }) => type !== 'audit-read')
      assert.deepEqual(withoutReadings(many), withoutReadings(few))
    })
  })

  describe('read by a service operator', () => {
    it('shows all of it, about nobody too', async () => {
      await record({ type: 'signing-key-made' })
      const [entry] = await rowsOf({ type: 'signing-key-made' }, operator)
      assert.deepEqual([entry?.person, entry?.actor], [null, null])
      assert.equal((await rowsOf({ person: outside.staffId }, operator)).length > 0, true)
    })

    it('names nobody, and opens no personal field, without a duty to find people', async () => {
      const [entry] = await rowsOf({ person: inside.staffId, type: 'signed-in' }, operator)
      assert.deepEqual(entry?.person, { staffId: inside.staffId, name: null })
      assert.equal(entry.personal, null)
    })
  })

  describe('is searched', () => {
    const client = `ward-${process.pid}`
    const times = ['2026-01-01T09:00:00.000Z', '2026-01-02T09:00:00.000Z', '2026-01-03T09:00:00.000Z'] as const
    let person: Person
    before(async () => {
      person = await addAt(service, place.hospital)
      for (const [day, at] of times.entries()) {
        const of = { person: person.id, outcome: day === 1 ? ('refused' as const) : ('done' as const) }
        await record({ ...of, type: day === 2 ? 'signed-out' : 'signed-in', client, details: { day } })
        // When it happened is the service's to say, whose clock this test leaves alone.
        await service.store.inTransaction(async (tx) => {
          for (const line of [
            'set local role none',
            `update audit_event set at = '${at}' where client = '${client}' and details = '{"day": ${day}}'`,
          ])
            await service.store.run({ name: '', text: line }, [], tx)
        })
      }
    })

    for (const [what, asked, days] of [
      ['by person', {}, [2, 1, 0]],
      ['by what happened', { type: 'signed-in' }, [1, 0]],
      ['by how it ended', { outcome: 'refused' }, [1]],
      ['by application', { client }, [2, 1, 0]],
      ['from a time', { from: times[1] }, [2, 1]],
      ['up to a time', { to: times[1] }, [0]],
      ['by all at once', { type: 'signed-in', outcome: 'done', client, from: times[0], to: times[2] }, [0]],
      ['for what there is not', { type: 'person-erased' }, []],
    ] as const)
      it(what, async () => {
        const rows = await rowsOf({ ...asked, person: person.staffId })
        assert.deepEqual(
          rows.flatMap(({ client: where, details }) =>
            where?.id === client && 'day' in details ? [details['day']] : [],
          ),
          days,
        )
      })

    it('by who did it', async () => {
      await record({ type: 'person-changed', actor: person.id, person: inside.id })
      const rows = await rowsOf({ actor: person.staffId })
      assert.deepEqual(
        rows.map(({ type }) => type),
        ['person-changed'],
      )
    })

    it('page by page, with everything once, though more is added meanwhile', async () => {
      for (let n = 0; n < 7; n += 1) await record({ type: 'role-chosen', person: inside.id, details: { n } })
      const seen: unknown[] = []
      let after: string | null = null
      do {
        const asked: Record<string, string> = { type: 'role-chosen', person: inside.staffId, limit: '3' }
        const page: AuditPage = await read(after === null ? asked : { ...asked, after })
        seen.push(...page.rows.map(({ details }) => details['n']))
        after = page.next
        await record({ type: 'role-chosen', person: inside.id, details: { n: 'later' } })
      } while (after !== null)
      assert.deepEqual(seen, [6, 5, 4, 3, 2, 1, 0])
    })

    it('and each reading is recorded, with what was asked and nobody by name', async () => {
      await read({ person: inside.staffId, type: 'signed-in', from: times[0] })
      assert.deepEqual(await lastOf(manager.person), {
        ...{ type: 'audit-read', outcome: 'done', person: inside.id, personal: null },
        details: { type: 'signed-in', from: times[0], found: 1 },
      })
      await read({ actor: inside.staffId })
      assert.deepEqual((await lastOf(manager.person))?.details, { by: inside.id, found: 0 })
    })

    it('line 40: with SQL or JSON in filters, cursors and sort keys it is refused', async () => {
      const bad = ["' or 1=1 --", '{"$ne":null}', '1;drop table audit_event', '%', '\0', '']
      for (const name of ['person', 'actor', 'type', 'outcome', 'client', 'from', 'to', 'after', 'limit', 'sort'])
        for (const value of bad) assert.equal(saying(await search({ [name]: value })), '400 invalid_request', name)
      for (const asked of [
        { after: '1.2.3' },
        { after: '1764000000000' },
        { after: '-1.1' },
        { limit: '0' },
        { limit: '101' },
        { type: 'toString' },
        { from: '2026-02-30' },
        { person: '12345678901' },
      ])
        assert.equal(
          saying(await search(asked as Record<string, string>)),
          '400 invalid_request',
          JSON.stringify(asked),
        )
      const page = await manager.browser.get('/api/desk/audit?type=signed-in&type=signed-out')
      assert.equal(saying(page), '400 invalid_request')
    })

    it('with the furthest cursor there can be', async () => {
      assert.deepEqual(await rowsOf({ after: '0.0' }), [])
      assert.ok((await rowsOf({ after: `${'9'.repeat(15)}.${'9'.repeat(15)}` })).length > 0)
    })

    it('line 42: by nobody whose duty is too small', async () => {
      for (const duty of ['advanced-agent', 'agent', 'sponsor', 'id-checker', 'local-administrator']) {
        const reader = await withDuty(duty, place.hospital)
        assert.equal(saying(await search({}, reader)), '403 not_allowed', duty)
        assert.equal(saying(await reader.browser.get('/api/desk/audit/checkpoint')), '403 not_allowed', duty)
        assert.equal(saying(await exportBy(reader)), '403 not_allowed', duty)
      }
    })
  })

  it('gives a checkpoint that can be kept, with the keys', async () => {
    const page = await operator.browser.get('/api/desk/audit/checkpoint')
    assert.equal(page.status, 200, page.body)
    const { checkpoint, keys, batch, events, hash } = page.json<AuditCheckpoint>()
    const [, body = ''] = checkpoint.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    assert.deepEqual([claims.iss, claims.batch, claims.events, claims.hash], [issuer, batch, events, hash])
    assert.ok(keys.length > 0 && keys.every((key) => !('d' in key)))
  })

  const exportBy = ({ browser }: Reader, body: object = {}) => browser.postJson('/api/desk/audit/exports', body)
  /** A request as it would be after somebody approved it. */
  const approved = async ({ person, authenticatorId }: Reader, by = second) => {
    const id = newId()
    await sql(
      service,
      `insert into request (id, kind, organisation_id, person_id, asked, raised_by, raised_with, raised_at, status,
         expires_at, decided_by, decided_at) values ($1, 'export-audit', null, null, '{}', $2, $3, now(), 'approved',
         now() + interval '24 hours', $4, now())`,
      ...[id, person.id, authenticatorId, by.person.id],
    )
    return id
  }

  describe('is exported', () => {
    it('by nobody alone, and it is recorded that they tried', async () => {
      assert.equal(saying(await exportBy(operator)), '409 second_person_needed')
      const last = await lastOf(operator.person)
      assert.deepEqual(
        [last?.type, last?.outcome, last?.details],
        ['audit-exported', 'refused', { by: 'desk', code: 'second_person_needed' }],
      )
    })

    it('with a second person, whole, once, as anybody can verify who kept a checkpoint', async () => {
      const kept = (await operator.browser.get('/api/desk/audit/checkpoint')).json<AuditCheckpoint>()
      const request = await approved(operator)
      const answer = await service.app.inject({
        method: 'POST',
        url: '/api/desk/audit/exports',
        headers: {
          ...{ host: new URL(issuer).host, origin: issuer, 'sec-fetch-site': 'same-origin' },
          ...{ 'content-type': 'application/json', cookie: operator.browser.cookieHeader(issuer) },
        },
        payload: JSON.stringify({ request }),
      })
      assert.equal(answer.statusCode, 200)
      assert.equal(answer.headers['content-type'], 'application/gzip')
      assert.match(
        String(answer.headers['content-disposition']),
        /^attachment; filename="fobwatch-audit-\d{4}-\d\d-\d\dT\d{6}\.jsonl\.gz"$/,
      )
      const folder = await createFolder()
      const trusted = { keys: kept.keys as { kid: string }[], checkpoint: kept.checkpoint }
      const verdict = await verified(answer.rawPayload, folder, trusted)
      await folder.remove()
      assert.deepEqual(verdict.faults, [])
      assert.ok(verdict.events > kept.events, 'the export itself is in it')

      const text = gunzipSync(answer.rawPayload).toString()
      assert.ok(text.includes('"audit-exported"'))
      for (const secret of ['Ward browser', 'Inside', inside.staffId]) assert.ok(!text.includes(secret), secret)
      assert.equal(saying(await exportBy(operator, { request })), '409 request_not_approved')
    })

    it('line 42: with nobody for a second person who may not export it', async () => {
      const request = await approved(operator, manager)
      assert.equal(saying(await exportBy(operator, { request })), '409 request_not_approved')
    })

    it('by nobody whose duty does not reach everybody', async () => {
      const local = await withDuty('service-operator', place.hospital)
      const request = await approved(local)
      assert.equal(saying(await exportBy(local, { request })), '403 not_allowed')
      assert.equal(saying(await exportBy(manager, { request })), '403 not_allowed')
    })

    it('with no request of another form than ours', async () => {
      for (const body of [{ request: "' or 1=1" }, { request: 1 }, { more: true }])
        assert.equal(saying(await exportBy(operator, body)), '400 invalid_request')
      assert.equal(saying(await exportBy(operator, { request: newId() })), '409 request_not_approved')
    })
  })
})
