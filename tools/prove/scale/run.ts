import {
  closedLoop,
  fobwatch,
  measured,
  openStage,
  prepareSignIn,
  type Spread,
  type Stage,
  spreadOf,
} from '@fobwatch/bench'
import { fill, signerAt } from './fill.ts'

interface Scaling {
  sizes: readonly number[]
  rounds: number
  seconds: number
  warmUpSeconds: number
  pinned: boolean
  say: (line: string) => void
}

/** What a sign-in costs where there are so many people, in CPU milliseconds. */
export interface Scaled {
  people: number
  cpuMs: Spread
  databaseCpuMs: Spread
  /** Both together, over the same where there are fewest people in the same round. */
  ratio: Spread
}

interface Cost {
  cpuMs: number
  databaseCpuMs: number
}

const lanes = 16

/** As docs/guides/many-machines.md has it for such a database, at a size that this machine can spare. */
const settings = { shared_buffers: '1GB' }

/** Starts the service on a database that it fills. @returns what measures one turn of it */
const open = async (stage: Stage, people: number, { say, warmUpSeconds, seconds }: Scaling) => {
  say(`Filling a database with ${people.toLocaleString('en-GB')} people …`)
  const { running, database, wire } = await stage.enter(fobwatch, `people_${people}`, 1)
  const device = running.people.at(0)?.device
  if (!device) throw new Error('Nobody is enrolled')
  for (const sql of fill(people)) await database.run(sql)
  await untilSealed(database)
  const everybody = {
    length: Number.MAX_SAFE_INTEGER,
    at: (index: number) => {
      const { credentialId, userHandle } = signerAt(index, people)
      // A passkey that does not count, as those of phones do not: one device answers as everybody, several at a time.
      const asThem = { id: credentialId, userHandle, signCount: 0 }
      const authenticate: typeof device.authenticate = (options, ceremony) =>
        device.authenticate(options, { ...ceremony, misbehave: asThem })
      return { device: { authenticate } }
    },
  }
  const deed = await prepareSignIn(running, wire, everybody)
  await closedLoop(() => deed(wire), lanes, warmUpSeconds)
  const turn = async (): Promise<Cost> => {
    await database.run('checkpoint')
    const { got, used } = await measured({ pid: running.pid, databasePid: stage.server.pid }, () =>
      closedLoop(() => deed(wire), lanes, seconds),
    )
    return { cpuMs: used.cpuMs / got.count, databaseCpuMs: used.databaseCpuMs / got.count }
  }
  return { people, turn, costs: [] as Cost[] }
}

const unsealed = 'select from audit_event e where not exists (select from audit_leaf l where l.seq = e.seq) limit 1'

/** The service seals what it finds in the log; until it has, that would be charged to those who sign in. */
const untilSealed = async ({ run }: { run: (sql: string) => Promise<object[]> }) => {
  while ((await run(unsealed)).length > 0) await new Promise((resolve) => setTimeout(resolve, 1000))
}

/** Measures sign-ins where there are few people and where there are many, turn and turn about. */
export const scale = async (scaling: Scaling): Promise<Scaled[]> => {
  const { sizes, rounds, pinned, say } = scaling
  const stage = await openStage({ pinned, settings })
  try {
    const places: Awaited<ReturnType<typeof open>>[] = []
    for (const people of sizes) places.push(await open(stage, people, scaling))
    for (let round = 1; round <= rounds; round += 1)
      for (const { people, turn, costs } of places) {
        const cost = await turn()
        costs.push(cost)
        say(`  round ${round}, ${people}: ${cost.cpuMs.toFixed(2)} + ${cost.databaseCpuMs.toFixed(2)} ms`)
      }
    const fewest = places[0]?.costs ?? []
    return places.map(({ people, costs }) => ({
      people,
      cpuMs: spreadOf(costs.map(({ cpuMs }) => cpuMs)),
      databaseCpuMs: spreadOf(costs.map(({ databaseCpuMs }) => databaseCpuMs)),
      ratio: spreadOf(costs.map((cost, round) => inAll(cost) / inAll(fewest[round] ?? cost))),
    }))
  } finally {
    await stage.strike()
  }
}

const inAll = ({ cpuMs, databaseCpuMs }: Cost) => cpuMs + databaseCpuMs
