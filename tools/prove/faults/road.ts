import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** The road from the service to its database, which can be cut, fall silent, and be slow. */
export interface Road {
  /** The database, by this road. */
  url: string
  /** Resets every connection (RST); who comes next gets through. */
  cut: () => void
  /** From now on nothing passes and nobody hears of it, as when a firewall drops what it sees. */
  fallSilent: () => void
  /** Lets newcomers through. Whoever was on the road when it fell silent never hears anything again. */
  speakAgain: () => void
  /** Ends, at the database's side, what the silence left hanging there, as its keepalives do in time. */
  clear: () => void
  /** How long everything takes each way, in milliseconds. */
  slowDown: (milliseconds: number) => void
  close: () => Promise<void>
}

/** Where PostgreSQL listens: a port, or a socket in the folder that `host` names. */
const placeOf = (url: URL) => {
  const folder = url.searchParams.get('host')
  return folder ? { path: `${folder}/.s.PGSQL.5432` } : { host: url.hostname, port: Number(url.port || 5432) }
}

interface Journey {
  near: Socket
  far: Socket | undefined
  isSilenced: boolean
}

/** @param databaseUrl where the road leads */
export const createRoad = async (databaseUrl: string): Promise<Road> => {
  const target = new URL(databaseUrl)
  const journeys = new Set<Journey>()
  let isSilent = false
  let lag = 0

  const carry = (journey: Journey, from: Socket, to: Socket) => {
    let waiting = 0
    let tail = Promise.resolve()
    /** One after the other, also when the road gets faster. */
    const pass = (act: () => void) => {
      const unlessSilenced = () => void (journey.isSilenced || act())
      if (lag === 0 && waiting === 0) return unlessSilenced()
      const due = Date.now() + lag
      waiting += 1
      tail = tail.then(async () => {
        await delay(Math.max(due - Date.now(), 0))
        waiting -= 1
        unlessSilenced()
      })
    }
    from.on('error', () => {})
    from.on('data', (chunk) => pass(() => void to.write(chunk)))
    from.on('close', () => {
      // Nobody hears of an end through a silence, either.
      pass(() => to.destroy())
      if (journey.near.destroyed && (journey.far?.destroyed ?? true)) journeys.delete(journey)
    })
  }
  const server = createServer((near) => {
    const journey: Journey = { near, far: undefined, isSilenced: isSilent }
    journeys.add(journey)
    if (isSilent) return void near.on('error', () => {})
    const far = connect(placeOf(target))
    journey.far = far
    carry(journey, near, far)
    carry(journey, far, near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const url = new URL(databaseUrl)
  url.searchParams.delete('host')
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const forEach = (act: (journey: Journey) => void) => [...journeys].forEach(act)
  return {
    url: url.href,
    cut: () =>
      forEach(({ near, far }) => {
        near.resetAndDestroy()
        far?.destroy()
      }),
    fallSilent: () => {
      isSilent = true
      forEach((journey) => {
        journey.isSilenced = true
      })
    },
    speakAgain: () => {
      isSilent = false
    },
    clear: () =>
      forEach((journey) => {
        if (!journey.isSilenced) return
        journey.far?.destroy()
        if (journey.near.destroyed) journeys.delete(journey)
      }),
    slowDown: (milliseconds) => {
      lag = milliseconds
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      forEach(({ near, far }) => {
        near.destroy()
        far?.destroy()
      })
      await closed
    },
  }
}
