import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { openStore, type Store, statement } from '@fobwatch/store'
import { createTestDatabase, fakeClock, type TestDatabase } from '@fobwatch/testkit'
import { createOutbox, type Handlers, type Outcome } from '#jobs'
import { type Fact, newId } from '#kernel'

type Change = Extract<Fact, { kind: 'authenticator-changed' }>
type Told = { why: string; next: Date | null; attempts: number }

const rows = statement<[], { kind: string; due: Date | null; delivered: Date | null; error: string | null }>(
  'test:outbox',
  'select kind, due_at as due, delivered_at as delivered, last_error as error from outbox order by created_at, id',
)
const empty = statement<[]>('test:empty-outbox', 'delete from outbox')

describe('the outbox', () => {
  let database: TestDatabase
  let store: Store
  let clock = fakeClock('2026-11-21T09:00:00.000Z')
  let received: Change[]
  let undelivered: Told[]
  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
  })
  beforeEach(async () => {
    clock = fakeClock('2026-11-21T09:00:00.000Z')
    received = []
    undelivered = []
    await store.run(empty, [])
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const receive = async (fact: Change): Promise<Outcome> => {
    received.push(fact)
    return 'delivered'
  }
  const fail = () => Promise.reject(new Error('no answer'))
  /** One more instance on this database. */
  const open = (handler: Handlers['authenticator-changed'] = receive, on = store) => {
    const outbox = createOutbox({
      store: on,
      now: () => clock.now(),
      handlers: handler ? { 'authenticator-changed': handler } : {},
      onUndelivered: (about) => undelivered.push(about),
    })
    const deliver = async () => {
      await outbox.beginDelivering()
      await outbox.deliveriesSettled()
    }
    return { ...outbox, deliver }
  }
  const change = (): Change => ({
    ...{ kind: 'authenticator-changed', authenticator: newId(), person: newId(), change: 'added' },
    ...{ reason: null, at: clock.now().toISOString() },
  })
  const signedOut = (): Fact => ({
    ...{ kind: 'session-ended', session: newId(), client: 'ward', person: newId(), why: 'signed-out' },
  })
  const publish = async (fact: Fact = change()) => {
    await store.inTransaction((tx) => open().publish(tx, fact))
    return fact
  }

  it('hands a fact on as it was published, once', async () => {
    const fact = await publish()
    await open().deliver()
    await open().deliver()
    assert.deepEqual(received, [fact])
    assert.deepEqual(undelivered, [])
    const [row] = await store.rows(rows, [])
    assert.deepEqual([row?.due, row?.delivered, row?.error], [null, clock.now(), null])
  })

  it('takes turns: an application that is told of many keeps none waiting that is told of one', async () => {
    const [many, one] = [signedOut(), { ...signedOut(), client: 'other' }] as const
    for (let each = 0; each < 30; each += 1) await publish({ ...many, session: newId() } as Fact)
    clock.advance({ seconds: 1 })
    await publish(one as Fact)
    const told: string[] = []
    const outbox = createOutbox({
      store,
      now: clock.now,
      handlers: {
        'session-ended': async ({ client }) => {
          told.push(client)
          return 'delivered'
        },
      },
      onUndelivered: () => {},
    })
    await outbox.beginDelivering()
    await outbox.deliveriesSettled()
    assert.equal(told.length, 10)
    assert.ok(told.includes('other'))
  })

  it('tells nothing of a deed that was rolled back', async () => {
    const deed = store.inTransaction(async (tx) => {
      await open().publish(tx, change())
      throw new Error('refused')
    })
    await assert.rejects(deed, /refused/)
    await open().deliver()
    assert.deepEqual(received, [])
  })

  it('hands each fact to one of two instances that look at once', async () => {
    const other = openStore({ url: database.url })
    const facts = await Promise.all(Array.from({ length: 8 }, () => publish()))
    await Promise.all([open().deliver(), open(receive, other).deliver()])
    await other.close()
    const ids = (each: Fact[]) => each.map((fact) => 'authenticator' in fact && fact.authenticator).toSorted()
    assert.deepEqual(ids(received), ids(facts))
  })

  it('tries again what failed, when its wait is over, at another instance after a restart', async () => {
    const fact = await publish()
    await open(fail).deliver()
    assert.deepEqual(
      undelivered.map(({ why, attempts }) => [why, attempts]),
      [['no answer', 1]],
    )
    clock.advance({ seconds: 9 })
    await open().deliver()
    assert.deepEqual(received, [])
    clock.advance({ seconds: 1 })
    await open().deliver()
    await open().deliver()
    assert.deepEqual(received, [fact])
  })

  it('tries again what an instance took and never came back to', async () => {
    const fact = await publish()
    await open(() => new Promise(() => {})).beginDelivering()
    clock.advance({ seconds: 119 })
    await open().deliver()
    assert.deepEqual(received, [])
    clock.advance({ seconds: 1 })
    await open().deliver()
    assert.deepEqual(received, [fact])
  })

  it('gives up after three days, says so, and looks at it no more', async () => {
    await publish()
    clock.advance({ hours: 72 })
    await open(fail).deliver()
    assert.equal(undelivered[0]?.next, null)
    clock.advance({ hours: 24 })
    await open().deliver()
    assert.deepEqual(received, [])
    const [row] = await store.rows(rows, [])
    assert.deepEqual([row?.due, row?.delivered, row?.error], [null, null, 'no answer'])
  })

  it('does not try again what can never be told', async () => {
    await publish()
    await open(async () => ({ undeliverable: 'no address' })).deliver()
    assert.deepEqual(
      undelivered.map(({ why, next }) => [why, next]),
      [['no address', null]],
    )
    clock.advance({ hours: 24 })
    await open().deliver()
    assert.deepEqual(received, [])
  })

  it('is not held up by a receiver that does not answer', async () => {
    const { promise: silence, resolve: answer } = Promise.withResolvers<Outcome>()
    const first = await publish()
    const outbox = open((fact) => (fact.authenticator === (first as Change).authenticator ? silence : receive(fact)))
    await outbox.beginDelivering()
    const second = await publish()
    await outbox.beginDelivering()
    assert.deepEqual(received, [second])
    answer('delivered')
    await outbox.deliveriesSettled()
  })

  it('takes no more than ten at once, and the rest as those end', async () => {
    const { promise: silence, resolve: answer } = Promise.withResolvers<Outcome>()
    for (let count = 0; count < 12; count += 1) await publish()
    let begun = 0
    const outbox = open(() => {
      begun += 1
      return silence
    })
    await outbox.beginDelivering()
    await outbox.beginDelivering()
    assert.equal(begun, 10)
    answer('delivered')
    await outbox.deliveriesSettled()
    await outbox.deliver()
    assert.equal(begun, 12)
  })

  it('leaves alone what nobody delivers yet', async () => {
    await publish(signedOut())
    const fact = await publish()
    await open().deliver()
    assert.deepEqual(received, [fact])
    assert.deepEqual(undelivered, [])
    const waiting = (await store.rows(rows, [])).find(({ kind }) => kind === 'session-ended')
    assert.deepEqual([waiting?.due, waiting?.delivered, waiting?.error], [clock.now(), null, null])
  })

  it('forgets what was delivered when it is seven days old, and nothing else', async () => {
    await publish()
    await open().deliver()
    await publish(signedOut())
    clock.advance({ hours: 168 })
    await open().forgetOld()
    assert.equal((await store.rows(rows, [])).length, 2)
    clock.advance({ seconds: 1 })
    await open().forgetOld()
    assert.deepEqual(
      (await store.rows(rows, [])).map(({ kind }) => kind),
      ['session-ended'],
    )
  })

  it('forgets what is thirty days old', async () => {
    await publish()
    await publish(signedOut())
    clock.advance({ hours: 720 })
    await open().forgetOld()
    assert.equal((await store.rows(rows, [])).length, 2)
    clock.advance({ seconds: 1 })
    await open().forgetOld()
    assert.equal((await store.rows(rows, [])).length, 0)
  })
})
