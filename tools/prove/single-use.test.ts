import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createTestDatabase } from '@fobwatch/testkit'
import { type Answer, judge } from './single-use/judge.ts'
import { kinds } from './single-use/kinds.ts'
import { proveKind } from './single-use/prove-kind.ts'
import { setStage } from './stage/set-stage.ts'

const few = 3

describe('what may be used once, by sixteen at once over two instances', () => {
  const undo: (() => Promise<void>)[] = []
  let stage: Awaited<ReturnType<typeof setStage>>
  before(async () => {
    const { url, drop } = await createTestDatabase()
    undo.push(drop)
    stage = await setStage({ instances: 2, databaseUrl: url })
    undo.push(stage.strike)
  })
  after(async () => {
    for (const each of undo.reverse()) await each()
  })

  for (const kind of kinds)
    it(`${kind.name}: ${kind.says}`, async () => {
      const setting = { count: few, lanes: 2, deadline: Number.POSITIVE_INFINITY, say: () => {} }
      const { faults, successes, races } = await proveKind(stage, kind, setting)
      assert.deepEqual(faults, [], await stage.logs())
      assert.deepEqual([races, successes], [few, few])
    })
})

describe('the judge of a race', () => {
  const rule = { tooLate: ['spent'] }
  const won: Answer = { instance: 0, status: 200, error: undefined }
  const late: Answer = { instance: 1, status: 410, error: 'spent' }

  it('is content with one success', () => {
    assert.equal(judge([late, won, late], rule), undefined)
  })

  it('is not content with two, or with none', () => {
    assert.match(judge([won, late, won], rule) ?? '', /2 of 3 succeeded/)
    assert.match(judge([late, late], rule) ?? '', /0 of 2 succeeded/)
  })

  it('is not content with a server error, nor with a refusal for another reason', () => {
    assert.match(judge([won, { ...late, status: 503 }], rule) ?? '', /answered 503/)
    assert.match(judge([won, { ...late, error: 'cross_site' }], rule) ?? '', /refused with 410 cross_site/)
  })
})
