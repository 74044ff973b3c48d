/**
 * `npm run prove:scale`: what a sign-in costs among 1,000, 10,000, 100,000 and 1,000,000 people. `-- --sizes N,…` for other
 * numbers, `-- --rounds N` for other than 7.
 */
import { parseArgs } from 'node:util'
import { scale } from './scale/run.ts'
import { mostRatio, tellScale } from './scale/tell.ts'
import { writeProof } from './stage/write-proof.ts'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000,1000000' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '8' },
  },
})
const sizes = values.sizes.split(',').map(Number)
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)]
if (![...sizes, rounds, seconds].every((each) => Number.isInteger(each) && each > 0)) {
  console.error('--sizes, --rounds and --seconds must be whole numbers above 0.')
  process.exit(2)
}
/** Fewer show that the proof runs, and nothing that is worth keeping. */
const worthKeeping = 1_000_000

const say = (line: string) => console.log(line)
const scaled = await scale({ sizes, rounds, seconds, warmUpSeconds: 5, pinned: true, say })
const passed = (scaled.at(-1)?.ratio.median ?? Number.POSITIVE_INFINITY) < mostRatio
say(tellScale(scaled))
if (sizes.includes(worthKeeping)) {
  const page = { name: 'scale', title: 'A sign-in among a million people', body: tellScale(scaled), passed }
  say(`Written to ${await writeProof(page)}.`)
}
say(passed ? 'It holds.' : 'It does not hold.')
process.exit(passed ? 0 : 1)
