/**
 * `npm run prove:growth`: one process of the service, 200,000 complete sign-ins, and its memory looked at on the way, each
 * time after its garbage was collected. `-- --count N` for fewer.
 */
import { parseArgs } from 'node:util'
import { growthOf } from './fuzz/steady.ts'
import { watchGrowth } from './growth/run.ts'
import { tellGrowth } from './growth/tell.ts'
import { writeProof } from './stage/write-proof.ts'

const { values } = parseArgs({ options: { count: { type: 'string', default: '200000' } } })
const count = Number(values.count)
if (!Number.isInteger(count) || count < 1) {
  console.error('--count must be a whole number above 0.')
  process.exit(2)
}
/** Fewer show that the proof runs, and nothing that is worth keeping. */
const worthKeeping = 50_000

const samples = await watchGrowth({ count, pinned: true, say: (line) => console.log(line) })
const fault = growthOf(samples)
console.log(fault ?? 'It does not grow.')
if (count >= worthKeeping) {
  const page = { name: 'growth', title: 'Memory over many sign-ins', body: tellGrowth(samples, fault), passed: !fault }
  console.log(`Written to ${await writeProof(page)}.`)
}
process.exit(fault ? 1 : 0)
