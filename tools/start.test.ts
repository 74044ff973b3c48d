import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, it } from 'node:test'
import { root } from './programs.ts'
import { freePort } from './starting/ports.ts'

const nothing = {
  FOBWATCH_ISSUER: '',
  FOBWATCH_MASTER_KEY: '',
  FOBWATCH_MASTER_KEY_FILE: '',
  RELYING_APP_URL: '',
  HOST: '',
}

describe('npm start', () => {
  let folder: string
  let ports: { PORT: string; RELYING_APP_PORT: string }
  const started: ChildProcess[] = []
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-start-'))
    ports = { PORT: String(await freePort()), RELYING_APP_PORT: String(await freePort()) }
  })
  after(async () => {
    for (const child of started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  })

  /** Starts it, and hears what it says until it is up or has ended. */
  const start = async (env: NodeJS.ProcessEnv = {}) => {
    const child = spawn(process.execPath, [join(root, 'tools/start.ts')], {
      env: { ...process.env, ...nothing, ...ports, DATABASE_URL: '', FOBWATCH_DATA_DIR: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    started.push(child)
    const ended = once(child, 'exit')
    const said: string[] = []
    const complaints: string[] = []
    createInterface(child.stderr).on('line', (line) => complaints.push(line))
    const up = Promise.withResolvers<void>()
    createInterface(child.stdout).on('line', (line) => {
      said.push(line)
      if (line.startsWith('Ctrl-C')) up.resolve()
    })
    await Promise.race([up.promise, once(child, 'close')])
    return { child, ended, said: said.join('\n'), complaints }
  }
  type Start = Awaited<ReturnType<typeof start>>

  const answers = async (path: string, port = ports.PORT): Promise<number> =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      ({ status }) => status,
      () => 0,
    )
  const linksOf = ({ said }: Start): string[] => said.match(/\/enrol#[\w-]{43}$/gm) ?? []

  let first: Start

  it('serves both, and prints their addresses, a link for each person, and how to become the first manager', async () => {
    first = await start()
    assert.deepEqual(first.complaints, [])
    assert.equal(await answers('/health/ready'), 200)
    assert.equal(await answers('/enrol'), 200)
    assert.equal(await answers('/', ports.RELYING_APP_PORT), 200)
    assert.ok(first.said.includes(`http://localhost:${ports.PORT}\n`), first.said)
    assert.ok(first.said.includes(`http://localhost:${ports.RELYING_APP_PORT}\n`), first.said)
    assert.ok(linksOf(first).length >= 12, first.said)
    assert.match(first.said, /^ {2}\d{12} {2}Rhodri Fennimoor, no role at first +http/m)
    assert.match(first.said, /npm run fobwatch -- become-first-manager \d{12} \w+/)
  })

  it('lets the service into its database as a user who owns nothing, and tells it of no other', async () => {
    const kept = await readFile(join(folder, 'environment'), 'utf8')
    assert.match(kept, /^DATABASE_URL='postgresql:\/\/fobwatch_service[:@]/m)
    assert.match(kept, /^MIGRATION_DATABASE_URL='postgresql:\/\/fobwatch[:@]/m)
    const log = await readFile(join(folder, 'service.log'), 'utf8')
    assert.match(log, /listening/i)
    assert.doesNotMatch(log, /superuser/)
  })

  it('refuses a port that is in use, in one sentence', async () => {
    const { ended, complaints } = await start()
    assert.deepEqual(await ended, [1, null])
    assert.equal(complaints.length, 1)
    assert.match(complaints[0] ?? '', /^Port \d+ is already in use: .* set PORT to another\.$/)
  })

  it('refuses data that another start has, in one sentence', async () => {
    const others = { PORT: String(await freePort()), RELYING_APP_PORT: String(await freePort()) }
    const { ended, complaints } = await start(others)
    assert.deepEqual(await ended, [1, null])
    assert.equal(complaints.length, 1)
    assert.match(
      complaints[0] ?? '',
      /already in use by another running copy: .* Or set FOBWATCH_DATA_DIR to another folder\.$/,
    )
  })

  it('refuses a database that does not answer, in one sentence', async () => {
    const nobody = String(await freePort())
    const others = { PORT: String(await freePort()), RELYING_APP_PORT: String(await freePort()) }
    const FOBWATCH_DATA_DIR = join(folder, 'other')
    const DATABASE_URL = `postgresql://somebody@127.0.0.1:${nobody}/nothing`
    const { ended, complaints } = await start({ ...others, FOBWATCH_DATA_DIR, DATABASE_URL })
    assert.deepEqual(await ended, [1, null])
    assert.deepEqual(complaints, ['The database does not answer. Is DATABASE_URL right, and is PostgreSQL running?'])
  })

  it('leaves nothing that listens when it is killed, and starts again with new links', async () => {
    first.child.kill('SIGKILL')
    // Whoever holds the other ends of its pipes is gone when they close; its children have pipes of their own.
    await first.ended
    await untilSilent()
    const second = await start()
    assert.deepEqual(second.complaints, [])
    assert.equal(linksOf(second).length, linksOf(first).length)
    assert.deepEqual(
      linksOf(second).filter((link) => linksOf(first).includes(link)),
      [],
    )
    second.child.kill('SIGTERM')
    assert.deepEqual(await second.ended, [0, null])
    assert.equal(await answers('/health/live'), 0)
    assert.equal(await answers('/', ports.RELYING_APP_PORT), 0)
  })

  /** The service may finish what it does; nothing here depends on how long that takes. */
  const untilSilent = async () => {
    while ((await answers('/health/live')) + (await answers('/', ports.RELYING_APP_PORT)) > 0) await undefined
  }

  it('refuses another RP ID than that of the first start, and says what it would break', async () => {
    const { ended, complaints } = await start({ FOBWATCH_ISSUER: 'https://id.example.org' })
    assert.deepEqual(await ended, [1, null])
    assert.equal(complaints.length, 1)
    assert.match(complaints[0] ?? '', /RP ID localhost.*No passkey .* would work any more/)
  })
})
