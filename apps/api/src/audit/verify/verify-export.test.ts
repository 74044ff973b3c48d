import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { newId } from '#kernel'
import { checkpointHeader, claimsOf } from '../chain/checkpoint.ts'
import { batchHasher, leafOf } from '../chain/hashes.ts'
import {
  createFolder,
  createTestSigner,
  exported,
  type Folder,
  type Instance,
  openInstance,
  verified,
} from '../chain.testing.ts'
import type { Line, LineOf } from '../export/lines.ts'
import { written } from '../export/lines.ts'
import { readKeys } from './keys.ts'
import { verifyExport } from './verify-export.ts'

const is =
  <Kind extends Line['kind']>(kind: Kind, number?: number) =>
  (line: Line): line is LineOf<Kind> =>
    line.kind === kind &&
    (number === undefined || ('batch' in line && line.batch === number) || ('number' in line && line.number === number))

describe('line 40: an export of the audit log', () => {
  const signer = createTestSigner('now')
  let folder: Folder
  let database: TestDatabase
  let one: Instance
  /** Five batches of three events each, but the last, which holds the event of the export besides. */
  let lines: Line[]
  /** As they were after the third and after the last batch. */
  let early: string
  let checkpoint: string
  before(async () => {
    folder = await createFolder()
    database = await createTestDatabase()
    one = openInstance(database.url, { signer })
    const kept: string[] = []
    for (const _batch of Array(5)) {
      for (const _event of Array(3))
        await one.audit.recordAlone({ type: 'signed-in', person: newId(), personal: { userAgent: 'Ward' } })
      kept.push((await one.chain.newestCheckpoint())?.jws ?? '')
    }
    early = kept[2] ?? ''
    lines = parsed(await exported(one, folder))
    checkpoint = (await one.chain.newestCheckpoint())?.jws ?? ''
  })
  after(async () => {
    await one.store.close()
    await database.drop()
    await folder.remove()
  })

  const parsed = (text: string): Line[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  const find = <Found extends Line>(test: (line: Line) => line is Found): Found => {
    const line = lines.find(test)
    assert.ok(line)
    return line
  }
  const without = (...gone: Line[]) => lines.filter((line) => !gone.includes(line))
  const replaced = (...pairs: [Line, ...Line[]][]) =>
    lines.flatMap((line) => pairs.find(([old]) => old === line)?.slice(1) ?? [line])

  const judge = (file: readonly Line[] | string | Buffer, { keys = [signer.publicKey], held = checkpoint } = {}) =>
    verified(Array.isArray(file) ? file.map(written).join('') : (file as string | Buffer), folder, {
      keys,
      checkpoint: held,
    })
  /** The first fault that is found, and all of them. */
  const refused = async (expected: RegExp, ...given: Parameters<typeof judge>): Promise<string[]> => {
    const { faults } = await judge(...given)
    assert.match(faults[0] ?? 'nothing', expected)
    return faults
  }

  /** A batch made anew from events, as whoever has the log and no key could. */
  const resealed = async (
    head: LineOf<'batch'>,
    events: LineOf<'event'>[],
    sign: typeof signer.sign,
  ): Promise<Line[]> => {
    const renumbered = events.map((line, at) => ({
      ...line,
      batch: head.number,
      place: at + 1,
      leaf: leafOf(line.event).toString('hex'),
    }))
    const anew = { ...head, count: events.length, total: head.total - head.count + events.length }
    const hasher = batchHasher(anew)
    for (const { leaf } of renumbered) hasher.add(Buffer.from(leaf, 'hex'))
    const hash = hasher.digest().toString('hex')
    const jws = await sign(claimsOf('http://localhost:3000', anew, hash), checkpointHeader)
    return [{ ...anew, hash }, ...renumbered, { kind: 'checkpoint', batch: head.number, jws }]
  }
  const eventsOf = (number: number) => lines.filter(is('event', number))
  const wholeBatch = (number: number): Line[] =>
    lines.filter((line) => is('batch', number)(line) || is('event', number)(line) || is('checkpoint', number)(line))

  it('is sound as it was made, compressed or not', async () => {
    const sound = { faults: [], untold: 0, batches: 6, events: 16, beyond: 0 }
    assert.deepEqual(await judge(lines), sound)
    assert.deepEqual(await judge(gzipSync(lines.map(written).join(''))), sound)
  })

  it('says how much came after the checkpoint that was kept', async () => {
    assert.deepEqual(await judge(lines, { held: early }), {
      ...{ faults: [], untold: 0, batches: 6, events: 16, beyond: 3 },
    })
  })

  it('shows an event that was changed', async () => {
    const event = find(is('event', 2))
    for (const change of [
      { outcome: 'refused' },
      { person: newId() },
      { personal: null },
      { details: { a: 1 } },
      { more: 1 },
    ])
      assert.deepEqual(
        await refused(
          /^Line 9: event 1 of batch 2 was changed/,
          replaced([event, { ...event, event: { ...event.event, ...change } }]),
        ),
        ['Line 9: event 1 of batch 2 was changed: it is not what was sealed.'],
      )
  })

  it('shows an event that was changed along with its hash', async () => {
    const event = find(is('event', 2))
    const changed = { ...event.event, outcome: 'refused' }
    const forged = { ...event, event: changed, leaf: leafOf(changed).toString('hex') }
    await refused(/^Line 12: batch 2 does not hold what was sealed/, replaced([event, forged]))
  })

  it('shows a batch that was made anew, though every hash in it fits', async () => {
    const [first, ...rest] = eventsOf(2)
    assert.ok(first)
    const changed = { ...first, event: { ...first.event, outcome: 'refused' } }
    const anew = await resealed(find(is('batch', 2)), [changed, ...rest], createTestSigner('now').sign)
    const [head, ...others] = wholeBatch(2)
    assert.ok(head)
    const faults = await refused(
      /^Line 12: the checkpoint of batch 2 is forged/,
      replaced([head, ...anew], ...others.map((line): [Line] => [line])),
    )
    assert.match(faults[1] ?? '', /^Line 13: batch 3 was not sealed to the batch before it/)
  })

  it('shows an event that was removed, at either end of its batch and amid it', async () => {
    const [first, second, third] = eventsOf(3)
    assert.ok(first && second && third)
    await refused(/^Line 14: event 1 of batch 3 should come first: missing/, without(first))
    await refused(/^Line 15: event 2 of batch 3 should come first: missing/, without(second))
    await refused(/^Line 16: event 3 of batch 3 should come first: missing/, without(third))
  })

  it('shows an event that was removed along with its place', async () => {
    const [head, ...others] = wholeBatch(2)
    assert.ok(head)
    const anew = await resealed(find(is('batch', 2)), eventsOf(2).slice(1), createTestSigner('now').sign)
    await refused(
      /the checkpoint of batch 2 is forged/,
      replaced([head, ...anew], ...others.map((line): [Line] => [line])),
    )
  })

  it('shows an event that was put in', async () => {
    const last = eventsOf(3).at(-1)
    assert.ok(last)
    await refused(/^Line 17: event 4 was put into batch 3, which had 3/, replaced([last, last, { ...last, place: 4 }]))
  })

  it('shows events that changed places', async () => {
    const [first, second] = eventsOf(3)
    assert.ok(first && second)
    await refused(/^Line 14: event 1 of batch 3 should come first/, replaced([first, second], [second, first]))
    const moved = replaced([first, { ...second, place: 1 }], [second, { ...first, place: 2 }])
    await refused(/^Line 17: batch 3 does not hold what was sealed/, moved)
  })

  it('shows an event that comes twice', async () => {
    const [first] = eventsOf(3)
    assert.ok(first)
    await refused(/^Line 15: event 1 of batch 3 comes again/, replaced([first, first, first]))
  })

  it('shows an event in a batch that it was not sealed in', async () => {
    const [of3] = eventsOf(3)
    const [of4] = eventsOf(4)
    assert.ok(of3 && of4)
    const swapped = replaced([of3, { ...of4, batch: 3 }], [of4, { ...of3, batch: 4 }])
    await refused(/batch 3 does not hold what was sealed/, swapped)
    await refused(/an event of batch 3 stands outside its batch/, replaced([of4, of3, of4]))
  })

  it('shows batches that are missing, come twice, or changed places', async () => {
    const [of2, of3] = [wholeBatch(2), wholeBatch(3)]
    await refused(/^Line 8: batch 2 should come first: missing/, without(...of2))
    await refused(/^Line 8: batches 2 to 3 should come first: missing/, without(...of2, ...of3))
    await refused(/^Line 13: batch 2 comes again/, lines.toSpliced(lines.indexOf(of3[0] as Line), 0, ...of2))
    await refused(/^Line 8: batch 2 should come first/, [
      ...without(...of2).flatMap((line) => (line === of3.at(-1) ? [line, ...of2] : [line])),
    ])
    await refused(/^Line 3: batch 1 should come first/, without(...wholeBatch(1)))
  })

  it('shows that its tail was cut off, by the checkpoint that was kept elsewhere', async () => {
    const whole = without(...wholeBatch(6), ...wholeBatch(5))
    const end = { ...find(is('end')), batches: 4, events: 12 }
    const cut = whole.map((line) => (line.kind === 'end' ? end : line))
    assert.deepEqual((await judge(cut, { held: early })).faults, [], 'which an older one cannot tell')
    assert.deepEqual((await judge(cut)).faults, [
      'The file ends at batch 4 and your checkpoint is of batch 6: the last 4 events are missing.',
    ])
  })

  it('shows a file that was cut off anywhere', async () => {
    const text = lines.map(written).join('')
    for (let length = 0; length < text.length; length += 97) {
      const { faults } = await judge(text.slice(0, length), { held: early })
      assert.ok(faults.length > 0, `at ${length}`)
    }
    const [withoutEnd] = (await judge(without(find(is('end'))))).faults
    assert.match(withoutEnd ?? '', /^The file is cut off after batch 6/)
    const compressed = gzipSync(text)
    await refused(/the compressed file breaks off/, compressed.subarray(0, compressed.length - 20))
  })

  it('shows a checkpoint that was forged, left out, or is of another batch', async () => {
    const kept = find(is('checkpoint', 4))
    const other = find(is('checkpoint', 3))
    const [head = '', body = '', signature = ''] = kept.jws.split('.')
    const flipped = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`
    const put = (jws: string) => replaced([kept, { ...kept, jws }])
    await refused(/the checkpoint of batch 4 is forged: the signature/, put(`${head}.${body}.${flipped}`))
    await refused(/the checkpoint of batch 4 is forged: what was signed is another batch/, put(other.jws))
    await refused(/the checkpoint of batch 4 is not a checkpoint/, put('x'))
    await refused(/batch 4 has no checkpoint after it/, without(kept))
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    await refused(/is not a checkpoint of an audit log/, put(await signer.sign(claims, { alg: 'ES256', typ: 'JWT' })))
    await refused(/is not a checkpoint/, put(await signer.sign(claims, { alg: 'none', typ: checkpointHeader.typ })))
  })

  it('is not believed by keys that are not those of the service, whatever keys it brings', async () => {
    const { publicKey } = createTestSigner('another')
    await assert.rejects(judge(lines, { keys: [publicKey] }), /was signed with a key that you do not trust, now/)
    const { publicKey: sameName } = createTestSigner('now')
    await assert.rejects(judge(lines, { keys: [sameName] }), /is forged: the signature is not that of the key now/)
  })

  it('shows a log that was written anew from the beginning, by a key that was not yet kept', async () => {
    const thief = createTestSigner('stolen')
    const anew = await resealed({ ...find(is('batch', 1)) }, eventsOf(1).slice(1), thief.sign)
    const [head, ...others] = wholeBatch(1)
    assert.ok(head)
    const forged = replaced([head, ...anew], ...others.map((line): [Line] => [line]))
    await refused(/the checkpoint of batch 1 was signed with a key that you do not trust/, forged)
    const faults = await refused(/batch 2 was not sealed to the batch before it/, forged, {
      keys: [signer.publicKey, thief.publicKey],
    })
    assert.ok(faults.length > 0)
  })

  it('is not what was kept when the log was written anew and signed with the very key', async () => {
    const anew = openInstance(database.url, { signer })
    const forged: Line[] = [...lines.slice(0, 2)]
    let before: { hash: string | null; total: number } = { hash: null, total: 0 }
    for (const number of [1, 2, 3, 4, 5, 6]) {
      const head = find(is('batch', number))
      const events = eventsOf(number).slice(number === 2 ? 1 : 0)
      const chained = { ...head, previous: before.hash, total: before.total + head.count }
      const made = await resealed(chained, events, signer.sign)
      const [made1] = made as [LineOf<'batch'>]
      before = { hash: made1.hash, total: made1.total }
      forged.push(...made)
    }
    forged.push({ kind: 'end', batches: 6, events: 15 })
    await anew.store.close()
    const faults = await refused(/batch 6 is not the one of your checkpoint: the log was written anew/, forged)
    assert.equal(faults.length, 2)
  })

  it('does not trust what a revoked key signed, unless what a good one signed stands on it', async () => {
    const revoked = { ...signer.publicKey, revoked_at: '2026-11-25T21:00:00.000Z' }
    assert.deepEqual((await judge(lines, { keys: [revoked] })).faults, [], 'kept elsewhere up to the last batch')
    await refused(/^Nothing that was signed with a good key speaks for what comes after batch 3/, lines, {
      keys: [revoked],
      held: early,
    })
  })

  it('is refused when a line is written in another way, as one that says a thing twice', async () => {
    const text = lines.map(written).join('')
    await refused(
      /an export does not write this/,
      text.replace('"outcome":"done"', '"outcome":"refused","outcome":"done"'),
    )
    await refused(/an export does not write this/, text.replace('{"batch":2,', '{ "batch":2,'))
    await refused(/an export does not write this/, text.replace('"count":3', '"count":3.0'))
    await refused(/^Line 1: the file does not begin as an export/, 'hello\n')
    await refused(/another export begins/, `${text}${text}`)
    await refused(/something follows the end/, `${text}${text.split('\n')[2]}\n`)
  })

  it('is refused for a byte that is no text, and for what is too deep to follow', async () => {
    const text = lines.map(written).join('').replace('"done"', '"do\ufffde"')
    const [one = '', other = ''] = text.split('\ufffd')
    await refused(
      /^Line \d+ is not in UTF-8/,
      Buffer.concat([Buffer.from(one), Buffer.from([0xff]), Buffer.from(other)]),
    )
    const depth = 20_000
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`
    await refused(
      /an export does not write this/,
      lines.map(written).join('').replace('"details":{', `"details":{"a":${deep},`),
    )
  })

  it('is refused for keys that stand anywhere but on the second line', async () => {
    const [begins, keys, ...rest] = lines
    assert.ok(begins && keys)
    for (const file of [
      [begins, keys, keys, ...rest],
      [begins, ...rest],
      [begins, ...rest.slice(0, -1), keys, ...rest.slice(-1)],
    ])
      await refused(/keys stand on the second line/, file)
  })

  it('shows what another service sealed with the same key after the checkpoint, such as one made from a copy', async () => {
    const head = find(is('batch', 6))
    const jws = await signer.sign(claimsOf('https://copy.example', head, head.hash), checkpointHeader)
    const copied = replaced([find(is('checkpoint', 6)), { kind: 'checkpoint', batch: 6, jws }])
    await refused(/batch 6 was sealed by another service than your checkpoint/, copied, { held: early })
    assert.deepEqual((await judge(copied)).faults, [], 'your checkpoint vouches for it')
  })

  it('writes nothing to a terminal that could be taken for its verdict', async () => {
    const [, body, signature] = find(is('checkpoint', 2)).jws.split('.')
    const kid = '\u001b[2J\nThe audit log is as it was sealed.'
    const head = Buffer.from(JSON.stringify({ ...checkpointHeader, kid })).toString('base64url')
    const forged: Line = { kind: 'checkpoint', batch: 2, jws: `${head}.${body}.${signature}` }
    const faults = await refused(/you do not trust\.$/, replaced([find(is('checkpoint', 2)), forged]))
    assert.doesNotMatch(faults.join(), /\p{Cc}|as it was sealed\./u)
  })

  it('takes a key for revoked that was kept twice and revoked in between, and no two of one name', async () => {
    const revoked = { ...signer.publicKey, revoked_at: '2026-11-25T21:00:00.000Z' }
    for (const keys of [
      [revoked, signer.publicKey],
      [signer.publicKey, revoked],
    ])
      await refused(/^Nothing that was signed with a good key/, lines, { keys, held: early })
    const other = createTestSigner('now').publicKey
    assert.throws(() => readKeys(JSON.stringify({ keys: [signer.publicKey, other] })), /two keys have the `kid` now/)
  })

  it('is read with little memory, whatever is in it', async () => {
    const file = folder.fresh()
    await writeFile(file, Buffer.alloc(64 * 1024 * 1024, 0x20))
    const keys = readKeys(JSON.stringify({ keys: [signer.publicKey] }))
    const held = { iss: '', batch: 1, events: 1, hash: '', at: '' }
    const { faults } = await verifyExport(file, { keys, held })
    assert.match(faults[0] ?? '', /^Line 1 is longer than any line of an export/)
  })

  it('tells of twenty faults, and how many there are', async () => {
    const { faults, untold } = await judge(`${lines.map(written).join('')}${'{}\n'.repeat(50)}`)
    assert.deepEqual([faults.length, untold], [20, 30])
  })
})
