import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'

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

  it('takes the demonstration from nothing to its first manager', async () => {
    const seeded = await fobwatch(['seed-demonstration', '--json'])
    assert.equal(seeded.code, 0, seeded.err)
    const { links, firstManager } = JSON.parse(seeded.out)
    assert.equal(links.length, 13)
    assert.match(links[0].url, /^http:\/\/localhost:3000\/enrol#[A-Za-z0-9_-]{43}$/)

    const { staffId, organisationCode } = firstManager
    const made = await fobwatch(['become-first-manager', staffId, organisationCode])
    assert.equal(
      made.out,
      `${staffId} is the first registration authority manager, at ZZX01 and everything below it.\n`,
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
  })

  it('names what is missing in the environment', async () => {
    const { code, err } = await fobwatch(['migrate'], {})
    assert.equal(code, 1)
    assert.match(err, /DATABASE_URL must be given/)
    assert.match(err, /FOBWATCH_MASTER_KEY must be given/)
  })
})
