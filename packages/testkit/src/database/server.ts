import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@fobwatch/local-postgres'

/** A PostgreSQL on which databases may be made and dropped. */
export interface TestServer {
  /** The URL of one of its databases, as a user that may make others. */
  readonly url: (database: string) => string
  /** Says that the caller has no more use for it. */
  readonly release: () => Promise<void>
}

/**
 * The server that `FOBWATCH_TEST_DATABASE_URL` names, or where it names none an embedded one, which the process starts
 * for its first user and stops after its last.
 */
export const acquireServer = async (): Promise<TestServer> => {
  const given = process.env['FOBWATCH_TEST_DATABASE_URL']
  if (given) return { url: (database) => withDatabase(given, database), release: async () => {} }
  return acquireEmbedded()
}

interface Embedded {
  readonly url: (database: string) => string
  readonly stop: () => Promise<void>
}

let embedded: Promise<Embedded> | undefined
let users = 0

const acquireEmbedded = async (): Promise<TestServer> => {
  users += 1
  embedded ??= startEmbedded()
  const { url, stop } = await embedded
  const release = async () => {
    users -= 1
    if (users > 0) return
    embedded = undefined
    await stop()
  }
  return { url, release }
}

const startEmbedded = async (): Promise<Embedded> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fobwatch-test-'))
  const { url, stop } = await startPostgres({ dataDir, durable: false })
  return {
    url,
    stop: async () => {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The same server and user, and another database. */
export const withDatabase = (serverUrl: string, database: string): string => {
  const url = new URL(serverUrl)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}
