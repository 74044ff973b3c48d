import pg from 'pg'

/** How long it takes to try again after the connection was lost, in milliseconds. */
const again = 250

/** What is done when something was said on a channel; and when it may have been, unheard. */
export type Heard = () => void

/**
 * Hears what the instances on one database tell one another (`NOTIFY`), on a connection of its own, which is opened for
 * the first who listens and comes back by itself. A connection that is quiet cannot be told from one that was cut without
 * a word: whoever keeps something until they hear of a change keeps it no longer than they would mind anyway.
 * @param config how to connect
 * @param onLost called when the connection is lost, or cannot be had
 */
export const createEar = (config: pg.ClientConfig, onLost: (error: Error) => void) => {
  const channels = new Map<string, Heard[]>()
  let client: pg.Client | undefined
  let ready: Promise<unknown> = Promise.resolve()
  let retry: NodeJS.Timeout | undefined
  let closed = false

  const call = (channel: string): void => {
    for (const heard of channels.get(channel) ?? []) heard()
  }
  const lose = (mine: pg.Client, error: Error): void => {
    if (client !== mine || closed) return
    client = undefined
    mine.end().catch(() => {})
    retry = setTimeout(connect, again).unref()
    onLost(error)
  }
  const hear = (mine: pg.Client, channel: string): void => {
    ready = ready
      .then(() => mine.query(`listen ${pg.escapeIdentifier(channel)}`))
      // What was said before is not known.
      .then(() => call(channel))
      .catch((error: Error) => lose(mine, error))
  }
  const connect = (): void => {
    const mine = new pg.Client(config)
    client = mine
    mine.on('error', (error) => lose(mine, error))
    mine.on('end', () => lose(mine, new Error('Connection terminated')))
    mine.on('notification', ({ channel }) => call(channel))
    ready = mine.connect()
    for (const channel of channels.keys()) hear(mine, channel)
  }

  return {
    /**
     * Begins to hear a channel. `heard` is called as soon as it hears, for all that is said from then on, and whenever
     * something may have been missed.
     */
    listen: (channel: string, heard: Heard): void => {
      channels.set(channel, [...(channels.get(channel) ?? []), heard])
      if (client) hear(client, channel)
      else if (!retry) connect()
    },
    /** Makes those who listen to a channel in this process hear of it now. */
    call,
    close: async (): Promise<void> => {
      closed = true
      clearTimeout(retry)
      await client?.end().catch(() => {})
    },
  }
}
