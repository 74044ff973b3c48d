import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { after, afterEach, before, describe, it } from 'node:test'
import pg from 'pg'
import { findBinaries } from './binaries.ts'
import { LocalPostgresError, startPostgres } from './index.ts'
import { chooseLauncher, commandLine } from './launcher.ts'

const query = async (url: string, sql: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** One sentence for the person at the terminal. */
const sentence = (said: RegExp) => (error: unknown) => {
  assert.ok(error instanceof LocalPostgresError, String(error))
  assert.match(error.message, said)
  assert.match(error.message, /^[^\n]+\.$/)
  return true
}

const isGone = (pid: number) => {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

const started: ChildProcess[] = []

/** Another process that supervises the folder; resolves with what it prints first. */
const superviseElsewhere = async (folder: string, before = '') => {
  const program = `
    const { startPostgres } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)})
    ${before}
    try {
      const { url } = await startPostgres({ dataDir: process.argv[1] })
      console.log(url('postgres'))
    } catch (error) {
      console.log(error.name + ': ' + error.message)
    }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  return { child, line: await firstLine(child.stdout) }
}

const firstLine = async (stream: Readable): Promise<string> => {
  for await (const line of createInterface(stream)) return line
  return ''
}

const killed = async (child: ChildProcess) => {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

describe('the embedded PostgreSQL', () => {
  let root: string
  let folder: string
  before(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'fobwatch-postgres-')))
    folder = join(root, 'kept')
    const first = await startPostgres({ dataDir: folder })
    await query(first.url('postgres'), 'create table kept (word text)')
    await first.stop()
  })
  afterEach(async () => {
    const running = started.splice(0).filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
    await Promise.all(running.map(killed))
  })
  after(() => rm(root, { recursive: true, force: true }))

  const words = async (url: string) => (await query(url, 'select word from kept')).map(({ word }) => word)
  const postmasterPid = async () => Number((await readFile(join(folder, 'data/postmaster.pid'), 'utf8')).split('\n')[0])

  it('keeps what was written from one start to the next, in UTC, durably', async () => {
    const database = await startPostgres({ dataDir: folder })
    await query(database.url('postgres'), `insert into kept values ('first')`)
    await database.stop()

    const again = await startPostgres({ dataDir: folder })
    assert.deepEqual(await words(again.url('postgres')), ['first'])
    const [set] = await query(
      again.url('postgres'),
      `select current_setting('TimeZone') zone, current_setting('fsync') fsync, current_setting('synchronous_commit') sync`,
    )
    assert.deepEqual(set, { zone: 'UTC', fsync: 'on', sync: 'on' })
    await again.stop()
  })

  it('leaves no process behind', async () => {
    const database = await startPostgres({ dataDir: folder })
    const pid = await postmasterPid()
    assert.ok(!isGone(pid))
    await Promise.all([database.stop(), database.stop()])
    assert.ok(isGone(pid))
  })

  it('lets nobody else into its folder', async () => {
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
    assert.equal((await stat(join(folder, 'password'))).mode & 0o777, 0o600)
  })

  it('makes a database once, whatever its name', async () => {
    const database = await startPostgres({ dataDir: folder })
    await database.createDatabase('a "quoted" name')
    await database.createDatabase('a "quoted" name')
    const [row] = await query(database.url('a "quoted" name'), 'select current_database() as name')
    assert.equal(row.name, 'a "quoted" name')
    await database.stop()
  })

  it('refuses a second supervisor of the same folder, in this process or another', async () => {
    const database = await startPostgres({ dataDir: folder })
    await assert.rejects(startPostgres({ dataDir: folder }), sentence(/already in use by another running copy/))
    const { line } = await superviseElsewhere(folder)
    assert.match(line, /^LocalPostgresError: .*already in use/)
    await database.stop()
  })

  it('loses nothing acknowledged when its supervisor is killed, and recovers at the next start', async () => {
    const { child, line } = await superviseElsewhere(folder)
    await query(line, `insert into kept values ('before the kill')`)
    await killed(child)

    const database = await startPostgres({ dataDir: folder })
    assert.ok((await words(database.url('postgres'))).includes('before the kill'))
    await database.stop()
  })

  it('says that it was lost when PostgreSQL is killed, and recovers at the next start', async () => {
    const database = await startPostgres({ dataDir: folder })
    await query(database.url('postgres'), `insert into kept values ('before the crash')`)
    process.kill(await postmasterPid(), 'SIGKILL')
    assert.match((await database.lost).message, /stopped by itself/)
    await database.stop()

    const again = await startPostgres({ dataDir: folder })
    assert.ok((await words(again.url('postgres'))).includes('before the crash'))
    await again.stop()
  })

  it('ends a PostgreSQL that an earlier supervisor left running, and takes over', async () => {
    const { prefix, as } = await chooseLauncher(folder)
    const launcher = {
      prefix: prefix.filter((word) => !['setpriv', '--pdeathsig', 'INT'].includes(word)),
      ...(as && { as }),
    }
    const { postgres } = await findBinaries()
    const options = ['-D', join(folder, 'data'), '-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`]
    const [program, args] = commandLine(launcher, postgres, options)
    const orphan = spawn(program, args, { ...as, cwd: folder, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
    started.push(orphan)
    const ended = once(orphan, 'exit')
    for await (const line of createInterface(orphan.stderr)) if (line.includes('ready to accept')) break

    const database = await startPostgres({ dataDir: folder })
    await ended
    assert.notEqual(await postmasterPid(), orphan.pid)
    await database.stop()
  })

  it('is not kept out by the process id of a stranger', async () => {
    const data = join(folder, 'data')
    await writeFile(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n0\n5432\n${folder}\n\n 0 0\nready\n`)
    const database = await startPostgres({ dataDir: folder })
    assert.notEqual(await postmasterPid(), process.pid)
    await database.stop()
  })

  it('starts afresh after a kill in the middle of the making', async () => {
    const half = join(root, 'half')
    await mkdir(join(half, 'data.new'), { recursive: true })
    await writeFile(join(half, 'data.new/PG_VERSION'), '18\n')
    const database = await startPostgres({ dataDir: half, durable: false })
    assert.equal((await query(database.url('postgres'), 'select 1 as one'))[0].one, 1)
    await database.stop()
  })

  it('listens on loopback with a password where the path is too long for a socket', async () => {
    const deep = join(root, 'deep'.repeat(30))
    const database = await startPostgres({ dataDir: deep, durable: false })
    const url = new URL(database.url('postgres'))
    assert.equal(url.hostname, '127.0.0.1')
    assert.equal((await query(url.href, 'show fsync'))[0].fsync, 'off')
    url.password = 'guessed'
    await assert.rejects(query(url.href, 'select 1'), /password authentication failed/)
    await database.stop()
  })

  it('says so when the folder cannot be', async () => {
    await writeFile(join(root, 'file'), '')
    await assert.rejects(startPostgres({ dataDir: join(root, 'file/database') }), sentence(/is a file, not a folder/))
  })

  it('says so when the folder may not be written', { skip: process.platform === 'win32' && 'no uids' }, async () => {
    const closed = join(root, 'closed')
    await mkdir(closed)
    await chmod(closed, 0o555)
    // Root may write anywhere, so the one who tries is not root.
    const { line } = await superviseElsewhere(
      join(closed, 'database'),
      'if (process.getuid() === 0) process.setuid(65534)',
    )
    assert.match(line, /^LocalPostgresError: Cannot keep a database in .*: there is no permission to write there\.$/)
  })

  it('says so when the database is of another version', async () => {
    const old = join(root, 'old')
    await mkdir(join(old, 'data'), { recursive: true })
    await writeFile(join(old, 'data/PG_VERSION'), '15\n')
    await assert.rejects(startPostgres({ dataDir: old }), sentence(/is PostgreSQL 15's, and this is 18/))
  })

  it('says why when PostgreSQL does not start', async () => {
    await assert.rejects(
      startPostgres({ dataDir: folder, settings: { max_connections: 'plenty' } }),
      sentence(/max_connections/),
    )
    const database = await startPostgres({ dataDir: folder })
    await database.stop()
  })
})
