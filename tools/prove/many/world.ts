import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createBrowserLike, type Send } from '@fobwatch/testkit'
import { runProgram } from '../../programs.ts'
import { makeCertificate } from '../conformance/certificate.ts'
import { type House, openHouse } from '../stage/house.ts'
import { freePorts } from '../stage/ports.ts'
import { newMasterKey, type Stage } from '../stage/set-stage.ts'
import { type Address, openAddress } from './address.ts'
import { type Databases, socketIn, urlAt } from './databases.ts'
import type { Image } from './dockerfile/perform.ts'
import { type Instance, startInstance } from './instance.ts'
import { type Nginx, startNginx } from './nginx.ts'

/** Two instances of the image behind nginx, on a database behind one address. */
export interface World {
  issuer: string
  plain: number
  address: Address
  nginx: Nginx
  instances: [Instance, Instance]
  /** Starts an instance again that was killed. */
  restart: (which: 0 | 1) => Promise<void>
  house: House
  /** What a visitor meets who comes from an address of this machine. */
  stageFrom: (visitor: string) => Stage
}

/** Secrets as files, as compose.yaml has them. @returns the environment that names them */
const writeSecrets = async (folder: string, address: Address, masterKey: string): Promise<NodeJS.ProcessEnv> => {
  const write = async (name: string, content: string) => {
    const file = join(folder, name)
    await writeFile(file, content, { mode: 0o600 })
    return file
  }
  return {
    FOBWATCH_MASTER_KEY_FILE: await write('master-key', masterKey),
    DATABASE_URL_FILE: await write('service-url', urlAt(address.port, 'fobwatch_service')),
    MIGRATION_DATABASE_URL_FILE: await write('owner-url', urlAt(address.port, 'fobwatch_owner')),
  }
}

export const buildWorld = async (
  folder: string,
  image: Image,
  { primary }: Databases,
  undo: (() => Promise<unknown>)[],
): Promise<World> => {
  const [tls = 0, plain = 0, first = 0, second = 0] = await freePorts(4)
  const issuer = `https://localhost:${tls}`
  const masterKey = newMasterKey()
  const address = await openAddress(socketIn(primary.host))
  undo.push(address.close)
  const environment = {
    PATH: process.env['PATH'],
    FOBWATCH_ISSUER: issuer,
    TRUSTED_PROXIES: '127.0.0.1',
    // One that is killed is killed whole.
    FOBWATCH_WORKERS: '1',
    FOBWATCH_MAILBOX: 'on',
    ...(await writeSecrets(folder, address, masterKey)),
  }
  const migrated = await runProgram(process.execPath, ['apps/api/src/cli.ts', 'migrate'], {
    cwd: image.workdir,
    env: environment,
  })
  if (migrated.code !== 0) throw new Error(`The tables could not be made: ${migrated.output}`)

  const start = async (port: number) => {
    const instance = await startInstance(image, folder, port, environment)
    undo.push(instance.kill)
    return instance
  }
  const instances: [Instance, Instance] = [await start(first), await start(second)]
  const certificate = await makeCertificate(folder)
  const keyFile = certificate.file.replace(/cert\.pem$/, 'key.pem')
  const nginx = await startNginx(folder, { tls, plain, instances: [first, second], certificate, keyFile })
  undo.push(nginx.stop)
  const house = await openHouse({ databaseUrl: urlAt(address.port, 'fobwatch_owner'), issuer, masterKey })
  undo.push(house.close)
  const world = { issuer, plain, address, nginx, instances, house }
  const restart = async (which: 0 | 1) => {
    instances[which] = await start(instances[which].port)
  }
  return { ...world, restart, stageFrom: (visitor) => stageOf(world, nginx.sendFrom(visitor)) }
}

const stageOf = ({ issuer, house, instances }: Pick<World, 'issuer' | 'house' | 'instances'>, send: Send): Stage => ({
  ...{ issuer, house, instances: [send] },
  browser: () => createBrowserLike(issuer, undefined, send),
  logs: async () => (await Promise.all(instances.map(({ log }) => log()))).join(''),
  strike: async () => {},
})
