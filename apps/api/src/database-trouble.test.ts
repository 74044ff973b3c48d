import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { isUnavailable, openStore, question, type Store, type StoreOptions, statement, step } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { createRoad, type Road } from './http/database-road.testing.ts'

const ask = statement<[], { one: number }>('test:ask', 'select 1 as one')
const sleep = (seconds: number, pace?: 'unhurried') =>
  statement<[]>(`test:sleep-${seconds}-${pace}`, `select pg_sleep(${seconds})`, pace)
const raising = (code: string) => `do $$ begin raise exception using errcode = '${code}'; end $$`

describe('trouble with the database', () => {
  let database: TestDatabase
  let road: Road
  const opened: Store[] = []
  before(async () => {
    database = await createTestDatabase()
    road = await createRoad(database.url)
    await database.run('create table note (id int primary key)')
    await database.run('grant all on note to fobwatch_runtime')
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()))
    await database.run('delete from note')
  })
  after(async () => {
    await road.close()
    await database.drop()
  })

  const open = (options: Partial<StoreOptions> = {}): Store => {
    const store = openStore({ url: road.url, maxConnections: 5, ...options })
    opened.push(store)
    return store
  }
  const patience = { statementSeconds: 1, idleTransactionSeconds: 1 }
  const then = statement<[]>('test:then', 'select 1')
  const write = statement<[number]>('test:write', 'insert into note (id) values ($1)')
  const count = async (store: Store) =>
    (await store.row(statement<[], { count: number }>('', 'select count(*) from note'), []))?.count
  /** Opens as many connections as the pool has. */
  const fill = (store: Store) => Promise.all(Array.from({ length: 5 }, () => store.rows(ask, [])))

  for (const [title, deed] of [
    ['a statement', (store: Store) => store.rows(ask, [])],
    ['a transaction', (store: Store) => store.inTransaction((tx) => store.rows(ask, [], tx))],
    ['a query of Prisma', async (store: Store) => (await store.prisma()).$queryRawUnsafe('select 1')],
  ] as const)
    it(`${title} along a connection that was cut in silence does not wait for ever, and the next one has another`, async () => {
      const store = open({ maxConnections: 1, patience })
      await store.ping()
      road.silence()
      await assert.rejects(deed(store), isUnavailable)
      await deed(store)
    })

  it('is a statement that takes too long, unless it may', async () => {
    const store = open({ patience })
    await assert.rejects(store.rows(sleep(20), []), isUnavailable)
    await assert.rejects((await store.prisma()).$queryRawUnsafe('select 1 from pg_sleep(20)'), isUnavailable)
    await store.rows(sleep(1.2, 'unhurried'), [])
    await store.inTransaction((tx) => store.rows(sleep(1.2, 'unhurried'), [], tx))
    await assert.rejects(store.rows(sleep(20), []), isUnavailable)
  })

  it('is nothing that may take long beside other statements, where no limit would hold for any', async () => {
    const store = open({ patience })
    const slow = question(sleep(0, 'unhurried'), [], () => undefined)
    await assert.rejects(store.ask(slow), /asked by itself/)
    await assert.rejects(store.together([step(write, [1]), step(sleep(0, 'unhurried'), [])]), /asked by itself/)
    assert.equal(await count(store), 0)
  })

  it('is a transaction that stands still: what it holds is free again, and it is undone', async () => {
    const [slow, other] = [open({ patience }), open()]
    const held = slow.inTransaction(async (tx) => {
      await slow.run(write, [1], tx)
      // Waits until the other's, which wants the same row, has ended.
      await other.run(write, [1])
      await slow.run(write, [2], tx)
    })
    await assert.rejects(held, isUnavailable)
    assert.equal(await count(other), 1)
  })

  it('is no transaction that stands still because it may, as that of a job’s lock', async () => {
    const [store, other] = [open({ patience }), open()]
    const mayStand = statement<[]>(
      'test:may-stand',
      `select set_config('idle_in_transaction_session_timeout', '0', true)`,
    )
    await store.inTransaction(async (tx) => {
      await store.rows(mayStand, [], tx)
      // Longer than a statement may take, and than we wait for the word that it took too long.
      await other.rows(sleep(3.5), [])
      await store.run(write, [1], tx)
    })
    assert.equal(await count(other), 1)
  })

  it('is a transaction of which a statement failed, whoever minds, or waits for it', async () => {
    const store = open()
    for (const waits of [true, false]) {
      const work = store.inTransaction(async (tx) => {
        await store.run(write, [1], tx)
        const failing = store.run(write, [1], tx).catch(() => {})
        if (waits) await failing
      })
      await assert.rejects(work, /cannot be committed/)
    }
    assert.equal(await count(store), 0)
  })

  it('is a transaction of which one of two statements at once lost its connection, though the other began again', async () => {
    const store = open({ maxConnections: 2 })
    await store.rows(ask, [])
    for (const more of [false, true]) {
      road.dropAt('begin')
      const work = store.inTransaction((tx) => {
        const second = store.run(then, [], tx)
        return Promise.allSettled([
          store.run(write, [1], tx),
          more ? second.catch(() => store.run(write, [2], tx)) : second,
        ])
      })
      await assert.rejects(work, isUnavailable)
    }
    assert.equal(await count(store), 0)
    assert.deepEqual(store.connections(), { all: 1, idle: 1 })
  })

  it('is no answer that came while this process stood still', async () => {
    // Without the road, which stands still with it.
    const store = open({ url: database.url, patience })
    await store.rows(ask, [])
    const slept = store.rows(sleep(0.5), [])
    await setImmediate()
    // Longer than we wait for an answer: it comes, and nobody here can read it.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3500)
    await slept
  })

  it('is none of what is asked along a connection that had nothing to say for so long', async () => {
    const store = open({ url: database.url, patience })
    await store.rows(ask, [])
    // Due right after the connection's own time, and so in the same turn, once this process goes on.
    const asked = new Promise((resolve) => setTimeout(() => resolve(store.rows(ask, [])), 3200))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3500)
    await asked
  })

  it('tells nobody of connections that died unused', async () => {
    const store = open()
    for (const work of [
      () => store.rows(ask, []),
      () => store.inTransaction((tx) => store.rows(ask, [], tx)),
      async () => (await store.prisma()).$queryRawUnsafe('select 1'),
    ]) {
      await fill(store)
      await database.run(
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      )
      await Promise.all(Array.from({ length: 10 }, async () => void (await work())))
    }
  })

  it('begins again on another connection where the first word was not heard, and never later', async () => {
    const store = open()
    let runs = 0
    const deed = (id: number) => () =>
      store.inTransaction(async (tx) => {
        runs += 1
        await store.run(write, [id], tx)
        await store.row(then, [], tx)
      })
    await fill(store)
    // It goes with the first statement, of which nothing is done either that is not undone.
    road.dropAt('begin')
    await deed(1)()
    assert.equal(runs, 1)
    for (const word of ['test:then', 'commit']) {
      road.dropAt(word)
      await assert.rejects(deed(2), isUnavailable)
    }
    assert.equal(runs, 3)
    assert.equal(await count(store), 1)
  })

  it('is told as such where there is no other connection to begin again on', async () => {
    const store = open()
    await fill(store)
    road.cutAt('begin')
    await assert.rejects(
      store.inTransaction((tx) => store.run(write, [4], tx)),
      isUnavailable,
    )
    await road.mend()
    assert.equal(await count(open()), 0)
  })

  it('keeps no connection for a transaction that ended while it looked for one', async () => {
    const store = open({ maxConnections: 1 })
    await store.rows(ask, [])
    road.dropAt('begin')
    await store
      .inTransaction((tx) => Promise.all([store.rows(ask, [], tx), store.rows(then, [], tx)]))
      .catch((error) => assert.ok(isUnavailable(error)))
    await store.ping()
    assert.deepEqual(store.connections(), { all: 1, idle: 1 })
  })

  it('prepares anew what was prepared before its columns changed', async () => {
    const store = open({ maxConnections: 1 })
    const all = statement<[]>('test:all', 'select * from note')
    await store.rows(all, [])
    await database.run('alter table note add column more int')
    await store.rows(all, []).catch(() => {})
    await store.rows(all, [])
    await database.run('alter table note drop column more')
  })

  it('asks a statement by itself once', async () => {
    const store = open()
    await fill(store)
    road.dropAt('test:write')
    await assert.rejects(store.run(write, [3]), isUnavailable)
    assert.equal(await count(store), 0)
  })

  for (const [code, what] of [
    ['08006', 'the connection failed'],
    ['53100', 'the disk is full'],
    ['53200', 'memory is full'],
    ['53300', 'all connections are taken'],
    ['57P01', 'it is shutting down'],
    ['57P02', 'it crashed'],
    ['57P03', 'it is starting'],
    ['57014', 'the statement was cancelled'],
    ['55P03', 'a lock was not to be had'],
    ['25006', 'it can only be read'],
    ['58030', 'the disk failed'],
  ] as const)
    it(`is told as such when ${what} (${code})`, async () => {
      const store = open()
      const fails = statement<[]>('', raising(code))
      await assert.rejects(store.run(fails, []), isUnavailable)
      await assert.rejects(
        store.inTransaction((tx) => store.run(fails, [], tx)),
        isUnavailable,
      )
      await assert.rejects((await store.prisma()).$executeRawUnsafe(raising(code)), isUnavailable)
    })

  it('is no fault of ours', async () => {
    const store = open()
    for (const code of ['23505', '22001', '42P01', '42501', 'P0001', 'XX000']) {
      await assert.rejects(store.run(statement<[]>('', raising(code)), []), (error) => !isUnavailable(error))
      await assert.rejects((await store.prisma()).$executeRawUnsafe(raising(code)), (error) => !isUnavailable(error))
    }
    assert.equal(isUnavailable(new Error('anything')), false)
  })

  it('leaves a server that can only be read as soon as it says so', async () => {
    const name = `"${new URL(database.url).pathname.slice(1)}"`
    await database.run(`alter database ${name} set default_transaction_read_only = on`)
    const store = open({ maxConnections: 1 })
    const deed = () => store.inTransaction((tx) => store.run(write, [4], tx))
    await assert.rejects(deed(), isUnavailable)
    await database.run(`begin read write; alter database ${name} reset default_transaction_read_only; commit`)
    await deed()
    assert.equal(await count(store), 1)
  })
})
