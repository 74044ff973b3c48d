/** What waits for something, and since when the oldest of it. */
interface Backlog {
  count: number
  oldest: Date | null
}

/** What is read at each scrape. */
export interface Sources {
  now: () => Date
  connections: () => { busy: number; idle: number; waiting: number }
  underWay: () => number
  limited: () => Readonly<Record<string, number>>
  /** Of the database, by short statements. */
  outbox: () => Promise<Backlog>
  unsealed: () => Promise<Backlog>
  keys: () => Promise<readonly { algorithm: string; since: Date; until: Date }[]>
  jobs: () => Promise<readonly { name: string; startedAt: Date }[]>
}

/** What the database said. */
export interface Read {
  outbox: Backlog
  unsealed: Backlog
  keys: readonly { algorithm: string; since: Date; until: Date }[]
  jobs: readonly { name: string; startedAt: Date }[]
}

/** For how long an answer does for everybody who scrapes, and how long it is waited for. Milliseconds. */
const goodFor = 5_000
const patience = 2_000

const ask = async ({ outbox, unsealed, keys, jobs }: Sources): Promise<Read> => ({
  outbox: await outbox(),
  unsealed: await unsealed(),
  keys: await keys(),
  jobs: await jobs(),
})

/**
 * Reads what only the database knows, on one connection at a time and not more often than every few seconds, however many
 * scrape.
 * @returns nothing where the database does not answer in time
 */
export const readNowAndThen = (): ((sources: Sources) => Promise<Read | undefined>) => {
  let underWay: Promise<Read | undefined> | undefined
  let last: { at: number; read: Read } | undefined
  const begin = async (sources: Sources): Promise<Read | undefined> => {
    try {
      const read = await ask(sources)
      last = { at: performance.now(), read }
      return read
    } catch {
      return undefined
    } finally {
      underWay = undefined
    }
  }
  return async (sources) => {
    if (last && performance.now() - last.at < goodFor) return last.read
    underWay ??= begin(sources)
    const { promise: late, resolve: giveUp } = Promise.withResolvers<undefined>()
    const timer = setTimeout(() => giveUp(undefined), patience)
    return Promise.race([underWay, late]).finally(() => clearTimeout(timer))
  }
}
