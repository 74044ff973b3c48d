import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { compileCache } from '@fobwatch/testkit'
import { root } from './programs.ts'
import { keepEnvironment } from './starting/data-folder.ts'

const DATABASE_URL = 'postgresql://nobody@127.0.0.1:1/nothing'

describe('npm run fobwatch', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-command-'))
    await keepEnvironment(folder, { DATABASE_URL, FOBWATCH_MASTER_KEY: randomBytes(32).toString('base64') })
  })
  after(() => rm(folder, { recursive: true }))

  const fobwatch = (words: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const inFolder = { PATH: process.env['PATH'], ...compileCache, FOBWATCH_DATA_DIR: folder, ...env }
      execFile(process.execPath, [join(root, 'tools/fobwatch.ts'), ...words], { env: inFolder }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      )
    })

  it('says that the demonstration must be started first', async () => {
    const err = 'The demonstration is not running. Start it with npm start first.\n'
    assert.deepEqual(await fobwatch(['paused']), { code: 1, out: '', err })
  })

  it('speaks of the database where the environment names one', async () => {
    const err = 'The database does not answer. Is DATABASE_URL right, and is PostgreSQL running?\n'
    assert.deepEqual(await fobwatch(['paused'], { DATABASE_URL }), { code: 1, out: '', err })
  })

  it('does without it what needs no database', async () => {
    const { code, out } = await fobwatch(['--help'])
    assert.equal(code, 0)
    assert.match(out, /fobwatch paused/)
  })
})
