/**
 * `npm run prove:desk`: a database of 100,000 people, a million assignments and a million events, and everything that an
 * agent asks of the desk, over HTTP. `-- --rounds N` for other than 30 of each.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '@fobwatch/local-postgres'
import { root } from '../programs.ts'
import { whole } from './desk/fill.ts'
import { type Reached, runDesk } from './desk/run.ts'
import { bar, planFile, tellDesk, tellPlans } from './desk/tell.ts'
import { writeProof } from './stage/write-proof.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' } } })
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('--rounds must be a whole number above 0.')
  process.exit(2)
}
const say = (line: string) => console.log(line)

const prove = async (): Promise<Reached[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-desk-'))
  const database = await startPostgres({ dataDir: join(folder, 'postgres') })
  const strike = async () => {
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void strike().finally(() => process.exit(130)))
  try {
    await database.createDatabase('fobwatch')
    say('Filling a database …')
    return await runDesk({ databaseUrl: database.url('fobwatch'), size: whole, rounds, withPlans: true, say })
  } finally {
    await strike()
  }
}

const found = await prove()
const passed = found.every(({ figures }) => figures.every(({ p95 }) => p95 < bar))
const title = 'The desk with 100,000 people'
const plans = join(root, 'docs/proofs/desk')
await mkdir(plans, { recursive: true })
for (const each of found) await writeFile(join(plans, planFile(each.reach)), tellPlans(each))
say(`Written to ${await writeProof({ name: 'desk', title, body: tellDesk(whole, found), passed })}.`)
say(passed ? 'It holds.' : 'It does not hold.')
process.exit(passed ? 0 : 1)
