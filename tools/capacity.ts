/**
 * `npm run capacity`: what a service for so many people needs, from what a sign-in costs. It takes what the benchmark
 * measured (docs/proofs/bench.json); `-- --api-ms X --database-ms Y` gives other costs, and the other options other
 * assumptions. `-- --write` puts the table into docs/guides/many-machines.md.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Assumed, assumptions, usual } from './capacity/assumptions.ts'
import { type Costs, readCosts } from './capacity/costs.ts'
import { tableOf, withTable } from './capacity/table.ts'
import { root } from './programs.ts'

const guide = join(root, 'docs/guides/many-machines.md')

const refuse = (sentence: string): never => {
  console.error(sentence)
  return process.exit(2)
}

const text = { type: 'string' } as const
const readOptions = () => {
  try {
    return parseArgs({
      options: {
        ...Object.fromEntries(Object.keys(assumptions).map((name) => [name, text])),
        'api-ms': text,
        'database-ms': text,
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }).values
  } catch (error) {
    // Node's own words go on about how to write what nobody meant.
    const [said = ''] = error instanceof Error ? error.message.split(/\. |\n/) : []
    return refuse(`${said.replace(/\.$/, '')}. \`npm run capacity -- --help\` lists the options.`)
  }
}
const values = readOptions()

/** What is divided by. */
const aboveZero: readonly string[] = ['load', 'cores-each']

const numberOf = (name: string, given: unknown): number => {
  const number = given === '' ? Number.NaN : Number(given)
  const isAbove = aboveZero.includes(name)
  if (Number.isFinite(number) && (isAbove ? number > 0 : number >= 0)) return number
  return refuse(`--${name} must be a number, ${isAbove ? 'above 0' : '0 or more'}.`)
}

const given = values as Record<string, string | boolean | undefined>
const assumed = Object.fromEntries(
  Object.entries(usual).map(([name, value]) => [name, given[name] === undefined ? value : numberOf(name, given[name])]),
) as Assumed

const costsOf = async (): Promise<Costs> => {
  const [api, database] = [given['api-ms'], given['database-ms']]
  if (api === undefined && database === undefined) return readCosts()
  const signIn = { apiMs: numberOf('api-ms', api), databaseMs: numberOf('database-ms', database) }
  return { signIn, onward: undefined, refresh: undefined, source: 'as given' }
}

if (values.help) {
  const lines = Object.entries(assumptions).map(
    ([name, { value, says }]) => `  --${name.padEnd(16)} ${says} (${value})`,
  )
  console.log(
    ['  --api-ms, --database-ms: CPU of a sign-in in milliseconds', '  --write: into the guide', ...lines].join('\n'),
  )
} else {
  const table = tableOf(await costsOf(), assumed)
  if (values.write) await writeFile(guide, withTable(await readFile(guide, 'utf8'), table))
  console.log(table)
}
