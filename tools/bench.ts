/**
 * `npm run bench`: Fobwatch beside other services and the floor of what the machine can do. `-- --help` says what may be asked
 * of it. Progress, tables and the bars go to standard error.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { barsOf, help, jsonOf, readOptions, runBench, tellBench } from '@fobwatch/bench'
import { measured } from './capacity/costs.ts'
import { root } from './programs.ts'
import { writeProof } from './prove/stage/write-proof.ts'

const say = (line: string) => void process.stderr.write(`${line}\n`)

const readOrRefuse = () => {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}. \`npm run bench -- --help\` lists the options.`)
    return process.exit(2)
  }
}

const main = async () => {
  const options = readOrRefuse()
  if (options === 'help') return void process.stdout.write(help)
  const results = await runBench(options, say)
  for (const { what, bar, measured, holds } of barsOf(results))
    say(`${holds ? 'holds' : 'MISSED'}: ${what}: ${measured} (${bar})`)
  if (options.json) process.stdout.write(`${jsonOf(results)}\n`)
  if (!options.page) return
  const passed = barsOf(results).every(({ holds }) => holds)
  const body = tellBench(results, options)
  const page = { name: 'bench', title: 'How fast it is', command: 'npm run bench -- --page', body, passed }
  // What the capacity table is reckoned from.
  await writeFile(join(root, measured), `${jsonOf(results)}\n`)
  say(`Written to ${await writeProof(page)} and ${measured}. Next: npm run capacity -- --write`)
}

try {
  await main()
  process.exit(0)
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(1)
}
