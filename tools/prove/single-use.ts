/**
 * `npm run prove:single-use`: two processes of the service on one database; everything that may be used once is used
 * sixteen times at once, across both. `-- --count N` for fewer than 1,000 of each kind, `-- --minutes N` to give up
 * sooner or later.
 */
import { parseArgs } from 'node:util'
import { kinds } from './single-use/kinds.ts'
import { type Figures, proveKind } from './single-use/prove-kind.ts'
import { tellProof } from './single-use/tell.ts'
import { setStage } from './stage/set-stage.ts'
import { writeProof } from './stage/write-proof.ts'

const { values } = parseArgs({
  options: { count: { type: 'string', default: '1000' }, minutes: { type: 'string', default: '30' } },
})
const lanes = 4
/** Fewer show that the proof runs, and nothing that is worth keeping. */
const worthKeeping = 1000

const say = (line: string) => console.log(line)

const readNumber = (name: keyof typeof values): number => {
  const number = Number(values[name])
  if (Number.isInteger(number) && number > 0) return number
  console.error(`--${name} must be a whole number above 0.`)
  return process.exit(2)
}
const count = readNumber('count')
const minutes = readNumber('minutes')

const prove = async (): Promise<Figures[]> => {
  const deadline = Date.now() + minutes * 60_000
  say('Starting two processes of the service on one PostgreSQL …')
  const stage = await setStage({ instances: 2 })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void stage.strike().finally(() => process.exit(130)))
  try {
    const all: Figures[] = []
    for (const kind of kinds) all.push(await proveKind(stage, kind, { count, lanes, deadline, say }))
    if (all.some(({ serverErrors }) => serverErrors > 0)) say(await stage.logs())
    return all
  } finally {
    await stage.strike()
  }
}

const all = await prove()
const passed = all.every(({ faults }) => faults.length === 0)
if (count >= worthKeeping)
  say(`Written to ${await writeProof({ name: 'single-use', title: 'Used once', body: tellProof(all), passed })}.`)
say(passed ? 'It holds.' : 'It does not hold.')
process.exit(passed ? 0 : 1)
