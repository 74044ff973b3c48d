import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  createAttestationAuthority,
  createSoftwareAuthenticator,
  type FakeClock,
  fakeClock,
  type MetadataEntryOptions,
  metadataEntry,
} from '@fobwatch/testkit'
import { isRefusal } from '#kernel'
import { believingPublisher, newAaguid, publishMetadata } from '../../attested.testing.ts'
import { addPerson, enrol, signInHere, sql, startService, type TestService } from '../../service.testing.ts'

const day = 86_400_000

describe('an authenticator, when metadata changes', () => {
  let clock: FakeClock
  let service: Awaited<ReturnType<typeof startService>>
  let second: TestService
  before(async () => {
    clock = fakeClock(new Date())
    const environment = believingPublisher()
    service = await startService({ environment, now: clock.now })
    second = await startService({ beside: service, environment, now: clock.now })
  })
  after(async () => {
    await second.close()
    await service.close()
  })

  const newModel = () => ({ aaguid: newAaguid(), authority: createAttestationAuthority() })
  type Model = ReturnType<typeof newModel>
  const entryOf = ({ aaguid, authority }: Model, more: Partial<MetadataEntryOptions> = {}) => ({
    ...{ aaguid, roots: [authority.root] },
    ...more,
  })
  /** As one instance has it, and the other soon will. */
  const publishHere = async (...entries: MetadataEntryOptions[]) => {
    const nextUpdate = new Date(clock.now().getTime() + 30 * day).toISOString().slice(0, 10)
    assert.equal((await publishMetadata(service, entries.map(metadataEntry), nextUpdate)).kind, 'loaded')
  }
  const publish = async (...entries: MetadataEntryOptions[]) => {
    await publishHere(...entries)
    await second.rooms.assurance.lookForMetadata()
  }
  const setUp = async ({ aaguid, authority }: Model, more: object = {}, at: TestService = service) => {
    const person = await addPerson(service)
    const made = createSoftwareAuthenticator({ aaguid, authority, attestation: 'packed', algorithms: [-7], ...more })
    const { device, enrolled } = await enrol(at, person.id, made)
    // As if it had been bound in person, so that its level is the maker's to lose.
    await sql(service, `update authenticator set bound_by = 'in-person', bound_level = 3 where id = $1`, enrolled.id)
    return { person, device, id: enrolled.id }
  }
  const rowOf = async (id: string) => {
    const [row] = await sql<{
      status: string
      reason: string | null
      trust: string
      level: number
      facts: object | null
    }>(
      service,
      `select status, status_reason as reason, attestation_trust as trust, assurance_level as level, trusted_facts as facts
       from authenticator where id = $1`,
      id,
    )
    return row
  }
  const eventsOf = async (personId: string, type: string) =>
    (await service.rooms.audit.eventsOf(personId)).filter((event) => event.type === type)
  const jobs = () => service.rooms.authenticators

  describe('that turns bad', () => {
    it('is suspended with all of its model, whoever holds them, once, with their sessions and notices', async () => {
      const [bad, good] = [newModel(), newModel()]
      await publish(entryOf(bad), entryOf(good))
      const [one, other, another] = [await setUp(bad), await setUp(bad), await setUp(good)]
      const browser = await signInHere(service, one.device)
      await publish(entryOf(bad, { statuses: ['REVOKED'] }), entryOf(good))

      await Promise.all([jobs().suspendBadModels(), second.rooms.authenticators.suspendBadModels()])
      for (const { id, person } of [one, other]) {
        const row = await rowOf(id)
        assert.deepEqual([row?.status, row?.reason], ['suspended', 'model'])
        const events = await eventsOf(person.id, 'authenticator-suspended')
        assert.equal(events.length, 1)
        assert.deepEqual([events[0]?.actor, events[0]?.details['because']], [null, 'model'])
        const told = await sql(
          service,
          `select from outbox where fact->>'authenticator' = $1 and fact->>'change' = 'suspended'`,
          id,
        )
        assert.equal(told.length, 1)
      }
      assert.equal((await browser.get('/api/session')).status, 401)
      assert.equal((await rowOf(another.id))?.status, 'active')
      assert.equal(await jobs().suspendBadModels(), 0)
    })

    it('is not taken over from whoever suspended it before', async () => {
      const model = newModel()
      await publish(entryOf(model))
      const { id, person } = await setUp(model)
      const deed = { id, personId: person.id, because: 'stolen', by: { as: 'command', actor: null } } as const
      await service.store.inTransaction((tx) => jobs().pause(tx, deed))
      await publish(entryOf(model, { statuses: ['USER_KEY_PHYSICAL_COMPROMISE'] }))
      await jobs().suspendBadModels()
      assert.equal((await rowOf(id))?.reason, 'stolen')
    })

    it('is not reinstated while its model is bad, and is when the report is gone', async () => {
      const model = newModel()
      await publish(entryOf(model))
      const { id, person } = await setUp(model)
      const reinstate = () =>
        service.store.inTransaction((tx) =>
          jobs().reinstate(tx, { id, personId: person.id, by: { as: 'command', actor: null } }),
        )
      await publish(entryOf(model, { statuses: ['USER_VERIFICATION_BYPASS'] }))
      await jobs().suspendBadModels()
      await assert.rejects(reinstate, (error) => {
        assert.ok(isRefusal(error, 'policy_refuses'))
        assert.deepEqual(error.reasons, ['A fault was found in devices of its model.'])
        return true
      })
      assert.equal((await rowOf(id))?.status, 'suspended')
      await publish(entryOf(model))
      await jobs().rejudge()
      await reinstate()
      assert.equal((await rowOf(id))?.status, 'active')
    })

    it('is suspended by its own certificate, where the report is of that and not of all its model', async () => {
      const model = newModel()
      await publish(entryOf(model))
      const [one, other] = [await setUp(model), await setUp(model, { authority: model.authority })]
      const certificate = model.authority.root.toString('base64')
      await publish(entryOf(model, { statuses: [{ status: 'ATTESTATION_KEY_COMPROMISE', certificate }] }))
      assert.equal(await jobs().suspendBadModels(), 0)
      await jobs().rejudge()
      for (const { id } of [one, other]) assert.deepEqual((await rowOf(id))?.reason, 'model')
    })
  })

  describe('that is judged again', () => {
    it('falls when its entry is gone, and rises when it is back', async () => {
      const model = newModel()
      await publish(entryOf(model))
      const { id, person } = await setUp(model)
      await publish()
      assert.ok((await jobs().rejudge()) > 0)
      const fallen = await rowOf(id)
      assert.deepEqual([fallen?.trust, fallen?.level, fallen?.facts, fallen?.status], ['untrusted', 2, null, 'active'])
      await publish(entryOf(model))
      await jobs().rejudge()
      const risen = await rowOf(id)
      assert.deepEqual([risen?.trust, risen?.level], ['metadata', 3])
      assert.deepEqual(
        (await eventsOf(person.id, 'authenticator-judged-again')).map(({ details }) => [
          details['trust'],
          details['level'],
        ]),
        [
          ['untrusted', 2],
          ['metadata', 3],
        ],
      )
    })

    it('falls when its key is not in hardware after all', async () => {
      const model = newModel()
      await publish(entryOf(model))
      const { id } = await setUp(model)
      await jobs().rejudge()
      await publish(entryOf(model, { statement: { keyProtection: ['software'] } }))
      await jobs().rejudge()
      const row = await rowOf(id)
      assert.deepEqual([row?.trust, row?.level], ['metadata', 2])
    })

    it('never exceeds what the act that bound it allows', async () => {
      const model = newModel()
      await publish()
      const { id } = await setUp(model)
      await sql(service, `update authenticator set bound_by = 'link', bound_level = 2 where id = $1`, id)
      await publish(entryOf(model))
      await jobs().rejudge()
      const row = await rowOf(id)
      assert.deepEqual([row?.trust, row?.level], ['metadata', 2])
    })

    it('is judged once by each number, and by one of two instances', async () => {
      const model = newModel()
      await publish(entryOf(model))
      await setUp(model)
      await publish(entryOf(model))
      const [one, other] = await Promise.all([jobs().rejudge(), second.rooms.authenticators.rejudge()])
      assert.ok(one + other > 0)
      assert.equal(await jobs().rejudge(), 0)
      assert.equal(await second.rooms.authenticators.rejudge(), 0)
    })

    it('line 1: is judged though it was set up by what metadata said before, when all others had been', async () => {
      const model = newModel()
      await publish(entryOf(model))
      await publishHere(entryOf(newModel()))
      await jobs().rejudge()
      const { id } = await setUp(model, {}, second)
      assert.equal((await rowOf(id))?.trust, 'metadata')
      clock.advance({ minutes: 1 })
      await jobs().rejudge()
      assert.equal((await rowOf(id))?.trust, 'untrusted')
    })

    it('is judged though another, whose statement cannot be read any more, is not', async () => {
      const model = newModel()
      await publish(entryOf(model))
      const [unreadable, sound] = [await setUp(model), await setUp(model)]
      await sql(service, `update authenticator set attestation_object = '\\x00' where id = $1`, unreadable.id)
      await publish()
      await assert.rejects(jobs().rejudge(), /^Error: 1 of \d+ could not be judged again$/)
      assert.deepEqual([(await rowOf(unreadable.id))?.trust, (await rowOf(sound.id))?.trust], ['metadata', 'untrusted'])
      await sql(service, `update authenticator set status = 'revoked' where id = $1`, unreadable.id)
    })

    it('stays as it is while the metadata is too old to be believed', async () => {
      const model = newModel()
      await publish(entryOf(model))
      const { id } = await setUp(model)
      await publish()
      clock.advance({ minutes: 60 * 24 * 60 })
      assert.equal(await jobs().rejudge(), 0)
      assert.equal((await rowOf(id))?.trust, 'metadata')
    })
  })
})
