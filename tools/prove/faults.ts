/**
 * `npm run prove:faults`: two processes of the service on one PostgreSQL, under load, while each of them is killed, frozen,
 * cut off and led astray; and a checker that looks for everything that was acknowledged. `-- --kills N` for fewer than 50,
 * `-- --seed N` for the same faults again, `-- --only NAME` for one kind of fault, by its name on the page.
 */
import { parseArgs } from 'node:util'
import { enterOwnMounts, hasOwnMounts } from './faults/own-mounts.ts'
import { type Figures, late, runFaults } from './faults/run.ts'
import { tellProof } from './faults/tell.ts'
import { openTheatre } from './faults/theatre.ts'
import { writeProof } from './stage/write-proof.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, seed: { type: 'string' }, only: { type: 'string' } },
})
/** Fewer show that the proof runs, and nothing that is worth keeping. */
const worthKeeping = 50

const say = (line: string) => console.log(line)

const readNumber = (name: 'kills' | 'seed', otherwise: number): number => {
  const number = Number(values[name] ?? otherwise)
  if (Number.isInteger(number) && number > 0) return number
  console.error(`--${name} must be a whole number above 0.`)
  return process.exit(2)
}
const kills = readNumber('kills', worthKeeping)
const seed = readNumber('seed', 1 + (Date.now() % 1_000_000))

const prove = async (): Promise<Figures> => {
  say('Starting two processes of the service on one PostgreSQL …')
  const theatre = await openTheatre({ count: 2, ownDisk: hasOwnMounts() })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void theatre.close().finally(() => process.exit(130)))
  try {
    return await runFaults(theatre, { kills, seed, only: values.only, say })
  } finally {
    await theatre.close()
  }
}

await enterOwnMounts()
say(`Seed ${seed}.`)
const figures = await prove()
const passed = late(figures).length === 0 && figures.rounds.every(({ faults }) => faults.length === 0)
if (kills >= worthKeeping && values.only === undefined)
  say(`Written to ${await writeProof({ name: 'faults', title: 'Under faults', body: tellProof(figures), passed })}.`)
else say(tellProof(figures))
say(passed ? 'It holds.' : 'It does not hold.')
process.exit(passed ? 0 : 1)
