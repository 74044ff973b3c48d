import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { statement } from '@fobwatch/store'
import { createSoftwareAuthenticator } from '@fobwatch/testkit'
import { enrol, startService, type TestService } from '../service.testing.ts'
import { emailOf, players } from './cast.ts'
import { personas } from './personas/personas.ts'

describe('the demonstration', () => {
  let service: TestService
  const counts = statement<[], Record<string, number>>(
    'test:counts',
    `select (select count(*) from person) as people, (select count(*) from organisation) as organisations,
       (select count(*) from position) as positions, (select count(*) from assignment) as assignments,
       (select count(*) from affiliation) as affiliations, (select count(*) from client) as clients`,
  )
  const idOf = statement<[string], { id: string; staffId: string }>(
    'test:id-of',
    'select id, staff_id as "staffId" from person where email = $1',
  )
  const person = async (mailbox: string) => {
    const row = await service.store.row(idOf, [emailOf({ mailbox })])
    return row ?? assert.fail(`${mailbox} is not there`)
  }
  const rolesOf = async (mailbox: string) => service.rooms.access.rolesOf((await person(mailbox)).id)
  const seed = (origin = 'http://localhost:3001') => service.rooms.demonstration.seedDemonstration(origin)
  const codeOf = (url: string | null | undefined) => new URL(url ?? assert.fail('there is no link')).hash.slice(1)
  const opens = async (url: string | null | undefined) =>
    (await service.browser().postJson('/api/enrolment/options', { code: codeOf(url) })).status

  before(async () => {
    service = await startService()
    await Promise.all([seed(), seed()])
  })
  after(() => service.close())

  it('adds nothing when it runs again', async () => {
    const first = await service.store.row(counts, [])
    assert.deepEqual(
      [first?.['people'], first?.['organisations'], first?.['clients']],
      [players.length + personas.length, 4, 2],
    )
    await seed()
    assert.deepEqual(await service.store.row(counts, []), first)
  })

  it('leaves alone what somebody changed', async () => {
    const { id } = await person('zainab.merrifield')
    const end = statement<[string]>('test:end', 'update assignment set ended_at = now() where person_id = $1')
    await service.store.run(end, [id])
    await seed()
    assert.deepEqual(await service.rooms.access.rolesOf(id), [])
  })

  it('has people on registers, and somebody with so many roles that they are searched', async () => {
    const registrations = await service.rooms.people.professionsOf((await person('priya.larkspur')).id)
    assert.deepEqual(registrations, [
      { body: 'gmc', number: 'TEST0001' },
      { body: 'gmp', number: 'TESTG0001' },
    ])
    assert.equal((await rolesOf('amara.honeybourne')).length, 6)
  })

  it('has somebody with exactly two roles, at two organisations, and somebody with none', async () => {
    const two = await rolesOf('mei-ling.ashgrove')
    assert.deepEqual(two.map(({ organisation }) => organisation.code).toSorted(), ['ZZX01', 'ZZX03'])
    assert.deepEqual(await rolesOf('rhodri.fennimoor'), [])
    const employers = await service.rooms.access.organisationsOf((await person('rhodri.fennimoor')).id)
    assert.deepEqual(
      employers.map(({ code }) => code),
      ['ZZX01'],
      'where the first manager finds them',
    )
  })

  it('has people who may open a record and people who may not', async () => {
    const mayOpen = async (mailbox: string) =>
      (await rolesOf(mailbox))[0]?.effective.some(({ code }) => code === 'B0360')
    assert.equal(await mayOpen('ngozi.fairweather'), true)
    assert.equal(await mayOpen('callum.thistlewood'), false)
  })

  it('gives nobody a duty', async () => {
    assert.equal(await service.rooms.registrationAuthority.hasManager(), false)
    for (const player of players) {
      const { id } = await person(player.mailbox)
      assert.deepEqual(await service.rooms.access.dutiesOf(id), [], player.mailbox)
    }
  })

  it('names who can become the first manager, until there is one', async () => {
    const { staffId } = await person('yusra.wintergreen')
    const named = await service.rooms.demonstration.firstManager()
    assert.deepEqual(named, { name: 'Yusra Wintergreen', staffId, organisationCode: 'ZZX01' })
    await service.rooms.registrationAuthority.becomeFirstManager(named.staffId, named.organisationCode)
    assert.equal(await service.rooms.demonstration.firstManager(), null)
  })

  it('registers the ward list where it is served', async () => {
    await seed('http://localhost:4001')
    const client = await service.rooms.clients.findClient('ward-list')
    assert.deepEqual(client?.metadata['redirect_uris'], ['http://localhost:4001/callback'])
    assert.ok(client?.resources.includes('http://localhost:4001/api'))
    await seed()
  })

  it('replaces the links of everyone who has no device, and opening one spends nothing', async () => {
    const first = await service.rooms.demonstration.reissueLinks()
    assert.deepEqual(
      first.map(({ name }) => name),
      players.map(({ givenName, familyName }) => `${givenName} ${familyName}`),
    )
    assert.equal(await opens(first[0]?.url), 200)
    assert.equal(await opens(first[0]?.url), 200)

    const second = await service.rooms.demonstration.reissueLinks()
    assert.equal(await opens(first[0]?.url), 410)
    assert.equal(await opens(second[0]?.url), 200)
  })

  it('gives no link to somebody who has a device, and tells the number by which to ask for another', async () => {
    const { id, staffId } = await person('ngozi.fairweather')
    await enrol(service, id, createSoftwareAuthenticator())
    const people = await service.rooms.demonstration.reissueLinks()
    assert.deepEqual(
      people.filter(({ url }) => url === null),
      [{ name: 'Ngozi Fairweather', job: 'nurse', staffId, url: null, paused: false }],
    )
    assert.equal(people.length, players.length)
  })

  it('gives no link to somebody whose only device is paused, and says that it is', async () => {
    const { id } = await person('tomasz.hollowell')
    await enrol(service, id, createSoftwareAuthenticator())
    const change = statement<[string, string]>(
      'test:change',
      'update authenticator set status = $2 where person_id = $1',
    )
    const found = async () =>
      (await service.rooms.demonstration.reissueLinks()).find(({ name }) => name === 'Tomasz Hollowell') ??
      assert.fail('he is not there')
    await service.store.run(change, [id, 'suspended'])
    const paused = await found()
    assert.deepEqual([paused.url, paused.paused], [null, true])
    await service.store.run(change, [id, 'revoked'])
    const without = await found()
    assert.deepEqual([await opens(without.url), without.paused], [200, false])
  })
})
