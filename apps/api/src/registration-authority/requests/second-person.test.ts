import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Failure } from '@fobwatch/contracts'
import type { BrowserLike, Page } from '@fobwatch/testkit'
import { newId } from '#kernel'
import type { Person } from '#people'
import { enrol, signInHere, sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'

/** What an answer says: `200`, or the status and the refusal. */
const saying = (page: Page) => (page.status < 300 ? `${page.status}` : `${page.status} ${page.json<Failure>().error}`)

describe('a deed that takes two people', () => {
  let service: TestService & { url: string; masterKey: string }
  let place: Places
  let agent: { person: Person; browser: BrowserLike; authenticatorId: string }
  let colleague: typeof agent
  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    agent = await withDuty('agent')
    colleague = await withDuty('agent')
  })
  after(() => service.close())

  const withDuty = async (dutyCode: string) => {
    const person = await addAt(service, place.hospital, { givenName: 'Duty', familyName: dutyCode })
    await putAt(service, person.id, place.hospital, { dutyCode })
    const { device, enrolled } = await enrol(service, person.id)
    return { person, browser: await signInHere(service, device), authenticatorId: enrolled.id }
  }
  const atLevel = (identityLevel: 1 | 2 | 3) => addAt(service, place.hospital, { identityLevel })
  const issue = (person: Person, body: object, by = agent) =>
    by.browser.postJson(`/api/desk/people/${person.staffId}/invitations`, body)

  /** A request as it would be after somebody approved it. */
  const approved = async (
    about: Person,
    asked: object,
    how: { by?: typeof agent; status?: string; at?: Date } = {},
  ) => {
    const { by = agent, status = 'approved', at = new Date() } = how
    const id = newId()
    await sql(
      service,
      `insert into request (id, kind, organisation_id, person_id, asked, raised_by, raised_with, raised_at, status,
         expires_at, decided_by, decided_at) values ($1, 'enrol-level-3', $2, $3, $4, $5, $6, $7, $8,
         $7::timestamptz + interval '24 hours', $9, $7)`,
      ...[id, place.hospital, about.id, JSON.stringify(asked), by.person.id, by.authenticatorId, at, status],
      status === 'open' ? null : colleague.person.id,
    )
    return id
  }

  it('is done by one alone where the identity of the other is at level 2', async () => {
    assert.equal(saying(await issue(await atLevel(2), { how: 'link' })), '200')
  })

  it('is refused to one alone at level 3, and says what is needed', async () => {
    assert.equal(saying(await issue(await atLevel(3), { how: 'link' })), '409 second_person_needed')
  })

  it('is done once with a request that was approved', async () => {
    const person = await atLevel(3)
    const request = await approved(person, { how: 'link' })
    assert.equal(saying(await issue(person, { how: 'link', request })), '200')
    assert.equal(saying(await issue(person, { how: 'link', request })), '409 request_not_approved')
    const events = (await service.rooms.audit.eventsOf(person.id)).map(({ type }) => type)
    assert.equal(events.filter((type) => type === 'request-used').length, 1)
    assert.equal(events.filter((type) => type === 'invitation-issued').length, 1)
  })

  it('is refused with a request for something else, for somebody else, or of somebody else', async () => {
    const person = await atLevel(3)
    const other = await atLevel(3)
    const request = await approved(person, { how: 'video' })
    for (const [whom, body, by] of [
      [person, { how: 'link' }, agent],
      [other, { how: 'video' }, agent],
      [person, { how: 'video' }, colleague],
    ] as const)
      assert.equal(saying(await issue(whom, { ...body, request }, by)), '409 request_not_approved')
    assert.equal(saying(await issue(person, { how: 'video', request })), '200')
  })

  it('is refused with one that is not approved, is unknown, or was approved a day ago', async () => {
    const person = await atLevel(3)
    const asked = { how: 'link' }
    const requests = [
      await approved(person, asked, { status: 'open' }),
      await approved(person, asked, { at: new Date(Date.now() - 24 * 3_600_000) }),
      newId(),
    ]
    for (const request of requests)
      assert.equal(saying(await issue(person, { ...asked, request })), '409 request_not_approved')
    for (const request of ['', "' or 1=1", 7])
      assert.equal(saying(await issue(person, { ...asked, request })), '400 invalid_request')
  })

  it('is not done with what was asked by a device that is paused now', async () => {
    const person = await atLevel(3)
    const thief = await withDuty('agent')
    const request = await approved(person, { how: 'link' }, { by: thief })
    const { device } = await enrol(service, thief.person.id)
    await sql(service, `update authenticator set status = 'suspended' where id = $1`, thief.authenticatorId)
    const browser = await signInHere(service, device)
    const answer = await issue(person, { how: 'link', request }, { ...thief, browser })
    assert.equal(saying(answer), '409 request_not_approved')
  })

  it('line 42: is not done with the approval of somebody who lost their duty since', async () => {
    const person = await atLevel(3)
    const request = await approved(person, { how: 'link' })
    await sql(service, 'update assignment set ended_at = now() where person_id = $1', colleague.person.id)
    assert.equal(saying(await issue(person, { how: 'link', request })), '409 request_not_approved')
    await sql(service, 'update assignment set ended_at = null where person_id = $1', colleague.person.id)
    assert.equal(saying(await issue(person, { how: 'link', request })), '200')
  })

  it('spends one request once, however many use it at the same time', async () => {
    const person = await atLevel(3)
    const request = await approved(person, { how: 'link' })
    const answers = await Promise.all(Array.from({ length: 8 }, () => issue(person, { how: 'link', request })))
    assert.deepEqual(answers.map(saying).sort(), ['200', ...Array(7).fill('409 request_not_approved')])
  })

  it('is done by one alone where the setting leaves it out', async () => {
    const lenient = await startService({ beside: service, environment: { FOBWATCH_TWO_PEOPLE: 'give-duty' } })
    const { person } = agent
    const { device } = await enrol(lenient, person.id)
    const browser = await signInHere(lenient, device)
    assert.equal(saying(await issue(await atLevel(3), { how: 'link' }, { ...agent, browser })), '200')
    await lenient.close()
  })
})
