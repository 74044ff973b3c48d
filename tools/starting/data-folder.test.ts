import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { parseEnv } from 'node:util'
import { Failure } from '../failure.ts'
import { environmentFile, keepEnvironment, prepareDataFolder, provideMasterKey } from './data-folder.ts'

describe('the data folder', () => {
  let root: string
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'fobwatch-data-'))
  })
  after(() => rm(root, { recursive: true, force: true }))

  const mode = async (path: string) => (await stat(path)).mode & 0o777

  it('is for its owner alone', async () => {
    await prepareDataFolder(join(root, 'new'))
    assert.equal(await mode(join(root, 'new')), 0o700)
  })

  it('says in a sentence why it cannot be', async () => {
    await writeFile(join(root, 'file'), '')
    await assert.rejects(
      prepareDataFolder(join(root, 'file', 'data')),
      (error) =>
        error instanceof Failure && /a part of that path is a file\. Set FOBWATCH_DATA_DIR/.test(error.message),
    )
  })

  it('keeps one master key, of 32 bytes, that only its owner can read', async () => {
    const file = await provideMasterKey(root)
    const key = await readFile(file, 'utf8')
    assert.equal(Buffer.from(key, 'base64').length, 32)
    assert.equal(await mode(file), 0o600)
    await provideMasterKey(root)
    assert.equal(await readFile(file, 'utf8'), key)
  })

  it('keeps settings as they were given, for the commands', async () => {
    const values = { DATABASE_URL: `postgresql://fobwatch@localhost/x?host=%2Fhome%2Fo'neill`, PORT: '3000' }
    await keepEnvironment(root, values)
    assert.deepEqual({ ...parseEnv(await readFile(environmentFile(root), 'utf8')) }, values)
    assert.equal(await mode(environmentFile(root)), 0o600)
  })
})
