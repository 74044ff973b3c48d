import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { readOptions } from './options.ts'
import { jsonOf } from './report/json.ts'
import { tableOf } from './report/table.ts'
import { type Results, runBench } from './run.ts'

const tiny = ['--only', 'sign-in', '--rounds', '1', '--seconds', '1', '--people', '30', '--lanes', '2']

describe('a tiny run of the benchmark', { skip: process.platform !== 'linux' }, () => {
  let results: Results
  before(async () => {
    const options = readOptions([...tiny, '--contenders', 'fobwatch,floor', '--quick', '--two-roles'])
    assert.ok(options !== 'help')
    results = await runBench({ ...options, pinned: false }, () => {})
  })

  it('gives one line of JSON, by scenario and contender', () => {
    const json = jsonOf(results)
    assert.ok(!json.includes('\n'))
    const { signIn } = JSON.parse(json)
    assert.deepEqual(Object.keys(signIn), ['fobwatch', 'floor'])
    const numbers = ['perSecondPerCore', 'cpuMs', 'databaseCpuMs', 'p50Ms', 'p95Ms', 'p99Ms', 'ratioToFloor']
    for (const figures of Object.values<Record<string, unknown>>(signIn))
      for (const name of numbers) assert.equal(typeof figures[name], 'number', name)
    assert.equal(signIn.floor.ratioToFloor, 1)
    assert.ok(signIn.fobwatch.statements > signIn.floor.statements && signIn.floor.statements === 6)
  })

  it('gives a table for people', () => {
    assert.match(tableOf(results['signIn'] ?? {}), /\| a second per core +\| \d+ +\| \d+ +\|/)
  })
})

describe('what may be asked of the benchmark', () => {
  it('refuses what it does not know, in a sentence', () => {
    assert.throws(() => readOptions(['--only', 'nothing']), /There is no nothing, but: sign-in/)
    assert.throws(() => readOptions(['--rounds', '0']), /--rounds must be a whole number above 0/)
  })
})
