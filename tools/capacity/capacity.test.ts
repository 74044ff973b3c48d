import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { root } from '../programs.ts'
import { usual } from './assumptions.ts'
import { type Costs, costsIn, readCosts } from './costs.ts'
import { reckon } from './reckon.ts'
import { tableOf, withTable } from './table.ts'

const costs: Costs = { signIn: { apiMs: 5, databaseMs: 2 }, onward: undefined, refresh: undefined, source: 'a test' }

describe('how much is needed', () => {
  it('is what a second of the busiest minutes costs, with the headroom', () => {
    const assumed = {
      ...usual,
      staff: 360_000,
      working: 100,
      'sign-ins': 1,
      onward: 0,
      refreshes: 0,
      peak: 10,
      burst: 2,
    }
    const needs = reckon(costs, { ...assumed, load: 50, 'cores-each': 1, spare: 1, connections: 9 })
    assert.deepEqual(needs.perSecond, { signIns: 20, onward: 0, refreshes: 0 })
    assert.deepEqual(needs.busy, { api: 0.1, database: 0.04 })
    assert.deepEqual([needs.cores.api, needs.cores.database, needs.instances, needs.connections], [1, 1, 2, 20])
    assert.deepEqual([needs.memory, needs.commits], [1, 20 * usual['sign-in-commits']])
    const [bytes, wal] = [360_000 * usual['sign-in-bytes'], 360_000 * usual['sign-in-wal']]
    assert.deepEqual([needs.disk.perDay, needs.disk.walPerDay], [bytes / 1e9, wal / 1e9])
  })

  it('has sessions for as many days as they are kept, and the log for as many years', () => {
    const assumed = { ...usual, staff: 1_000_000, working: 100, 'sign-ins': 2, onward: 3, refreshes: 0 }
    const { disk } = reckon(costs, { ...assumed, 'session-days': 90, 'session-bytes': 1_000, 'onward-bytes': 100 })
    assert.equal(disk.sessions, 207)
    const longer = reckon(costs, { ...assumed, 'session-days': 180, 'session-bytes': 1_000, 'onward-bytes': 100 })
    assert.ok(Math.abs(longer.disk.atTheEnd - disk.atTheEnd - 207) < 1e-6)
    assert.equal(longer.disk.perDay, disk.perDay)
  })

  it('takes a share of a sign-in for what was not measured, and what was measured where it was', () => {
    const assumed = {
      ...usual,
      'sign-ins': 0,
      onward: 0,
      refreshes: 36,
      staff: 100_000,
      working: 100,
      peak: 10,
      burst: 1,
    }
    assert.ok(Math.abs(reckon(costs, assumed).busy.api - 100 * 0.001) < 1e-9)
    const refresh = { apiMs: 2, databaseMs: 1 }
    assert.ok(Math.abs(reckon({ ...costs, refresh }, assumed).busy.api - 100 * 0.002) < 1e-9)
  })

  it('is read from what the benchmark prints', () => {
    const json = JSON.stringify({ signIn: { fobwatch: { cpuMs: 3, databaseCpuMs: 1.5 }, floor: {} }, refresh: {} })
    const { signIn, refresh } = costsIn(json)
    assert.deepEqual([signIn, refresh], [{ apiMs: 3, databaseMs: 1.5 }, undefined])
    assert.throws(() => costsIn('{"signIn":{"floor":{"cpuMs":1}}}'), /no signIn\.fobwatch/)
  })

  for (const [words, sentence] of [
    [['--load', '0'], '--load must be a number, above 0.'],
    [['--cores-each', '0'], '--cores-each must be a number, above 0.'],
    [['--staff', 'many'], '--staff must be a number, 0 or more.'],
    [['--nonsense', '3'], "Unknown option '--nonsense'. `npm run capacity -- --help` lists the options."],
    [['--load', '-1'], "Option '--load' argument is ambiguous. `npm run capacity -- --help` lists the options."],
  ] as const)
    it(`is not said of ${words.join(' ')}, but a sentence, and the exit code is 2`, async () => {
      const { promise, resolve } = Promise.withResolvers<unknown[]>()
      execFile(process.execPath, [join(root, 'tools/capacity.ts'), ...words], (error, out, said) =>
        resolve([error?.code, out, said]),
      )
      assert.deepEqual(await promise, [2, '', `${sentence}\n`])
    })

  it('stands in the guide as it is reckoned now (npm run capacity -- --write)', async () => {
    const guide = await readFile(join(root, 'docs/guides/many-machines.md'), 'utf8')
    assert.equal(guide, withTable(guide, tableOf(await readCosts(), usual)))
  })
})
