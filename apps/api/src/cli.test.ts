import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  attestationRootPem,
  compileCache,
  createMetadataAuthority,
  createTestDatabase,
  metadataEntry,
  type TestDatabase,
  testAaguid,
} from '@fobwatch/testkit'

const cli = fileURLToPath(new URL('cli.ts', import.meta.url))

interface Ended {
  code: number
  out: string
  err: string
}

describe('fobwatch', () => {
  let database: TestDatabase
  let environment: NodeJS.ProcessEnv

  before(async () => {
    database = await createTestDatabase()
    environment = {
      PATH: process.env['PATH'],
      ...compileCache,
      DATABASE_URL: database.url,
      FOBWATCH_MASTER_KEY: randomBytes(32).toString('base64'),
    }
  })
  after(() => database.drop())

  const fobwatch = (words: string[], env = environment): Promise<Ended> =>
    new Promise((resolve) => {
      execFile(process.execPath, [cli, ...words], { env }, (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, out, err })
      })
    })
  const refused = async (sentence: string, words: string[], env = environment) =>
    assert.deepEqual(await fobwatch(words, env), { code: 1, out: '', err: `${sentence}\n` })

  it('says what it can do', async () => {
    const { code, out } = await fobwatch(['--help'], {})
    assert.equal(code, 0)
    assert.match(out, /fobwatch seed-demonstration/)
  })

  it('has nothing to migrate in a database that is up to date', async () => {
    assert.deepEqual(await fobwatch(['migrate']), { code: 0, out: 'There was nothing to apply.\n', err: '' })
  })

  it('lists the signing keys, and ends one that leaked', async () => {
    const { code, out } = await fobwatch(['keys', 'list'])
    assert.equal(code, 0)
    const [line = ''] = out.split('\n').filter((each) => each.includes('\tES256\tsigns\t'))
    const [kid = ''] = line.split('\t')
    assert.match((await fobwatch(['keys', 'revoke', kid])).out, /is revoked; \S+ signs instead\.\n$/)
    await refused('No key that is published has this id.', ['keys', 'revoke', kid])
    await refused('It is one of: fobwatch keys list, fobwatch keys rotate, fobwatch keys revoke', ['keys'])
  })

  it('takes the demonstration from nothing to its first manager', async () => {
    const seeded = await fobwatch(['seed-demonstration', '--json'])
    assert.equal(seeded.code, 0, seeded.err)
    const { people, firstManager } = JSON.parse(seeded.out)
    assert.equal(people.length, 14)
    assert.match(people[0].url, /^http:\/\/localhost:3000\/enrol#[A-Za-z0-9_-]{43}$/)

    const { staffId, organisationCode } = firstManager
    const made = await fobwatch(['become-first-manager', staffId, organisationCode])
    assert.match(made.out, /^\d{12} is the first registration authority manager, at ZZX01 and everything below it\.\n/)
    assert.match(
      made.out,
      /stopped working\. Here is a new one:\nhttp:\/\/localhost:3000\/enrol#[\w-]{43}\nIt works once/,
    )
    await refused('There is a registration authority manager already.', [
      'become-first-manager',
      staffId,
      organisationCode,
    ])

    const invited = await fobwatch(['invite', staffId])
    assert.match(invited.out, /^http:\/\/localhost:3000\/enrol#[A-Za-z0-9_-]{43}\n/)

    const seen = await fobwatch(['invite', staffId, '--how', 'in-person'])
    assert.match(seen.out, /^http/)

    const again = await fobwatch(['seed-demonstration'])
    assert.match(again.out, /Ngozi Fairweather, nurse +http:\/\/localhost:3000\/enrol#/)
    assert.ok(!again.out.includes('become-first-manager'))
  })

  describe('about who made the devices', () => {
    let folder: string
    const write = async (name: string, text: string) => {
      await writeFile(join(folder, name), text)
      return join(folder, name)
    }
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'fobwatch-cli-'))
    })
    after(() => rm(folder, { recursive: true }))

    it('loads metadata that is newer, and says which there is', async () => {
      const { rootPem, hostName, signBlob } = createMetadataAuthority({ algorithm: 'ES256' })
      const env = {
        ...environment,
        FOBWATCH_METADATA_ROOTS_FILE: await write('roots.pem', rootPem),
        FOBWATCH_METADATA_SIGNER: hostName,
      }
      const said = async (...words: string[]) => (await fobwatch(words, env)).out
      const fileOf = (number: number, nextUpdate: string) =>
        write(
          `${number}.jwt`,
          signBlob({ number, nextUpdate, entries: [metadataEntry({ aaguid: testAaguid, roots: [] })] }),
        )

      assert.equal(await said('metadata', 'status'), 'There is no metadata.\n')
      assert.equal(await said('metadata', 'load', await fileOf(7, '2999-12-01')), 'Loaded number 7.\n')
      assert.equal(
        await said('metadata', 'load', await fileOf(6, '2999-12-01')),
        'Number 6 is not newer than the one there is.\n',
      )
      assert.equal(
        await said('metadata', 'status'),
        'Number 7, with 1 model, of which 0 must not be used.\nIts next update is due on 2999-12-01.\nIt is believed until 2999-12-15.\n',
      )
      await said('metadata', 'load', await fileOf(8, '2001-12-01'))
      assert.match(await said('metadata', 'status'), /It is too old to be believed/)
      assert.match((await fobwatch(['metadata', 'status'])).out, /not signed by the configured publisher/)
      await refused('The metadata is not a signed blob.', ['metadata', 'load', await write('no.jwt', 'nonsense')], env)
      await refused('/nowhere cannot be read.', ['metadata', 'load', '/nowhere'], env)
    })

    it('adds, lists and removes anchors', async () => {
      const [ofSandbox = ''] = (await fobwatch(['anchors', 'list'])).out.split('\t')
      assert.equal((await fobwatch(['anchors', 'remove', ofSandbox])).code, 0, 'that of the demonstration')
      const file = await write('root.pem', attestationRootPem)
      const added = await fobwatch(['anchors', 'add', file, '--name', 'Our iPads', '--hardware', '--platform', 'ios'])
      const id = added.out.trim()
      assert.equal((await fobwatch(['anchors', 'list'])).out, `${id}\teveryone\thardware\tios\tOur iPads\n`)
      await refused('--platform can be ios, and nothing else.', [
        ...['anchors', 'add', file, '--name', 'n', '--platform', 'tvos'],
      ])
      await refused('No organisation has the code NONE.', [
        ...['anchors', 'add', file, '--name', 'n', '--organisation', 'NONE'],
      ])
      assert.equal((await fobwatch(['anchors', 'remove', id])).out, `${id} is an anchor no longer.\n`)
      await refused('No anchor has this id.', ['anchors', 'remove', id])
      assert.equal((await fobwatch(['anchors', 'list'])).out, 'There are no anchors.\n')
    })
  })

  it('says in one sentence what is wrong', async () => {
    await refused('A staff id has 12 digits.', ['invite', '12345'])
    await refused('--how must be in-person, video or link.', ['invite', '912345678901', '--how', 'phone'])
    await refused('It is: fobwatch invite STAFF_ID [--how in-person|video|link]', ['invite'])
    await refused('--relying-app must be an origin, such as http://localhost:3001.', [
      'seed-demonstration',
      '--relying-app',
      'http://localhost:3001/',
    ])
    await refused('Nobody has the staff id 999999999999.', ['invite', '999999999999'])
    await refused('The database does not answer. Is DATABASE_URL right, and is PostgreSQL running?', ['migrate'], {
      ...environment,
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing',
    })
    const lacked = new URL(environment['DATABASE_URL'] ?? '')
    lacked.pathname = '/nothing'
    await refused('database "nothing" does not exist', ['migrate'], { ...environment, DATABASE_URL: lacked.href })
  })

  it('names what is missing in the environment', async () => {
    const { code, err } = await fobwatch(['migrate'], {})
    assert.equal(code, 1)
    assert.match(err, /DATABASE_URL must be given/)
    assert.match(err, /FOBWATCH_MASTER_KEY must be given/)
  })
})
