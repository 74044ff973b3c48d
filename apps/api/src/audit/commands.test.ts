import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { compileCache, createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { createFolder, createTestSigner, type Folder } from './chain.testing.ts'

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))

describe('fobwatch audit', () => {
  let database: TestDatabase
  let environment: NodeJS.ProcessEnv
  let folder: Folder
  let file: string
  let keys: string
  let checkpoint: string
  const path = { PATH: process.env['PATH'], ...compileCache }
  const fobwatch = (words: string[], env: NodeJS.ProcessEnv = environment) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      execFile(process.execPath, [cli, 'audit', ...words], { env }, (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, out, err })
      })
    })
  /** With nothing but files: no database, no configuration. */
  const verify = (file: string, keysFile = keys, held = checkpoint) =>
    fobwatch(['verify', file, '--keys', keysFile, '--checkpoint', held], path)
  const kept = async (text: string) => {
    const name = folder.fresh('kept')
    await writeFile(name, text)
    return name
  }

  before(async () => {
    folder = await createFolder()
    database = await createTestDatabase()
    environment = {
      ...path,
      DATABASE_URL: database.url,
      FOBWATCH_MASTER_KEY: randomBytes(32).toString('base64'),
    }
    // Opening the house makes its first keys, which is recorded.
    checkpoint = await kept((await fobwatch(['checkpoint'])).out)
    keys = await kept((await fobwatch(['keys'])).out)
    file = folder.fresh('jsonl.gz')
    const { code, err } = await fobwatch(['export', file])
    assert.equal(code, 0, err)
  })
  after(async () => {
    await database.drop()
    await folder.remove()
  })

  it('verifies an export with nothing but files', async () => {
    const { code, out, err } = await verify(file)
    assert.match(out, /^The audit log is as it was sealed: \d+ events in 2 batches\. The last 1 batch came after your/)
    assert.deepEqual([code, err], [0, ''])
  })

  it('writes it for its owner alone, and over no other file', async () => {
    assert.equal((await stat(file)).mode & 0o077, 0)
    const before = await readFile(file)
    const { code, err } = await fobwatch(['export', file])
    assert.deepEqual([code, err], [1, `${file} is there already, and is left as it is.\n`])
    assert.deepEqual(await readFile(file), before)
  })

  it('ends with 1 and says what is wrong when something is', async () => {
    const plain = folder.fresh()
    await fobwatch(['export', plain])
    const forged = await kept((await readFile(plain, 'utf8')).replace('"outcome":"done"', '"outcome":"refused"'))
    const { code, out } = await verify(forged)
    assert.equal(code, 1)
    assert.match(out, /^This is not the audit log as it was sealed\.\nLine 4: event 1 of batch 1 was changed/)
  })

  it('ends with 1 when the checkpoint or the export was signed with a key that was not kept', async () => {
    const { publicKey } = createTestSigner('another')
    const others = await kept(JSON.stringify({ keys: [publicKey] }))
    const { code, out } = await verify(file, others)
    assert.equal(code, 1)
    assert.match(out, /^The checkpoint that you gave was signed with a key that you do not trust, /)
  })

  it('ends with 2 when it cannot be tried', async () => {
    const nothing = folder.fresh('nothing')
    for (const [words, sentence] of [
      [['verify', file], /^It is: fobwatch audit verify FILE --keys KEYS --checkpoint CHECKPOINT\n$/],
      [['verify', nothing, '--keys', keys, '--checkpoint', checkpoint], /nothing cannot be read\.\n$/],
      [['verify', file, '--keys', nothing, '--checkpoint', checkpoint], /nothing cannot be read\.\n$/],
      [['verify', file, '--keys', file, '--checkpoint', checkpoint], /holds no keys that can be used/],
      [['verify', file, '--keys', keys, '--checkpoint', nothing], /nothing cannot be read\.\n$/],
    ] as const) {
      const { code, out, err } = await fobwatch([...words], path)
      assert.deepEqual([code, out], [2, ''])
      assert.match(err, sentence)
    }
  })
})
