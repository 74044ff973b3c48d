import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { mustTouch, openStore, type Store, statement, step } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'

const add = statement<[string, string]>('test:add', 'insert into organisation (id, code, name) values ($1, $2, $2)')
const rename = statement<[string, string]>(
  'test:rename-or-stop',
  mustTouch('update organisation set name = $2 where code = $1'),
)
const names = statement<[], { name: string }>('test:names', 'select name from organisation order by name')
const wrong = statement<[]>('test:wrong', 'select 1 / 0')

describe('statements that are sent together', () => {
  let database: TestDatabase
  let store: Store
  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url, maxConnections: 1 })
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
  const all = async () => (await store.rows(names, [])).map(({ name }) => name)

  it('are all done, each seeing what those before it did', async () => {
    assert.equal(await store.together([step(add, [id(1), 'A']), step(rename, ['A', 'Aa'])]), true)
    assert.deepEqual(await all(), ['Aa'])
  })

  it('are none of them done where one that must touch a row finds none, wherever it stands', async () => {
    assert.equal(await store.together([step(add, [id(2), 'B']), step(rename, ['Z', 'Zz'])]), false)
    assert.equal(await store.together([step(rename, ['Z', 'Zz']), step(add, [id(2), 'B'])]), false)
    assert.deepEqual(await all(), ['Aa'])
  })

  it('are none of them done where one fails, and the connection can be used again', async () => {
    const failing = store.together([step(add, [id(2), 'B']), step(wrong, []), step(rename, ['A', 'no'])])
    await assert.rejects(failing, { code: '22012' })
    await assert.rejects(store.together([step(add, [id(1), 'A'])]), { code: '23505' })
    assert.deepEqual(await all(), ['Aa'])
    assert.equal(await store.together([step(add, [id(2), 'B']), step(add, [id(3), 'C'])]), true)
    assert.deepEqual(await all(), ['Aa', 'B', 'C'])
  })

  it('are refused where two of them have one name', async () => {
    const other = statement<[], { name: string }>('test:names', 'select code as name from organisation')
    assert.deepEqual(await all(), ['Aa', 'B', 'C'])
    await assert.rejects(store.rows(other, []), { message: 'Two statements are called test:names' })
    assert.deepEqual(await all(), ['Aa', 'B', 'C'])
  })

  it('are refused where a name is longer than PostgreSQL can tell from another', () => {
    assert.ok(statement(`test:${'x'.repeat(58)}`, 'select 1'))
    assert.throws(
      () => statement(`test:${'x'.repeat(59)}`, 'select 1'),
      /^Error: The name of a statement is too long: test:x/,
    )
    assert.throws(() => statement(`test:${'ü'.repeat(30)}`, 'select 1'), /too long/)
  })

  it('may be one statement twice, that nobody has asked yet, and be asked again where it failed', async () => {
    const fresh = (name: string) => statement<[number]>(name, 'select 6 / $1::int')
    const good = fresh('test:twice')
    assert.equal(await store.together([step(good, [1]), step(good, [2])]), true)
    for (const divisors of [
      [0, 1],
      [1, 0],
    ]) {
      const bad = fresh(`test:twice-${divisors}`)
      await assert.rejects(store.together(divisors.map((divisor) => step(bad, [divisor]))), { code: '22012' })
      assert.equal(await store.together([step(bad, [1]), step(bad, [2])]), true)
    }
  })

  it('are done within a transaction where nothing was asked before, and a transaction that asks nothing is none', async () => {
    assert.equal(await store.inTransaction(async () => 7), 7)
    const undone = store.inTransaction(async (tx) => {
      await store.run(add, [id(4), 'D'], tx)
      throw new Error('no')
    })
    await assert.rejects(undone, { message: 'no' })
    assert.deepEqual(await all(), ['Aa', 'B', 'C'])
  })

  it('are refused by a transaction that is over, as soon as its work has thrown or returned', async () => {
    for (const ends of [() => Promise.reject(new Error('no')), async () => 7]) {
      const late = Promise.withResolvers<unknown>()
      const work = store.inTransaction(async (tx) => {
        await store.rows(names, [], tx)
        const ended = ends()
        // Runs when the work has ended, and before PostgreSQL has answered to the commit or the rollback.
        setImmediate(() => store.run(add, [id(5), 'E'], tx).then(late.resolve, late.reject))
        return ended
      })
      const [{ value, reason }] = (await Promise.allSettled([late.promise])) as [{ value?: number; reason?: Error }]
      assert.deepEqual([value, reason?.message], [undefined, 'This transaction is over'])
      await Promise.allSettled([work])
      assert.deepEqual(await all(), ['Aa', 'B', 'C'])
    }
  })

  it('commit nothing after one that could not be sent', async () => {
    const at = statement<[Date]>('test:at', 'select $1::timestamptz')
    const undone = store.inTransaction(async (tx) => {
      await assert.rejects(store.rows(at, [new Date(Number.NaN)], tx), RangeError)
      await assert.rejects(store.run(add, [id(6), 'F'], tx), RangeError)
    })
    await assert.rejects(undone, /cannot be committed/)
    assert.deepEqual(await all(), ['Aa', 'B', 'C'])
  })
})

describe('values', () => {
  let database: TestDatabase
  let store: Store
  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const same = async (type: string, value: unknown) =>
    (await store.row(statement<[unknown], { it: unknown }>('', `select $1::${type} as it`), [value]))?.it

  const values: [type: string, value: unknown, read?: unknown][] = [
    ['text', `a "quoted" \\ text, {with} NULL and 'more' ü`],
    ['text', null],
    ['text', undefined, null],
    ['int', -7],
    ['bigint', 9007199254740991],
    ['boolean', false],
    ['bytea', Buffer.from([0, 255, 34, 92])],
    ['bytea', new Uint8Array([1, 2]), Buffer.from([1, 2])],
    ['timestamptz', new Date('2026-11-26T01:02:03.456Z')],
    ['timestamptz', new Date('2026-11-26T01:02:03Z')],
    ['timestamptz', new Date('0044-03-15T12:00:00Z')],
    ['timestamptz', new Date('+033658-09-27T01:46:39.999Z')],
    ['timestamptz', '2026-11-26T02:02:03.5+01:00', new Date('2026-11-26T01:02:03.5Z')],
    ['timestamptz', 'infinity', Number.POSITIVE_INFINITY],
    ['text[]', ['a', 'b "c" \\ d', '', 'NULL', '{x}', 'e,f']],
    ['text[]', [null, 'a']],
    ['text[]', []],
    ['int[]', [1, -2]],
    ['bytea[]', [Buffer.from([0, 255]), Buffer.from([92, 34])]],
    ['timestamptz[]', [new Date('2026-11-26T01:02:03.456Z')]],
    ['jsonb', { a: [1, { b: null }] }],
  ]
  for (const [type, value, read = value] of values)
    it(`come back as they went: ${type} ${JSON.stringify(value)}`, async () =>
      assert.deepEqual(await same(type, value), read))

  it('are read in the same way by a statement that is described and by one that is known already', async () => {
    const known = statement<[], { at: Date; no: number; none: null }>(
      'test:known',
      `select '2026-11-26 01:02:03+00'::timestamptz as at, 5::bigint as no, null::text as none`,
    )
    const expected = { at: new Date('2026-11-26T01:02:03Z'), no: 5, none: null }
    for (let time = 0; time < 3; time += 1) assert.deepEqual(await store.row(known, []), expected)
  })
})
