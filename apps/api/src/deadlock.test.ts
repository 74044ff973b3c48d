import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { statement } from '@fobwatch/store'
import { addPerson, sql, startService, type TestService } from './service.testing.ts'

const lock = statement<[string]>('', 'select from person where id = $1 for update')

describe('two deeds that wait for each other', () => {
  let service: TestService
  before(async () => {
    service = await startService()
  })
  after(() => service.close())

  it('are both done, one after the other, and nothing is done twice', async () => {
    const [one, other] = [(await addPerson(service)).id, (await addPerson(service)).id]
    const bothHold = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    let runs = 0
    const deed = ([mine, theirs]: [string, string], number: 0 | 1) =>
      service.store.inTransaction(async (tx) => {
        runs += 1
        await service.store.run(lock, [mine], tx)
        bothHold[number].resolve()
        await Promise.all(bothHold.map(({ promise }) => promise))
        await service.store.run(lock, [theirs], tx)
        await service.rooms.audit.forgetPerson(tx, mine)
      })
    await Promise.all([deed([one, other], 0), deed([other, one], 1)])
    assert.equal(runs, 3)
    const forgotten = `select count(*) from audit_event where type = 'person-forgotten' and person in ($1, $2)`
    assert.deepEqual(await sql(service, forgotten, one, other), [{ count: 2 }])
  })

  it('are not run again for any other reason', async () => {
    let runs = 0
    const failing = service.store.inTransaction(async () => {
      runs += 1
      throw new Error('no')
    })
    await assert.rejects(failing, { message: 'no' })
    assert.equal(runs, 1)
  })
})
