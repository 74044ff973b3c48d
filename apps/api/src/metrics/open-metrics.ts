import type { Gauge } from 'prom-client'
import { meanings } from './meanings.ts'
import { type Read, readNowAndThen, type Sources } from './sources.ts'
import type { Told } from './told.ts'

type NameOf<Kind> = {
  [Name in keyof typeof meanings]: (typeof meanings)[Name]['kind'] extends Kind ? Name : never
}[keyof typeof meanings]

/** Where the time goes of a request that takes 5 to 500 ms; above that it is a matter of seconds. Seconds. */
const buckets = [0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.2, 0.35, 0.5, 1, 2.5, 5]

/** Of the methods that Node understands, those that anything here takes. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

export interface Metrics {
  told: Told
  /** From now on what is read at each scrape is read from there. */
  watch: (sources: Sources) => void
  /** All of this process, as text. */
  text: () => Promise<string>
  contentType: string
  /** All of this process, as the first one gathers it of its workers. */
  counts: () => Promise<unknown>
}

/** Loads prom-client, and opens a registry for this process. The first process gathers those of its workers. */
export const openMetrics = async (): Promise<Metrics> => {
  const prometheus = await import('prom-client')
  const registry = new prometheus.Registry()
  const registers = [registry]
  const readDatabase = readNowAndThen()
  let sources: Sources | undefined

  const about = (name: keyof typeof meanings) => {
    const { name: known, help, labels, ...rest } = meanings[name]
    const aggregator: 'sum' | 'max' | 'min' = 'together' in rest ? rest.together : 'sum'
    return { name: known, help, labelNames: [...labels], aggregator, registers }
  }
  const counter = (name: NameOf<'counter'>) => new prometheus.Counter<string>(about(name))
  const gauge = (name: NameOf<'gauge'>) => new prometheus.Gauge<string>(about(name))
  /** One that is read at each scrape. */
  const read = (name: NameOf<'gauge'>, fill: (gauge: Gauge<string>, from: Sources) => void) =>
    new prometheus.Gauge<string>({
      ...about(name),
      collect() {
        if (sources) fill(this, sources)
      },
    })
  /** One that only the database knows; left out while it is away. */
  const readThere = (name: NameOf<'gauge'>, fill: (gauge: Gauge<string>, read: Read, now: Date) => void) =>
    new prometheus.Gauge<string>({
      ...about(name),
      async collect() {
        const known = sources && (await readDatabase(sources))
        // A gauge without labels that is reset is 0, which would be a claim.
        if (meanings[name].labels.length > 0) this.reset()
        else this.remove()
        if (sources && known) fill(this, known, sources.now())
      },
    })

  const ceremonies = counter('ceremonies')
  const signIns = counter('signIns')
  const refusals = counter('refusals')
  // The first fault is to be seen as one more, and not as a series that begins with it.
  refusals.inc({ code: 'server_fault' }, 0)
  const shed = counter('shed')
  const statementErrors = counter('statementErrors')
  const jobRuns = counter('jobRuns')
  const undelivered = counter('undelivered')
  const damage = counter('damage')
  const answers = new prometheus.Histogram({ ...about('answers'), buckets })
  const jobSeconds = gauge('jobSeconds')
  const jobPeriod = gauge('jobPeriod')
  new prometheus.Counter<string>({
    ...about('limited'),
    collect() {
      this.reset()
      for (const [limit, refused] of Object.entries(sources?.limited() ?? {})) this.inc({ limit }, refused)
    },
  })
  read('underWay', (to, { underWay }) => to.set(underWay()))
  read('waiting', (to, { connections }) => to.set(connections().waiting))
  read('connections', (to, { connections }) => {
    const { busy, idle } = connections()
    to.set({ state: 'busy' }, busy)
    to.set({ state: 'idle' }, idle)
  })
  new prometheus.Gauge<string>({
    ...about('databaseUp'),
    async collect() {
      this.set(sources && (await readDatabase(sources)) ? 1 : 0)
    },
  })
  readThere('outboxWaiting', (to, { outbox }) => to.set(outbox.count))
  readThere('outboxOldest', (to, { outbox }, now) => to.set(secondsSince(outbox.oldest, now)))
  readThere('unsealed', (to, { unsealed }) => to.set(unsealed.count))
  readThere('unsealedOldest', (to, { unsealed }, now) => to.set(secondsSince(unsealed.oldest, now)))
  readThere('keyAge', (to, { keys }, now) => {
    for (const { algorithm, since } of keys) to.set({ algorithm }, secondsSince(since, now))
  })
  readThere('keyNext', (to, { keys }, now) => {
    for (const { algorithm, until } of keys) to.set({ algorithm }, -secondsSince(until, now))
  })
  const doneHere = new Map<string, Date>()
  const planned = new Set<string>()
  readThere('jobSuccess', (to, { jobs }) => {
    for (const [job, begun] of doneHere) to.set({ job }, begun.getTime() / 1000)
    // Names of jobs that were are kept in the table.
    for (const { name: job, startedAt } of jobs) if (planned.has(job)) to.set({ job }, startedAt.getTime() / 1000)
  })
  prometheus.collectDefaultMetrics({ register: registry })

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    counts: () => registry.getMetricsAsJSON(),
    watch: (from) => {
      sources = from
    },
    told: {
      ceremony: ({ ceremony, outcome, kind = 'unknown', level, identityLevel }) => {
        ceremonies.inc({ ceremony, outcome, kind })
        if (ceremony !== 'sign-in' || outcome !== 'done' || level === undefined) return
        signIns.inc({ aal: level, identity_level: identityLevel ?? 'unknown' })
      },
      answered: (method, route = 'none', status, seconds) => {
        const labels = {
          method: methods.has(method) ? method : 'other',
          route,
          status: `${Math.trunc(status / 100)}xx`,
        }
        answers.observe(labels, seconds)
      },
      refused: (code) => refusals.inc({ code }),
      shed: () => shed.inc(),
      statementFailed: (kind) => statementErrors.inc({ kind }),
      jobsPlanned: (jobs) => {
        for (const { name: job, everySeconds } of jobs) {
          planned.add(job)
          jobPeriod.set({ job }, everySeconds)
        }
      },
      jobRan: ({ job, outcome, begun, seconds }) => {
        jobRuns.inc({ job, outcome })
        if (outcome !== 'done') return
        jobSeconds.set({ job }, seconds)
        doneHere.set(job, begun)
      },
      undelivered: (kind, isFinal) => undelivered.inc({ kind, outcome: isFinal ? 'given-up' : 'put-off' }),
      damaged: () => damage.inc(),
    },
  }
}

/** Zero where there is nothing. */
const secondsSince = (then: Date | null, now: Date): number => (then ? (now.getTime() - then.getTime()) / 1000 : 0)
