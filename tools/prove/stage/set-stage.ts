import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@fobwatch/local-postgres'
import { migrate } from '@fobwatch/store'
import { type BrowserLike, compileCache, createBrowserLike, type Send } from '@fobwatch/testkit'
import { startService } from '../../starting/service.ts'
import { type House, openHouse } from './house.ts'
import { freePorts } from './ports.ts'
import { sendTo } from './send-to.ts'

/** The service as it runs in production: processes of their own on one PostgreSQL, under one name. */
export interface Stage {
  issuer: string
  /** What carries a request to each instance. */
  instances: readonly [Send, ...Send[]]
  house: House
  /** A browser with no cookies, which one instance after the other serves, as behind a proxy. */
  browser: () => BrowserLike
  /** What the instances wrote to their logs: warnings and faults. */
  logs: () => Promise<string>
  strike: () => Promise<void>
}

interface Setting {
  /** How many processes serve the API. */
  instances: number
  /** A database that may be filled; a durable one of this stage's own unless given. */
  databaseUrl?: string
  /** Where a front that ends TLS carries to the port of the first instance; that instance itself unless given. */
  front?: { issuer: string; port: number }
  /** Of a database that was set up before; a new one unless given. */
  masterKey?: string
  /** What the instances are told besides. */
  environment?: Record<string, string>
}

/** Sets everything up. What was started is stopped again when a later part of it fails. */
export const setStage = async ({
  instances,
  databaseUrl,
  front,
  environment,
  masterKey = newMasterKey(),
}: Setting): Promise<Stage> => {
  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-prove-'))
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const strike = async () => {
    for (let last = undo.pop(); last; last = undo.pop()) await last()
  }
  try {
    const url = databaseUrl ?? (await startDatabase(folder, undo))
    await migrate(url)
    const ports = front ? [front.port, ...(await freePorts(instances - 1))] : await freePorts(instances)
    const issuer = front?.issuer ?? `http://localhost:${ports[0]}`
    const setting = { databaseUrl: url, issuer, masterKey }
    const house = await openHouse(setting)
    undo.push(house.close)
    for (const port of ports) undo.push((await startInstance(folder, port, setting, environment)).stop)
    return { ...enter(issuer, ports), house, logs: () => readLogs(folder, ports), strike }
  } catch (error) {
    await strike()
    throw error
  }
}

export const newMasterKey = () => randomBytes(32).toString('base64')

const startDatabase = async (folder: string, undo: (() => Promise<unknown>)[]): Promise<string> => {
  const database = await startPostgres({ dataDir: join(folder, 'postgres') })
  undo.push(database.stop)
  await database.createDatabase('fobwatch')
  return database.url('fobwatch')
}

const logFile = (folder: string, port: number) => join(folder, `${port}.log`)

/** Every attack comes from this machine, as fast as it can; what is proved here is what stops it behind the limits. */
const ceilings = Object.fromEntries(
  ['ADDRESS_PER_SECOND', 'BEGUN_PER_SECOND', 'PERSON_PER_SECOND', 'CLIENT_PER_SECOND']
    .concat(['FAILURES_PER_ADDRESS', 'FAILURES_PER_PERSON', 'FAILURES_PER_CLIENT'])
    .map((name) => [`LIMIT_${name}`, '1000000']),
)

/** Starts one process that serves the API, as in production, and waits until it is ready. */
export const startInstance = (
  folder: string,
  port: number,
  setting: Parameters<typeof openHouse>[0],
  environment: Record<string, string> = {},
) =>
  startService({
    name: `The service at port ${port}`,
    file: 'apps/api/src/main.ts',
    env: {
      PATH: process.env['PATH'],
      ...compileCache,
      PORT: String(port),
      FOBWATCH_ISSUER: setting.issuer,
      DATABASE_URL: setting.databaseUrl,
      FOBWATCH_MASTER_KEY: setting.masterKey,
      LOG_LEVEL: 'warn',
      FOBWATCH_WORKERS: '1',
      FOBWATCH_DRAIN_SECONDS: '0',
      FOBWATCH_LONGEST_DELAY: '600000',
      FOBWATCH_MAILBOX: 'on',
      FOBWATCH_OUTBOUND_ALLOWED: 'localhost,127.0.0.1,::1',
      ...ceilings,
      ...environment,
    },
    healthUrl: `http://127.0.0.1:${port}/health/ready`,
    logFile: logFile(folder, port),
  })

const enter = (issuer: string, ports: number[]): Pick<Stage, 'issuer' | 'instances' | 'browser'> => {
  const [first, ...others] = ports.map((port) => sendTo(`http://127.0.0.1:${port}`))
  if (!first) throw new Error('A stage needs an instance')
  const instances = [first, ...others] as const
  let next = 0
  const inTurn: Send = (url, init) => {
    next = (next + 1) % instances.length
    return (instances[next] ?? first)(url, init)
  }
  return { issuer, instances, browser: () => createBrowserLike(issuer, undefined, inTurn) }
}

/** Two warnings are earned: a stage has one user for its database, who owns the tables, and keeps its mail to itself. */
const isEarned = (line: string): boolean => line.includes('DATABASE_URL') || line.includes('FOBWATCH_MAILBOX')

const readLogs = async (folder: string, ports: number[]): Promise<string> => {
  const logs = await Promise.all(ports.map((port) => readFile(logFile(folder, port), 'utf8')))
  return logs
    .flatMap((log) => log.split('\n'))
    .filter((line) => !isEarned(line))
    .join('\n')
    .trim()
}
