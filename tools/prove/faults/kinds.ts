import { setTimeout as delay } from 'node:timers/promises'
import type { Instance } from './instance.ts'
import { signal } from './processes.ts'
import type { Random } from './random.ts'
import type { Theatre } from './theatre.ts'

/** A kind of fault. */
export interface FaultKind {
  name: string
  says: string
  /** Whether something is killed. */
  isKill: boolean
  /** How soon everything must answer again once its cause is over, in seconds. */
  within: number
  /** Whether PostgreSQL crashes, and forgets what a crash may forget. */
  forgets?: true
  /** Whether time may be up sooner for a session. */
  expires?: true
  /** Where it can be had; everywhere unless given. */
  needs?: (theatre: Theatre) => boolean
  /** Lets it befall. @returns when its cause is over, as `performance.now()` tells it */
  befall: (theatre: Theatre, random: Random) => Promise<number>
}

const now = () => performance.now()
const after = async (work: Promise<void>): Promise<number> => {
  await work
  return now()
}
const seconds = (random: Random, from: number, to: number): number => from * 1000 + random.below((to - from) * 1000 + 1)

const killed: FaultKind[] = [
  {
    ...{ name: 'PostgreSQL killed', isKill: true, within: 10, forgets: true },
    says: 'SIGKILL to the postmaster, and a new start after 0 to 3 seconds',
    befall: ({ database }, random) => after(database.kill(seconds(random, 0, 3))),
  },
  {
    ...{ name: 'PostgreSQL stopped at once', isKill: true, within: 10, forgets: true },
    says: 'an immediate shutdown (SIGQUIT), and a new start after 0 to 3 seconds',
    befall: ({ database }, random) => after(database.stopAtOnce(seconds(random, 0, 3))),
  },
  {
    ...{ name: 'A backend killed', isKill: true, within: 10, forgets: true },
    says: 'SIGKILL to the process behind one connection, at which PostgreSQL ends all others and recovers',
    befall: ({ database }, random) => after(database.killBackend((pids) => random.pick(pids))),
  },
  {
    ...{ name: 'An instance killed', isKill: true, within: 5 },
    says: 'SIGKILL to one process that serves the API, and a new start at once; measured from the kill',
    befall: async ({ instances }, random) => {
      const since = now()
      await random.pick(instances).kill()
      return since
    },
  },
  {
    ...{ name: 'A worker killed', isKill: true, within: 5 },
    says: 'SIGKILL to one worker under a primary; measured from the kill',
    needs: ({ instances }) => instances.some(({ workers }) => workers().length > 0),
    befall: async ({ instances }, random) => {
      const instance = random.pick(instances.filter(({ workers }) => workers().length > 0))
      const since = now()
      instance.harm = 'killed'
      signal(random.pick(instance.workers()), 'SIGKILL')
      return since
    },
  },
]

const hour = 3_600_000
/** The jobs that end and forget what is over run once a minute. */
const longestPeriod = 62_000
const some = ({ instances }: Theatre, random: Random): Instance[] =>
  random.below(2) === 0 ? [...instances] : [random.pick(instances)]

const others: FaultKind[] = [
  {
    ...{ name: 'PostgreSQL frozen', isKill: false, within: 10 },
    says: 'SIGSTOP to all of PostgreSQL for 2 to 6 seconds',
    befall: ({ database }, random) => after(database.freeze(seconds(random, 2, 6))),
  },
  {
    ...{ name: 'An instance frozen', isKill: false, within: 5 },
    says: 'SIGSTOP to one process that serves the API for 1 to 4 seconds',
    befall: ({ instances }, random) => after(random.pick(instances).freeze(seconds(random, 1, 4))),
  },
  {
    ...{ name: 'Connections cut', isKill: false, within: 5 },
    says: 'every connection to the database reset (RST)',
    befall: async ({ road }) => {
      road.cut()
      return now()
    },
  },
  {
    // A statement may take 10 seconds, and its connection is given up 2 seconds later.
    ...{ name: 'The network silent', isKill: false, within: 15 },
    says: 'nothing passes to or from the database for 2 to 8 seconds; what was connected then never hears anything again',
    befall: async ({ road }, random) => {
      road.fallSilent()
      await delay(seconds(random, 2, 8))
      road.speakAgain()
      return now()
    },
  },
  {
    ...{ name: 'The network slow', isKill: false, within: 5 },
    says: '200 ms for each round trip to the database, for 3 to 6 seconds',
    befall: async ({ road }, random) => {
      road.slowDown(100)
      await delay(seconds(random, 3, 6))
      road.slowDown(0)
      return now()
    },
  },
  {
    ...{ name: 'The disk full', isKill: false, within: 10, forgets: true },
    says: "no room on the database's disk for 2 to 5 seconds, while it needs new segments of its log",
    needs: ({ hasOwnDisk }) => hasOwnDisk,
    befall: ({ database }, random) => after(database.fillDisk(seconds(random, 2, 5))),
  },
  {
    ...{ name: 'The clock stepped', isKill: false, within: 5, expires: true },
    says: 'one instance or all of them an hour ahead or behind for 3 seconds, or for so long that every job runs, and back',
    befall: async (theatre, random) => {
      const stepped = some(theatre, random)
      const by = random.pick([hour, -hour])
      for (const each of stepped) await theatre.stepClock(each, by)
      await delay(random.pick([3_000, 3_000, longestPeriod]))
      for (const each of stepped) await theatre.stepClock(each, 0)
      return now()
    },
  },
]

/** Every kind of fault there is. */
export const kinds: readonly FaultKind[] = [...killed, ...others]

/**
 * The faults of a run: so many kills, and half as many others between them, each kind as often as the next.
 * @param had those that can be had here
 */
export const drawFaults = (had: readonly FaultKind[], kills: number, random: Random): FaultKind[] => {
  const draw = (from: readonly FaultKind[], count: number): FaultKind[] => {
    const drawn: FaultKind[] = []
    while (from.length > 0 && drawn.length < count) drawn.push(...random.shuffle(from))
    return drawn.slice(0, count)
  }
  const isKill = ({ isKill }: FaultKind) => isKill
  return random.shuffle([
    ...draw(had.filter(isKill), kills),
    ...draw(
      had.filter((kind) => !isKill(kind)),
      Math.ceil(kills / 2),
    ),
  ])
}
