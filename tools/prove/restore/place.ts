import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type LocalPostgres, startPostgres } from '@fobwatch/local-postgres'
import { settingsIn } from '../cluster/settings-in.ts'
import { fetchTools, type Tools } from '../cluster/tools.ts'
import { blockOf, fillIn } from '../stage/guide.ts'
import { freePorts } from '../stage/ports.ts'
import { newMasterKey, type Stage, setStage } from '../stage/set-stage.ts'

export const guide = 'backup-and-restore.md'

/** Where the proof plays: folders, tools, the service's name and its master key. */
export interface Place {
  folder: string
  backup: string
  tools: Tools
  issuer: string
  port: number
  masterKey: string
  say: (line: string) => void
  /** What is to be undone at the end, the last first. */
  undo: (() => Promise<unknown>)[]
}

export const findPlace = async (folder: string, undo: Place['undo'], say: Place['say']): Promise<Place> => {
  const backup = join(folder, 'backup')
  await mkdir(join(backup, 'wal'), { recursive: true })
  say("Fetching PostgreSQL's tools …")
  const tools = await fetchTools(join(folder, 'tools'))
  const [port = 0] = await freePorts(1)
  return { folder, backup, tools, issuer: `http://localhost:${port}`, port, masterKey: newMasterKey(), say, undo }
}

/** A PostgreSQL, and where it is. */
export interface Cluster extends LocalPostgres {
  host: string
}

/** Starts PostgreSQL over a folder. @param archives where its log is kept, as the guide has it; nowhere unless given */
export const startCluster = async (place: Place, name: string, archives?: string): Promise<Cluster> => {
  const host = join(place.folder, name)
  const settings = archives ? settingsIn(fillIn(await blockOf(guide, 'postgresql.conf'), { '/backup': archives })) : {}
  const cluster = await startPostgres({ dataDir: host, settings })
  place.undo.push(cluster.stop)
  return { ...cluster, host }
}

/** The database as its two users reach it. */
export const urlsOf = (cluster: Cluster) => ({
  owner: cluster.url('fobwatch', 'fobwatch_owner'),
  service: cluster.url('fobwatch', 'fobwatch_service'),
})

/** Starts the service over a cluster, by its own user. */
export const startService = async (place: Place, cluster: Cluster): Promise<Stage> => {
  const { owner, service } = urlsOf(cluster)
  const { issuer, port, masterKey } = place
  const environment = { DATABASE_URL: service }
  const stage = await setStage({ instances: 1, databaseUrl: owner, front: { issuer, port }, masterKey, environment })
  place.undo.push(stage.strike)
  return stage
}

/** What an operator's commands are told. */
export const operatorsEnvironment = ({ issuer, masterKey }: Place, cluster: Cluster): NodeJS.ProcessEnv => {
  const { owner, service } = urlsOf(cluster)
  return {
    DATABASE_URL: service,
    MIGRATION_DATABASE_URL: owner,
    FOBWATCH_ISSUER: issuer,
    FOBWATCH_MASTER_KEY: masterKey,
    LOG_LEVEL: 'warn',
  }
}
