/**
 * `npm run prove:fuzz`: a million responses of real devices, spoilt in every way that can be thought of, to the endpoints
 * that take them. `-- --count N` for fewer, `-- --seed N` for the same ones again.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '@fobwatch/local-postgres'
import { type Figures, fuzz } from './fuzz/run.ts'
import { openService } from './fuzz/service.ts'
import { tellProof } from './fuzz/tell.ts'
import { writeProof } from './stage/write-proof.ts'

const { values } = parseArgs({ options: { count: { type: 'string', default: '1000000' }, seed: { type: 'string' } } })
/** Fewer show that the proof runs, and nothing that is worth keeping. */
const worthKeeping = 1_000_000
/** Each has a million of fast-check's seeds, which have 31 bits, to itself. */
const mostSeed = 2_000

const say = (line: string) => console.log(line)

const readNumber = (name: keyof typeof values, otherwise: number): number => {
  const number = Number(values[name] ?? otherwise)
  if (Number.isInteger(number) && number >= 0 && (name === 'count' ? number > 0 : number < mostSeed)) return number
  console.error(name === 'count' ? '--count must be a whole number above 0.' : `--seed must be below ${mostSeed}.`)
  return process.exit(2)
}
const count = readNumber('count', worthKeeping)
const seed = readNumber('seed', Date.now() % mostSeed)

const prove = async (): Promise<Figures> => {
  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-prove-'))
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const strike = async () => {
    for (let last = undo.pop(); last; last = undo.pop()) await last()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void strike().finally(() => process.exit(130)))
  try {
    // What is proved here does not depend on what a crash would leave.
    const database = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false })
    undo.push(database.stop)
    await database.createDatabase('fobwatch')
    const service = await openService(database.url('fobwatch'))
    undo.push(service.close)
    return await fuzz(service, { count, seed, say })
  } finally {
    await strike()
  }
}

say(`Spoiling ${count} responses, seed ${seed} …`)
const figures = await prove()
const passed = figures.faults.length === 0
for (const fault of figures.faults) say(`✖ ${fault}`)
if (count >= worthKeeping)
  say(`Written to ${await writeProof({ name: 'fuzz', title: 'Spoilt responses', body: tellProof(figures), passed })}.`)
say(passed ? 'It holds.' : 'It does not hold.')
process.exit(passed ? 0 : 1)
