import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { migrate } from '@fobwatch/store'
import {
  createBrowserLike,
  createSoftwareAuthenticator,
  type Send,
  type SoftwareAuthenticator,
} from '@fobwatch/testkit'
import { runProgram } from '../../programs.ts'
import { openHouse } from '../stage/house.ts'
import { answerChallenge, enrolPerson, expectOk } from '../stage/person.ts'
import { freePorts } from '../stage/ports.ts'
import { newMasterKey } from '../stage/set-stage.ts'
import { registerApplications } from './applications.ts'
import { type Chain, createChain } from './chain.ts'
import { type Database, startDatabase } from './database.ts'
import { createHeard, type Heard } from './heard.ts'
import { type Instance, openInstance } from './instance.ts'
import { createProbe, type Probe } from './recovery.ts'
import { createRoad, type Road } from './road.ts'
import type { World } from './world.ts'

/** Everything that faults befall, and what shows what came of them. */
export interface Theatre {
  world: World
  instances: readonly Instance[]
  database: Database
  road: Road
  heard: Heard
  probe: Probe
  chain: Chain
  /** Whether the database has a disk of its own, which can be filled. */
  hasOwnDisk: boolean
  /** Sets the clock of an instance off by so much, in milliseconds. */
  stepClock: (instance: Instance, by: number) => Promise<void>
  /** Signs the manager in anew: the desk wants to know that it is them. */
  openDesk: () => Promise<void>
  close: () => Promise<void>
}

const preload = pathToFileURL(join(import.meta.dirname, 'step-clock.mjs')).href
/** Little, so that it is soon full. Bytes. */
const diskSize = 384 * 1024 * 1024
/** The first instance is one process with two workers under it, every other one process alone. */
const workersOf = (place: number) => (place === 0 ? '2' : '1')
const ownPages = '/sign-in/fobwatch'

/** Gives a folder a disk of its own, where this process may mount one. @returns whether it could */
const mountDisk = async (folder: string): Promise<boolean> =>
  (await runProgram('mount', ['-t', 'tmpfs', '-o', `size=${diskSize}`, 'fobwatch', folder])).code === 0

interface Setting {
  /** How many processes serve the API. */
  count: number
  /** Whether to try for a disk of its own: only where mounts of this process are nobody else's. */
  ownDisk: boolean
}

/** Sets everything up. What was started is stopped again when a later part of it fails. */
export const openTheatre = async ({ count, ownDisk }: Setting): Promise<Theatre> => {
  const undo: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (let last = undo.pop(); last; last = undo.pop()) await last()
  }
  try {
    const folder = await mkdtemp(join(tmpdir(), 'fobwatch-prove-'))
    undo.push(() => rm(folder, { recursive: true, force: true }))
    const disk = join(folder, 'disk')
    await mkdir(disk)
    const hasOwnDisk = ownDisk && (await mountDisk(disk))
    if (hasOwnDisk) undo.push(() => runProgram('umount', [disk]))
    const database = await startDatabase(disk)
    undo.push(database.close)
    await migrate(database.url)
    const road = await createRoad(database.url)
    undo.push(road.close)

    const ports = await freePorts(count)
    const issuer = `http://localhost:${ports[0]}`
    const masterKey = newMasterKey()
    const house = await openHouse({ databaseUrl: database.url, issuer, masterKey })
    undo.push(house.close)
    const instances: Instance[] = []
    const clockOf = (place: number) => join(folder, `clock-${place}`)
    for (const [place, port] of ports.entries()) {
      const clock = { NODE_OPTIONS: `--import=${preload}`, FAULTS_CLOCK_FILE: clockOf(place) }
      const workers = { FOBWATCH_WORKERS: workersOf(place) }
      const setting = { databaseUrl: road.url, issuer, masterKey }
      const instance = await openInstance(place, folder, port, setting, { ...clock, ...workers })
      undo.push(instance.close)
      instances.push(instance)
    }

    const heard = createHeard()
    const send = inTurn(instances.map(heard.sendTo))
    const browser = () => createBrowserLike(issuer, undefined, send)
    const applications = await registerApplications(house, issuer)
    const world: World = { issuer, house, applications, browser, send, desk: browser() }
    const manager = await addManager(world)
    return {
      ...{ world, instances, database, road, heard, hasOwnDisk, close },
      probe: await createProbe(world, instances, heard),
      chain: createChain(house, folder),
      stepClock: (instance, by) => writeFile(clockOf(instances.indexOf(instance)), String(by)),
      openDesk: async () => {
        world.desk = browser()
        const answer = await answerChallenge(world.desk, ownPages, manager)
        expectOk(await world.desk.postJson(`${ownPages}/assertion`, answer))
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

const inTurn = (sends: readonly Send[]): Send => {
  let next = 0
  return (url, init) => {
    next = (next + 1) % sends.length
    const send = sends[next]
    if (!send) throw new Error('There is nobody to send to')
    return send(url, init)
  }
}

const addManager = async (world: World): Promise<SoftwareAuthenticator> => {
  const device = createSoftwareAuthenticator({ counter: { start: 0, step: 0 } })
  const { id } = await enrolPerson(world, 'Manager', device)
  await world.house.makeManager(id)
  return device
}
