import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Failure } from '@fobwatch/contracts'
import { sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places } from '../desk.testing.ts'
import {
  type Agent,
  bill,
  certificate,
  create,
  created,
  evidenceFor,
  matchesOf,
  newcomer,
  passport,
  profileOf,
  saying,
  withDuty,
} from './people.testing.ts'

describe('creating a person', () => {
  let service: TestService
  let place: Places
  let agent: Agent
  let beside: Agent
  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    agent = await withDuty(service, 'agent', place.hospital, { identityLevel: 3 })
    beside = await withDuty(service, 'agent', place.home, { identityLevel: 3 })
  })
  after(() => service.close())

  const refusal = async (body: object, by = agent) => saying(await create(by, body))
  const refusals = async (actor: string) =>
    (
      await sql<{ details: { task: string; why: string } }>(
        service,
        "select details from audit_event where actor = $1 and type = 'desk-refused' order by seq",
        actor,
      )
    ).map(({ details }) => details.why)

  it('stores who they are, what they showed and where they work, and records it', async () => {
    const body = newcomer('ZZX02', {
      ...{ title: 'Dr', middleNames: 'Ada', email: 'new@fernbrook.example', phone: '0113 496 0000 x12' },
      ...{ externalId: 'HR-0042', professions: [{ body: 'gmc', number: 'TEST42' }] },
      identity: { level: 3, how: 'video', evidence: evidenceFor(3) },
    })
    const { staffId, name } = await created(agent, body)
    assert.match(staffId, /^[1-9][0-9]{11}$/)
    assert.equal(name, `${body.givenName} ${body.familyName}`)

    const profile = await profileOf(agent, staffId)
    assert.deepEqual(
      [profile.title, profile.middleNames, profile.birthDate, profile.email, profile.phone, profile.externalId],
      ['Dr', 'Ada', body.birthDate, 'new@fernbrook.example', '0113 496 0000 x12', 'HR-0042'],
    )
    assert.deepEqual(profile.professions, [{ body: 'gmc', number: 'TEST42' }])
    assert.deepEqual(
      [profile.identity.level, profile.identity.how, profile.identity.provedBy],
      [3, 'video', 'Duty agent'],
    )
    assert.deepEqual(
      profile.identity.evidence.map(({ part, document, numberEnd }) => [part, document, numberEnd]),
      [
        ['photo', 'passport', '041'],
        ['address', 'utility-bill', '712'],
        ['other', 'birth-certificate', null],
      ],
    )
    assert.equal(profile.standing.status, 'active')

    const person = await service.rooms.people.findPersonByStaffId(staffId)
    const events = await service.rooms.audit.eventsOf(person?.id ?? '')
    assert.deepEqual(events.map(({ type, actor }) => [type, actor]).slice(0, 3), [
      ['person-created', agent.person.id],
      ['identity-proved', agent.person.id],
      ['professional-membership-kept', agent.person.id],
    ])
    assert.doesNotMatch(JSON.stringify(events.map(({ details }) => details)), new RegExp(`${body.givenName}|TEST`))
  })

  it('takes three documents for level 3, two for level 2, one for level 1', async () => {
    for (const level of [1, 2, 3]) {
      const identity = {
        level,
        how: 'in-person' as const,
        evidence: evidenceFor(level).map((each) => ({ ...each, number: `${level}-${each.document}` })),
      }
      await created(agent, newcomer('ZZX01', { identity }))
      const short = newcomer('ZZX01', { identity: { ...identity, evidence: identity.evidence.slice(1) } })
      const page = await create(agent, short)
      assert.equal(saying(page), '400 evidence_too_little')
      assert.ok((page.json<Failure>().reasons ?? []).length > 0)
    }
    const evidence = [passport, { ...bill, part: 'photo' as const }, certificate]
    const page = await create(agent, newcomer('ZZX01', { identity: { level: 3, how: 'video', evidence } }))
    assert.equal(page.json<Failure>().faults?.[0]?.field, 'identity.evidence[1]')
  })

  it('line 42: refuses to prove more of somebody than was proved of the agent', async () => {
    const low = await withDuty(service, 'id-checker', place.hospital, { identityLevel: 2 })
    const at = (level: number) =>
      newcomer('ZZX01', {
        identity: {
          level,
          how: 'video',
          evidence: evidenceFor(level).map((each) => ({ ...each, number: `low-${level}-${each.document}` })),
        },
      })
    assert.equal(await refusal(at(3), low), '403 level_too_high')
    assert.equal(await refusal(at(2), low), '200')
    assert.deepEqual(await refusals(low.person.id), ['level_too_high'])
  })

  it('line 42: refuses a place outside the agent’s organisations as one that is not there, and records it', async () => {
    const outsider = await withDuty(service, 'agent', place.clinic, { identityLevel: 3 })
    for (const organisation of ['ZZX01', 'ZZX03', 'NOWHERE'])
      assert.equal(await refusal(newcomer(organisation), outsider), '400 organisation_unknown')
    assert.equal(await refusal(newcomer('ZZX02'), outsider), '200')
    assert.deepEqual(await refusals(outsider.person.id), Array(3).fill('organisation_unknown'))
  })

  it('line 42: is for those whose duty it is, and for nobody without one', async () => {
    for (const [duty, answer] of [
      ['manager', '200'],
      ['advanced-agent', '200'],
      ['id-checker', '200'],
      ['sponsor', '403 not_allowed'],
      ['local-administrator', '403 not_allowed'],
      ['service-operator', '403 not_allowed'],
    ] as const) {
      const by = await withDuty(service, duty, place.hospital, { identityLevel: 3 })
      assert.equal(await refusal(newcomer('ZZX01'), by), answer, duty)
      const looked = await by.browser.postJson('/api/desk/people/duplicates', { givenName: 'A', familyName: 'B' })
      assert.equal(saying(looked), answer, duty)
    }
    const nobody = { ...agent, browser: service.browser() }
    assert.equal(await refusal(newcomer('ZZX01'), nobody), '401 not_signed_in')
  })

  it('refuses what is not in the form', async () => {
    const whole = newcomer('ZZX01')
    const { birthDate: _, ...dateless } = whole
    for (const bad of [
      dateless,
      { ...whole, givenName: '' },
      { ...whole, givenName: ' ' },
      { ...whole, familyName: 'A\r\nB' },
      { ...whole, familyName: 'x'.repeat(101) },
      { ...whole, birthDate: '1990-13-01' },
      { ...whole, birthDate: '1990-02-30' },
      { ...whole, birthDate: '2090-02-01' },
      { ...whole, birthDate: '1790-02-01' },
      { ...whole, email: 'nobody' },
      { ...whole, email: 'a@b@c' },
      { ...whole, phone: 'call me' },
      { ...whole, externalId: "' or 1=1" },
      { ...whole, organisation: { $ne: null } },
      { ...whole, identity: { ...whole.identity, level: 4 } },
      { ...whole, identity: { ...whole.identity, level: '1' } },
      { ...whole, identity: { ...whole.identity, how: 'link' } },
      { ...whole, identity: { ...whole.identity, evidence: [{ ...certificate, document: 'library-card' }] } },
      { ...whole, professions: [{ body: 'gmc', number: 'A B' }] },
      {
        ...whole,
        professions: [
          { body: 'gmc', number: '1234567' },
          { body: 'gmc', number: '7654321' },
        ],
      },
      { ...whole, identityLevel: 3 },
      { ...whole, staffId: '111111111111' },
    ])
      assert.equal(await refusal(bad), '400 invalid_request', JSON.stringify(bad))
  })

  it('refuses a number of the HR system that somebody has, within reach or not', async () => {
    const { staffId } = await created(beside, newcomer('ZZX03', { externalId: 'HR-7' }))
    const body = newcomer('ZZX01', { externalId: 'HR-7' })
    const [match] = await matchesOf(agent, check(body))
    assert.deepEqual([match?.how, match?.alikeIn, match?.person], ['likely', ['external-id'], null])
    assert.equal(await refusal({ ...body, acknowledged: [match?.id] }), '409 external_id_taken')
    assert.ok(staffId)
  })

  const check = ({
    givenName,
    familyName,
    birthDate,
    externalId,
    email,
    professions,
    identity,
  }: ReturnType<typeof newcomer>) => ({
    ...{ givenName, familyName, birthDate, evidence: identity.evidence },
    ...(externalId && { externalId }),
    ...(email && { email }),
    ...(professions && { professions }),
  })

  describe('somebody who may be there already', () => {
    const birthDate = '1988-11-03'
    before(async () => {
      const add = (organisationId: string, names: Parameters<typeof addAt>[2]) => addAt(service, organisationId, names)
      await add(place.hospital, {
        givenName: 'Kathryn',
        familyName: 'Philips-Møller',
        birthDate,
        email: 'kp@fernbrook.example',
      })
      await add(place.home, { givenName: 'Catherine', familyName: 'Phillips', birthDate })
      await add(place.hospital, { givenName: 'Seán', familyName: "O'Rourke", birthDate: '1971-04-09' })
      await add(place.hospital, { givenName: 'Without', familyName: 'Birthday' })
    })
    const found = async (givenName: string, familyName: string, day: string | null, more: object = {}) =>
      (await matchesOf(agent, { givenName, familyName, birthDate: day, ...more })).map(({ how, alikeIn, person }) => [
        person?.name ?? 'somebody elsewhere',
        how,
        ...alikeIn,
      ])

    it('is found by spellings of the name and the birth date, wherever they work', async () => {
      assert.deepEqual(await found('Katherine', 'Phillips', birthDate), [
        ['somebody elsewhere', 'likely', 'similar-name', 'birth-date'],
        ['Kathryn Philips-Møller', 'possible', 'birth-date'],
      ])
    })

    it('is found without accents and apostrophes, in either order, and with day and month exchanged', async () => {
      for (const [given, family, day, ...alike] of [
        ['SEAN', 'ORourke', '1971-04-09', 'likely', 'name', 'birth-date'],
        ['Rourke O', 'Sean', '1971-04-09', 'likely', 'similar-name', 'birth-date'],
        ['Sean', "O'Rourke", '1971-09-04', 'likely', 'name', 'similar-birth-date'],
        ['Sean', "O'Rourke", null, 'possible', 'name'],
        ['Shaun', "O'Rorke", null, 'possible', 'similar-name'],
      ] as const)
        assert.deepEqual(await found(given, family, day), [["Seán O'Rourke", ...alike]], `${given} ${family} ${day}`)
      assert.deepEqual(await found('Sean', "O'Rourke", '1990-12-24'), [])
      assert.deepEqual(await found('Without', 'Birthday', '1990-12-24'), [['Without Birthday', 'possible', 'name']])
    })

    it('is found by email, registration and document, whatever they are called', async () => {
      const body = newcomer('ZZX01', {
        professions: [{ body: 'nmc', number: 'TEST9N' }],
        identity: { level: 1, how: 'video', evidence: [{ ...passport, number: 'TEST 99-00 11' }] },
      })
      const { name } = await created(agent, body)
      const stranger = ['Quite', 'Different', '1950-01-31'] as const
      assert.deepEqual(await found(...stranger, { email: 'KP@Fernbrook.Example' }), [
        ['Kathryn Philips-Møller', 'likely', 'email'],
      ])
      assert.deepEqual(await found(...stranger, { professions: [{ body: 'nmc', number: 'TEST9N' }] }), [
        [name, 'likely', 'profession'],
      ])
      const evidence = [{ ...passport, number: 'test990011' }]
      assert.deepEqual(await found(...stranger, { evidence }), [[name, 'likely', 'document']])
      assert.deepEqual(await found(...stranger, { evidence: [{ ...evidence[0], document: 'identity-card' }] }), [])
    })

    it('line 24: is told of nothing but that they are there, where they are outside the agent’s reach', async () => {
      const [match] = await matchesOf(agent, { givenName: 'Catherine', familyName: 'Phillips', birthDate })
      assert.equal(match?.person, null)
      const [theirs] = await matchesOf(beside, { givenName: 'Catherine', familyName: 'Phillips', birthDate })
      assert.equal(theirs?.person?.name, 'Catherine Phillips')
      assert.notEqual(match?.id, theirs?.id, 'what names a match to one agent names it to no other')
    })

    it('must be looked at, each of them, before a new one is stored', async () => {
      const body = newcomer('ZZX01', { givenName: 'Cathrin', familyName: 'Philips', birthDate })
      const ids = (await matchesOf(agent, check(body))).map(({ id }) => id)
      assert.equal(ids.length, 2)
      for (const acknowledged of [undefined, [], [ids[0]], ['x'], [ids[1], 'x']])
        assert.equal(await refusal({ ...body, acknowledged }), '409 person_similar')
      const theirs = (await matchesOf(beside, check(body))).map(({ id }) => id)
      assert.equal(await refusal({ ...body, acknowledged: theirs }), '409 person_similar')

      await addAt(service, place.home, { givenName: 'Kathrin', familyName: 'Filips', birthDate })
      assert.equal(await refusal({ ...body, acknowledged: ids }), '409 person_similar')
      const again = (await matchesOf(agent, check(body))).map(({ id }) => id)
      assert.equal(again.length, 3)
      assert.equal(await refusal({ ...body, acknowledged: again }), '200')
    })

    it('is stored once, however many agents create them at the same time', async () => {
      const body = newcomer('ZZX01')
      const answers = await Promise.all(Array.from({ length: 6 }, () => refusal(body)))
      assert.deepEqual(answers.toSorted(), ['200', ...Array(5).fill('409 person_similar')])
    })

    it('records that it was looked for, and how many there were, and not for whom', async () => {
      await matchesOf(agent, { givenName: 'Catherine', familyName: 'Phillips', birthDate })
      const [last] = await sql<{ details: object; personal: unknown }>(
        service,
        "select details, personal from audit_event where actor = $1 and type = 'desk-searched' order by seq desc limit 1",
        agent.person.id,
      )
      assert.ok(last)
      assert.deepEqual(Object.keys(last.details).toSorted(), ['duplicates', 'found', 'outside'])
      assert.equal(last.personal, null)
    })

    it('line 40: takes signs for what they are, and refuses what is not in the form', async () => {
      for (const sign of ["'; drop table person; --", '%', '_', '\\', '{"a":1}', '🦉', 'Ω'])
        assert.ok(Array.isArray(await matchesOf(agent, { givenName: sign, familyName: sign })))
      for (const bad of [
        {},
        { givenName: 'A' },
        { givenName: 'A', familyName: 'B', birthDate: 'x' },
        { givenName: ['A'], familyName: 'B' },
      ])
        assert.equal(saying(await agent.browser.postJson('/api/desk/people/duplicates', bad)), '400 invalid_request')
    })
  })
})
