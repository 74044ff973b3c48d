import { createServer } from 'node:net'
import { join } from 'node:path'
import { passwordOf } from './create-user.ts'
import { superuser } from './initialise.ts'

/** Where the server listens: PostgreSQL's settings for it, and the connection URLs that reach it. */
export interface Listening {
  settings: Record<string, string>
  url: (database: string, user?: string) => string
}

/** What fits the address of a Unix socket, with its closing zero (`sun_path`). */
const longestSocket = process.platform === 'darwin' ? 103 : 107

/** A Unix socket in the folder; where its path would be too long, or on Windows, a free port of 127.0.0.1. */
export const whereToListen = async (folder: string, password: string): Promise<Listening> => {
  const socket = join(folder, '.s.PGSQL.5432')
  const fits = Buffer.byteLength(socket) <= longestSocket && process.platform !== 'win32'
  return fits ? onSocket(folder) : onLoopback(await freePort(), password)
}

const onSocket = (folder: string): Listening => ({
  settings: {
    listen_addresses: '',
    unix_socket_directories: `"${folder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
  },
  url: (database, user = superuser) =>
    `postgresql://${user}@localhost/${encodeURIComponent(database)}?host=${encodeURIComponent(folder)}`,
})

const onLoopback = (port: number, password: string): Listening => ({
  settings: { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(port) },
  url: (database, user = superuser) => {
    const secret = user === superuser ? password : passwordOf(user, password)
    return `postgresql://${user}:${secret}@127.0.0.1:${port}/${encodeURIComponent(database)}`
  },
})

const freePort = async (): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const server = createServer()
    .once('error', reject)
    .listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  return promise
}
