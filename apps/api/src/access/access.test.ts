import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { isUniqueViolation, openStore, type Store, statement } from '@fobwatch/store'
import { createTestDatabase, fakeClock, type TestDatabase } from '@fobwatch/testkit'
import { createAudit } from '#audit'
import { newId } from '#kernel'
import { createPeople } from '#people'
import { catalogueFiles, catalogueRows } from './catalogue/catalogue.ts'
import { type Access, createAccess, type NewAssignment, type NewPosition, type Task } from './index.ts'

const start = new Date('2026-11-21T09:00:00.000Z')
const hoursFrom = (hours: number) => new Date(start.getTime() + hours * 3_600_000)
const nurseRole = 'S8000:G8000:R8001'

describe('access', () => {
  let database: TestDatabase
  let store: Store
  let access: Access
  let people: ReturnType<typeof createPeople>
  /** A trust, its hospital, that hospital's ward, and a care home beside them. */
  const place = { trust: '', hospital: '', ward: '', home: '' }
  let clock = fakeClock(start)
  let count = 0

  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
    const now = () => clock.now()
    access = createAccess({ store, now })
    people = createPeople({
      ...{ store, now, documentKey: randomBytes(32) },
      record: createAudit({ store, key: randomBytes(32), now }).record,
    })
    await store.inTransaction(async (tx) => {
      await access.loadCatalogue(tx)
      place.trust = await access.addOrganisation(tx, { code: 'ZZX00', name: 'Trust' })
      place.hospital = await access.addOrganisation(tx, { code: 'ZZX01', name: 'Hospital', parentId: place.trust })
      place.ward = await access.addOrganisation(tx, { code: 'ZZX02', name: 'Ward site', parentId: place.hospital })
      place.home = await access.addOrganisation(tx, { code: 'ZZX03', name: 'Care home' })
      await access.addWorkgroup(tx, { code: '555000000001', name: 'Ward 7 team' })
    })
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const addPerson = async () => {
    const person = { givenName: 'Ngozi', familyName: 'Fairweather', identityLevel: 3 }
    return (await store.inTransaction((tx) => people.addPerson(tx, person))).id
  }
  const addPosition = (position: Partial<NewPosition>) => {
    count += 1
    const whole = { organisationId: place.hospital, name: `Position ${count}`, ...position }
    return store.inTransaction((tx) => access.addPosition(tx, whole))
  }
  const assign = (assignment: NewAssignment) => store.inTransaction((tx) => access.assign(tx, assignment))
  const inPosition = async (position: Partial<NewPosition>, dates: Partial<NewAssignment> = {}) => {
    const personId = await addPerson()
    const positionId = await addPosition(position)
    return { personId, assignmentId: await assign({ personId, positionId, startsAt: start, ...dates }) }
  }
  const withDuty = async (dutyCode: string, organisationId: string) =>
    (await inPosition({ dutyCode, organisationId })).personId
  const setStatus = statement<[string, string]>('test:status', 'update person set status = $2 where id = $1')
  const endAssignment = statement<[string, Date]>('test:end', 'update assignment set ended_at = $2 where id = $1')
  const codes = (list: readonly { code: string }[] = []) => list.map(({ code }) => code)

  describe('a role', () => {
    it('says where, as what, and in which position', async () => {
      const { personId, assignmentId } = await inPosition({
        name: 'Nurse, Ward 7',
        roleCode: nurseRole,
        workgroups: ['555000000001'],
        areaOfWork: { code: 'P0010:Q0020:T0030', name: 'Acute medicine' },
      })
      const role = await access.findRole(assignmentId)
      assert.ok(role)
      assert.equal(role.personId, personId)
      assert.equal(role.personRoleId, assignmentId)
      assert.match(role.personOrgId, /^[1-9]\d{11}$/)
      assert.deepEqual(role.organisation, { code: 'ZZX01', name: 'Hospital' })
      assert.equal(role.position, 'Nurse, Ward 7')
      assert.deepEqual(role.role, {
        code: nurseRole,
        name: '"Clinical":"Clinical Provision":"Nurse Access Role"',
        plainName: 'Nurse',
      })
      assert.deepEqual(role.workgroups, [{ code: '555000000001', name: 'Ward 7 team' }])
      assert.deepEqual(role.areaOfWork, { code: 'P0010:Q0020:T0030', name: 'Acute medicine' })
      assert.deepEqual(await access.rolesOf(personId), [role])
    })

    it('allows its baseline, what was granted, and what those include', async () => {
      const { assignmentId } = await inPosition({ roleCode: 'S8001:G8005:R8015', activities: ['B0420', 'B0825'] })
      const role = await access.findRole(assignmentId)
      assert.deepEqual(codes(role?.granted), ['B0420', 'B0825'])
      // B0062 is the baseline; B0420 includes B0401, which includes B0820, which B0825 includes too.
      assert.deepEqual(codes(role?.effective), ['B0062', 'B0401', 'B0420', 'B0820', 'B0825'])
    })

    it('comes to an end where activities include each other in a circle', async () => {
      const { assignmentId } = await inPosition({ roleCode: 'S8001:G8005:R8015', activities: ['B1300'] })
      const circle = statement<[string[], string[]]>(
        'test:circle',
        'insert into activity_inclusion (activity_code, included_code) select * from unnest($1::text[], $2::text[])',
      )
      await store.run(circle, [
        ['B1300', 'B1611', 'B0068', 'B0068'],
        ['B1611', 'B0068', 'B1300', 'B0068'],
      ])
      assert.deepEqual(codes((await access.findRole(assignmentId))?.effective), ['B0062', 'B0068', 'B1300', 'B1611'])

      await store.inTransaction((tx) => access.loadCatalogue(tx))
      assert.deepEqual(codes((await access.findRole(assignmentId))?.effective), ['B0062', 'B1300'])
    })

    it('is no role where a position gives a duty alone', async () => {
      const { personId, assignmentId } = await inPosition({ dutyCode: 'agent' })
      assert.equal(await access.findRole(assignmentId), undefined)
      assert.deepEqual(await access.rolesOf(personId), [])
    })
  })

  describe('liveness', () => {
    const held = async (dates: Partial<NewAssignment>) => {
      const { personId, assignmentId } = await inPosition({ roleCode: nurseRole, dutyCode: 'agent' }, dates)
      const [role, roles, duties, may] = await Promise.all([
        access.findRole(assignmentId),
        access.rolesOf(personId),
        access.dutiesOf(personId),
        access.mayDo(personId, 'find-person'),
      ])
      const answers = [role !== undefined, roles.length === 1, duties.length === 1, may]
      assert.equal(new Set(answers).size, 1, 'every question has one answer')
      return may
    }

    it('begins at the start, not before', async () => {
      assert.equal(await held({ startsAt: start }), true)
      assert.equal(await held({ startsAt: hoursFrom(1) }), false)
    })

    it('ends at the expiry, not after', async () => {
      assert.equal(await held({ startsAt: hoursFrom(-2), expiresAt: hoursFrom(1) }), true)
      assert.equal(await held({ startsAt: hoursFrom(-2), expiresAt: start }), false)
    })

    it('follows the clock', async () => {
      const { assignmentId } = await inPosition({ roleCode: nurseRole }, { expiresAt: hoursFrom(1) })
      assert.ok(await access.findRole(assignmentId))
      clock.advance({ hours: 1 })
      assert.equal(await access.findRole(assignmentId), undefined)
      clock = fakeClock(start)
    })

    it('ends with the assignment', async () => {
      const { personId, assignmentId } = await inPosition({ roleCode: nurseRole, dutyCode: 'manager' })
      await store.run(endAssignment, [assignmentId, start])
      assert.equal(await access.findRole(assignmentId), undefined)
      assert.equal(await access.mayDo(personId, 'find-person'), false)
    })

    for (const status of ['suspended', 'closed']) {
      it(`ends for a person who is ${status}`, async () => {
        const { personId, assignmentId } = await inPosition({ roleCode: nurseRole, dutyCode: 'manager' })
        await store.run(setStatus, [personId, status])
        assert.equal(await access.findRole(assignmentId), undefined)
        assert.deepEqual(await access.rolesOf(personId), [])
        assert.deepEqual(await access.dutiesOf(personId), [])
        assert.equal(await access.mayDo(personId, 'find-person'), false)
      })
    }
  })

  describe('a duty', () => {
    it('holds over its organisation and everything below it, and nowhere else', async () => {
      const agent = await withDuty('agent', place.hospital)
      const may = (organisationId?: string) => access.mayDo(agent, 'issue-authenticator', organisationId)
      assert.equal(await may(place.hospital), true)
      assert.equal(await may(place.ward), true)
      assert.equal(await may(place.trust), false)
      assert.equal(await may(place.home), false)
      assert.equal(await may(newId()), false)
      assert.equal(await may(), true)
    })

    const cases: [duty: string, task: Task, may: boolean][] = [
      ['manager', 'edit-positions', true],
      ['agent', 'edit-positions', false],
      ['agent', 'issue-authenticator', true],
      ['sponsor', 'find-person', true],
      ['sponsor', 'issue-authenticator', false],
      ['sponsor', 'change-details', false],
      ['sponsor', 'assign-position', false],
      ['id-checker', 'create-person', true],
      ['id-checker', 'report-people', false],
      ['local-administrator', 'unlock-smartcard', true],
      ['local-administrator', 'create-person', false],
      ['service-operator', 'manage-clients', true],
      ['service-operator', 'find-person', false],
    ]
    for (const [duty, task, may] of cases) {
      it(`${may ? 'lets' : 'does not let'} the ${duty} ${task} alone`, async () => {
        assert.equal(await access.mayDo(await withDuty(duty, place.hospital), task, place.hospital), may)
      })
    }

    it('is not held by someone with a job role alone', async () => {
      const { personId } = await inPosition({ roleCode: 'S0080:G0450:R5080' })
      assert.equal(await access.mayDo(personId, 'find-person'), false)
    })

    it('reaches the organisations of all duties that allow the task', async () => {
      const agent = await withDuty('agent', place.hospital)
      const sponsor = await addPosition({ dutyCode: 'sponsor', organisationId: place.home })
      await assign({ personId: agent, positionId: sponsor, startsAt: start })
      const reach = async (task: Task) => new Set(await access.reachOf(agent, task))
      assert.deepEqual(await reach('find-person'), new Set([place.hospital, place.ward, place.home]))
      assert.deepEqual(await reach('issue-authenticator'), new Set([place.hospital, place.ward]))
      assert.deepEqual(
        (await access.dutiesOf(agent)).map(({ duty, organisation }) => `${duty.code} at ${organisation.code}`),
        ['sponsor at ZZX03', 'agent at ZZX01'],
      )
    })
  })

  describe('an assignment', () => {
    it('puts the person at the organisation once, however many positions they have there', async () => {
      const { personId, assignmentId } = await inPosition({ roleCode: nurseRole })
      const another = await assign({
        personId,
        positionId: await addPosition({ roleCode: nurseRole }),
        startsAt: start,
      })
      assert.notEqual(another, assignmentId)
      const [membership, ...others] = await access.organisationsOf(personId)
      assert.deepEqual(others, [])
      assert.equal(membership?.code, 'ZZX01')
      assert.equal((await access.findRole(another))?.personOrgId, membership?.personOrgId)
    })

    it('leaves a person at an organisation without any role', async () => {
      const personId = await addPerson()
      await store.inTransaction((tx) => access.affiliate(tx, personId, place.home))
      assert.deepEqual(codes(await access.organisationsOf(personId)), ['ZZX03'])
      assert.deepEqual(await access.rolesHeldBy(personId), [])
    })

    it('lays the rules of its organisation and of all above it on the person', async () => {
      const personId = await addPerson()
      assert.deepEqual(await access.organisationsAbove(personId), [])
      await store.inTransaction((tx) => access.affiliate(tx, personId, place.ward))
      await store.inTransaction((tx) => access.affiliate(tx, personId, place.home))
      const above = [place.ward, place.hospital, place.trust, place.home]
      assert.deepEqual(await access.organisationsAbove(personId), above.toSorted())
    })

    it('lays no rules on the person any more of a place that they have left', async () => {
      const personId = await addPerson()
      await store.inTransaction((tx) => access.affiliate(tx, personId, place.home))
      const positionId = await store.inTransaction((tx) =>
        access.addPosition(tx, { organisationId: place.ward, name: newId(), dutyCode: 'agent' }),
      )
      const id = await assign({ personId, positionId, startsAt: start })
      assert.equal((await access.organisationsAbove(personId)).length, 4)
      await store.run(statement<[string]>('', 'update assignment set ended_at = now() where id = $1'), [id])
      assert.deepEqual(await access.organisationsAbove(personId), [place.home])
    })

    it('is refused to a position that does not exist', async () => {
      const positionId = newId()
      await assert.rejects(assign({ personId: await addPerson(), positionId, startsAt: start }), /no such position/)
    })
  })

  it('lists the roles to choose from, last used on top', async () => {
    const { personId, assignmentId } = await inPosition({ name: 'Nurse, Ward 9', roleCode: nurseRole })
    const atHome = await addPosition({
      name: 'Practitioner',
      roleCode: 'S8000:G8000:R8000',
      organisationId: place.home,
    })
    const second = await assign({ personId, positionId: atHome, startsAt: start })
    const used = { store, now: clock.now, lastUseOf: async () => new Map([[assignmentId, hoursFrom(-5)]]) }

    assert.deepEqual(await createAccess(used).rolesHeldBy(personId), [
      {
        id: assignmentId,
        role: 'Nurse',
        position: 'Nurse, Ward 9',
        organisation: 'Hospital',
        organisationCode: 'ZZX01',
        lastUsedAt: '2026-11-21T04:00:00.000Z',
      },
      {
        id: second,
        role: 'Clinical Practitioner',
        position: 'Practitioner',
        organisation: 'Care home',
        organisationCode: 'ZZX03',
        lastUsedAt: null,
      },
    ])
    assert.deepEqual(codes((await access.rolesOf(personId)).map(({ role }) => role)), ['S8000:G8000:R8000', nurseRole])
  })

  it('does not change a position in passing', async () => {
    await addPosition({ name: 'Ward clerk', roleCode: 'S8001:G8002:R8008' })
    const again = addPosition({ name: 'Ward clerk', dutyCode: 'manager' })
    await assert.rejects(again, (error) => isUniqueViolation(error, 'position_organisation_id_name_key'))
  })

  it('can load the catalogue from several instances at once, and again', async () => {
    const rows = catalogueRows(catalogueFiles)
    const load = () => store.inTransaction((tx) => access.loadCatalogue(tx))
    await Promise.all([load(), load(), load()])
    const counts = statement<[], { roles: number; tasks: number }>(
      'test:counts',
      'select (select count(*) from job_role) as roles, (select count(*) from duty_task) as tasks',
    )
    assert.deepEqual(await store.row(counts, []), { roles: rows.jobRoles.length, tasks: rows.dutyTasks.length })
  })
})
