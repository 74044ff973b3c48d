import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { CreationOptionsJSON, RegistrationResponseJSON } from '@fobwatch/testkit'
import { type Database, type DatabaseServer, startDatabaseServer } from '../../machine/database.ts'
import { freePort, launcher } from '../../machine/launch.ts'
import { root } from '../../machine/root.ts'
import { readOptions } from '../../options.ts'
import { tableOf } from '../../report/table.ts'
import { runBench } from '../../run.ts'
import type { Running } from '../contender.ts'
import { addPerson, creationOptions, floor } from '../floor/index.ts'
import { contenderOf } from './index.ts'

const guide = join(root, 'docs/guides/benchmark-another-provider.md')
const tiny = ['--only', 'sign-in', '--rounds', '1', '--seconds', '1', '--people', '60', '--lanes', '2', '--quick']

const bodyOf = async (request: IncomingMessage) => JSON.parse(Buffer.concat(await request.toArray()).toString())

/** What an administrator of the floor could do, if it had any. */
const administer = (database: Database): Server => {
  const begun: CreationOptionsJSON[] = []
  return createServer(async (request, response) => {
    const person = /^\/people\/(\d+)\/device$/.exec(request.url ?? '')?.[1]
    const options = begun[Number(person) - 1]
    const body = await bodyOf(request)
    if (options) await addPerson(database, Number(person), options, body as RegistrationResponseJSON)
    else begun.push(creationOptions())
    response.end(JSON.stringify({ person: begun.length, options: begun.at(-1) }))
  })
}

describe('an adapter', { skip: process.platform !== 'linux' }, () => {
  let folder: string
  let server: DatabaseServer
  let running: Running
  let admin: Server
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-adapter-'))
    server = await startDatabaseServer(join(folder, 'postgres'))
    const database = await server.create('outside')
    running = await floor.start({ database, folder, people: 0, roles: 1, launch: launcher({ core: undefined }) })
    const port = await freePort()
    admin = administer(database).listen(port, '127.0.0.1')
    await once(admin, 'listening')
    Object.assign(process.env, {
      PROVIDER: running.origin,
      PROVIDER_ADMIN: `http://127.0.0.1:${port}`,
      CLIENT_SECRET: running.application.secret,
    })
  })
  after(async () => {
    admin?.close()
    await running?.stop()
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const run = async (name: string) => {
    const [, program = ''] = /```ts\n(.*?)```/s.exec(await readFile(guide, 'utf8')) ?? []
    const file = join(folder, `${name}.ts`)
    await writeFile(file, program)
    const options = readOptions(tiny)
    assert.ok(options !== 'help')
    return runBench({ ...options, contenders: [contenderOf(file)], pinned: false }, () => {})
  }

  it('as in the guide measures a provider that runs already, by the clock alone', async () => {
    const { signIn = {} } = await run('my-adapter')
    const figures = signIn['my-adapter']
    assert.ok(figures && figures.perSecond > 0 && figures.p99Ms > 0)
    assert.ok(Number.isNaN(figures.cpuMs))
    assert.doesNotMatch(tableOf(signIn), /NaN/)
  })

  it('that names its processes tells their CPU too', async () => {
    process.env['PIDS'] = String(running.pid)
    const { signIn = {} } = await run('with-processes')
    const figures = signIn['with-processes']
    assert.ok(figures && figures.cpuMs >= 0 && figures.memory.loadedMb > 0)
  })

  it('that is none is refused with the guide', async () => {
    const file = join(folder, 'nothing.ts')
    await writeFile(file, 'export const other = 1\n')
    const setting = { database: await server.create('none'), folder, people: 1, roles: 1 as const }
    const started = contenderOf(file).start({ ...setting, launch: launcher({ core: undefined }) })
    await assert.rejects(started, /exports no adapter: see docs\/guides/)
  })
})
