import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { whileLocked } from './lock.mjs'

describe('the lock of an install', () => {
  let folder: string
  let file: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-lock-'))
    file = join(folder, 'lock')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('lets one work at a time, and tells the other to wait', async () => {
    const order: string[] = []
    const [holding, waiting] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const first = whileLocked(file, assert.fail, async () => {
      holding.resolve()
      await waiting.promise
      order.push('first')
    })
    await holding.promise
    const second = whileLocked(
      file,
      () => waiting.resolve(),
      async () => order.push('second'),
    )
    await Promise.all([first, second])
    assert.deepEqual(order, ['first', 'second'])
    assert.equal(existsSync(file), false)
  })

  it('is taken over from a process that died', async () => {
    // No process has this number: it is above the largest that systems give.
    await writeFile(file, '99999999')
    assert.equal(await whileLocked(file, assert.fail, async () => 'done'), 'done')
  })

  it('is taken over from one that stopped saying that it lives', async () => {
    await writeFile(file, String(process.pid))
    const longAgo = new Date(Date.now() - 60_000)
    await utimes(file, longAgo, longAgo)
    assert.equal(await whileLocked(file, assert.fail, async () => 'done'), 'done')
  })

  it('is let go when the work fails', async () => {
    await assert.rejects(
      whileLocked(file, assert.fail, () => Promise.reject(new Error('no'))),
      /no/,
    )
    assert.equal(existsSync(file), false)
  })
})
