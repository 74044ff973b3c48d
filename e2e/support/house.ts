import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createTestDatabase } from '@fobwatch/testkit'
import type { Metadata } from './chromium-model.ts'

const fileOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new Error('No port')
  return address.port
}

/** A demonstration person, and their link to set up a device. */
export interface Player {
  name: string
  job: string
  url: string
}

/** The service and its neighbour, running, with the demonstration in it. */
export interface House {
  issuer: string
  ward: string
  /** A folder for files that commands read. */
  folder: string
  players: Player[]
  firstManager: { staffId: string; organisationCode: string }
  /** Gives a person the service operator's duty everywhere, as another operator would. */
  makeOperator: (staffId: string) => Promise<void>
  /** Runs SQL of a story's own, for what others do meanwhile. */
  run: (sql: string) => Promise<void>
  /** Runs the operator's command. @returns what it printed */
  fobwatch: (...args: string[]) => Promise<string>
  stop: () => Promise<void>
}

const started = async (file: string, env: NodeJS.ProcessEnv, healthUrl: string): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [fileOf(file)], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  // The first line of its log says that it listens; until then a request would only be refused.
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${code}`)
  })
  exited.catch(() => {})
  const listening = (async () => {
    for await (const _line of child.stdout ?? []) if ((await fetch(healthUrl).catch(() => undefined))?.ok) return
  })()
  await Promise.race([listening, exited])
  child.stdout?.resume()
  return child
}

const stopped = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}

/** Writes metadata where the service can read it. @returns what it is told of it */
const laidOut = async (folder: string, metadata: Metadata | undefined): Promise<NodeJS.ProcessEnv> => {
  if (!metadata) return {}
  const [blob, roots] = [join(folder, 'blob.jwt'), join(folder, 'roots.pem')]
  await Promise.all([writeFile(blob, metadata.blob), writeFile(roots, metadata.rootPem)])
  return {
    FOBWATCH_METADATA_FILE: blob,
    FOBWATCH_METADATA_ROOTS_FILE: roots,
    FOBWATCH_METADATA_SIGNER: metadata.signer,
  }
}

// By command only the first is made.
const giveDuty = `
  with made as (
    insert into position (id, organisation_id, name, duty_code, created_at)
    select gen_random_uuid(), id, 'Service operator ' || $1::text, 'service-operator', now() from organisation
    where parent_id is null returning id)
  insert into assignment (id, person_id, position_id, starts_at, created_at)
  select lpad((random() * 1e11)::bigint::text, 12, '9'), p.id, made.id, now(), now()
  from made, person p where p.staff_id = $1::text`

/** What the houses of one worker are built on, one after the other. */
export interface Ground {
  /**
   * Starts the service and the ward application on a database of their own, as `npm start` does.
   * @param metadata of the authenticators that it is to know
   */
  startHouse: (metadata?: Metadata) => Promise<House>
  clear: () => Promise<void>
}

/** Prepares two addresses, and the demonstration, whose links and applications name them: each house gets a copy. */
export const prepareGround = async (): Promise<Ground> => {
  const seeded = await createTestDatabase()
  const [port, wardPort] = [await freePort(), await freePort()]
  const issuer = `http://localhost:${port}`
  const ward = `http://localhost:${wardPort}`
  const common = {
    ...process.env,
    PORT: String(port),
    FOBWATCH_MASTER_KEY: randomBytes(32).toString('base64'),
    FOBWATCH_MAILBOX: 'on',
    FOBWATCH_WORKERS: '1',
    FOBWATCH_DRAIN_SECONDS: '0',
    FOBWATCH_LONGEST_DELAY: '600000',
    FOBWATCH_OUTBOUND_ALLOWED: 'localhost,127.0.0.1,::1',
  }
  const wardEnv = { ...process.env, PORT: String(wardPort), FOBWATCH_ISSUER: issuer, RELYING_APP_URL: ward }
  const command =
    (env: NodeJS.ProcessEnv) =>
    async (...args: string[]) =>
      (await promisify(execFile)(process.execPath, [fileOf('apps/api/src/cli.ts'), ...args], { env })).stdout

  const seed = command({ ...common, DATABASE_URL: seeded.url })
  const { people: players, firstManager } = JSON.parse(
    await seed('seed-demonstration', '--json', '--relying-app', ward),
  )

  const startHouse = async (metadata?: Metadata): Promise<House> => {
    const [database, folder] = [await createTestDatabase(seeded), await mkdtemp(join(tmpdir(), 'fobwatch-house-'))]
    const env = { ...common, DATABASE_URL: database.url, ...(await laidOut(folder, metadata)) }
    const service = await started('apps/api/src/main.ts', env, `${issuer}/health/ready`)
    const relyingApp = await started('apps/relying-app/src/main.ts', wardEnv, `${ward}/health/live`)
    const stop = async () => {
      await Promise.all([stopped(relyingApp), stopped(service)])
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    }
    const makeOperator = (staffId: string) => database.run(giveDuty, staffId)
    const fobwatch = command(env)
    return { issuer, ward, folder, players, firstManager, makeOperator, run: database.run, fobwatch, stop }
  }
  return { startHouse, clear: seeded.drop }
}
