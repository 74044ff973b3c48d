import type { Assumed } from './assumptions.ts'
import type { Cost, Costs } from './costs.ts'

/** What is needed. */
export interface Needs {
  /** Sign-ins, goings on and refreshes a second, in the busiest minutes. */
  perSecond: { signIns: number; onward: number; refreshes: number }
  /** Cores that are busy then. */
  busy: { api: number; database: number }
  /** Cores to have, with the headroom. */
  cores: { api: number; database: number }
  /** The spare ones included. */
  instances: number
  /** Of each of them, in GB, for the service alone. */
  memory: number
  connections: number
  /** A second, in the busiest minutes: each waits for the disk, and for a replica where there is one. */
  commits: number
  /** GB, by the thousand million: how much the log grows a day, what is kept of sessions, and all of it in the end. */
  disk: { perDay: number; sessions: number; atTheEnd: number; walPerDay: number }
  /** MB a second, in the busiest minutes. */
  walAtPeak: number
}

const share = ({ apiMs, databaseMs }: Cost, percent: number): Cost => ({
  apiMs: (apiMs * percent) / 100,
  databaseMs: (databaseMs * percent) / 100,
})

const gigabyte = 1e9
const megabyte = 1e6
const daysOfYear = 365

/** Reckons what an organisation needs, from what a deed costs and what is assumed of it. */
export const reckon = ({ signIn, ...rest }: Costs, a: Assumed): Needs => {
  const onward = rest.onward ?? share(signIn, a['onward-cost'])
  const refresh = rest.refresh ?? share(signIn, a['refresh-cost'])
  const people = (a.staff * a.working) / 100
  const inBusiest = (each: number) => (((people * each * a.peak) / 100) * a.burst) / 3600
  const perSecond = {
    signIns: inBusiest(a['sign-ins']),
    onward: inBusiest(a.onward),
    refreshes: inBusiest(a.refreshes),
  }
  const busyWith = (ms: (cost: Cost) => number) =>
    (perSecond.signIns * ms(signIn) + perSecond.onward * ms(onward) + perSecond.refreshes * ms(refresh)) / 1000
  const busy = { api: busyWith(({ apiMs }) => apiMs), database: busyWith(({ databaseMs }) => databaseMs) }
  const cores = { api: Math.ceil((busy.api * 100) / a.load), database: Math.ceil((busy.database * 100) / a.load) }
  const needed = Math.max(1, Math.ceil(cores.api / a['cores-each']))
  const instances = needed + a.spare

  const logged = people * a['sign-ins'] * a['sign-in-bytes']
  const ofSessions = people * (a['sign-ins'] * a['session-bytes'] + a.onward * a['onward-bytes']) * a['session-days']
  const passing = people * a.refreshes * a['refresh-bytes']
  const walOf = (signIns: number, onwards: number, refreshes: number) =>
    signIns * a['sign-in-wal'] + onwards * a['onward-wal'] + refreshes * a['refresh-wal']
  const wal = people * walOf(a['sign-ins'], a.onward, a.refreshes)
  const walAtPeak = walOf(perSecond.signIns, perSecond.onward, perSecond.refreshes)
  return {
    ...{ perSecond, busy, cores, instances },
    memory: ((a['cores-each'] + 1) * a['process-memory'] * megabyte) / gigabyte,
    commits:
      perSecond.signIns * a['sign-in-commits'] +
      perSecond.onward * a['onward-commits'] +
      perSecond.refreshes * a['refresh-commits'],
    connections: instances * a['cores-each'] * (a.connections + 1),
    disk: {
      perDay: logged / gigabyte,
      sessions: ofSessions / gigabyte,
      atTheEnd: (logged * daysOfYear * a['log-years'] + ofSessions + passing) / gigabyte,
      walPerDay: wal / gigabyte,
    },
    walAtPeak: walAtPeak / megabyte,
  }
}
