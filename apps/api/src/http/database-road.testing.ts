import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A road to a database that can be cut and mended, so that a test sees what a service does without its database. */
export interface Road {
  /** The database, by this road. */
  url: string
  /** Ends every connection and lets nobody through. */
  cut: () => Promise<void>
  /** Cuts the road as soon as somebody sends this text along it. */
  cutAt: (text: string) => void
  /** Drops the connection along which somebody sends this text next, and no other; the text does not arrive. */
  dropAt: (text: string) => void
  /** From now on nothing comes through on the connections that there are, and nobody is told. New ones are sound. */
  silence: () => void
  mend: () => Promise<void>
  close: () => Promise<void>
}

/** Where PostgreSQL listens: a port, or a socket in the folder that `host` names. */
const placeOf = (url: URL) => {
  const folder = url.searchParams.get('host')
  return folder ? { path: `${folder}/.s.PGSQL.5432` } : { host: url.hostname, port: Number(url.port || 5432) }
}

/** @param databaseUrl where the road leads */
export const createRoad = async (databaseUrl: string): Promise<Road> => {
  const target = new URL(databaseUrl)
  const travellers = new Set<Socket>()
  let trigger: string | undefined
  let dropped: string | undefined
  const silent = new WeakSet<Socket>()

  const server = createServer((near) => {
    const far = connect(placeOf(target))
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      travellers.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        travellers.delete(one)
        other.destroy()
      })
    }
    far.on('data', (chunk) => {
      if (!silent.has(near)) near.write(chunk)
    })
    near.on('data', (chunk) => {
      if (silent.has(near)) return
      if (trigger !== undefined && chunk.includes(trigger)) return void cut()
      if (dropped !== undefined && chunk.includes(dropped)) {
        dropped = undefined
        return void near.destroy()
      }
      far.write(chunk)
    })
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const cut = async () => {
    trigger = undefined
    const closed = server.listening ? once(server, 'close') : undefined
    server.close()
    for (const each of travellers) each.destroy()
    await closed
  }

  await listen(0)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const url = new URL(databaseUrl)
  url.searchParams.delete('host')
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return {
    url: url.href,
    cut,
    cutAt: (text) => {
      trigger = text
    },
    dropAt: (text) => {
      dropped = text
    },
    silence: () => {
      for (const each of travellers) silent.add(each)
    },
    mend: () => listen(port),
    close: cut,
  }
}
