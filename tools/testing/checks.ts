import { commandOf, runProgram } from '../programs.ts'
import { type Result, sum, verdict } from './tally.ts'

interface Check {
  name: string
  package: string
  command?: string
  args: string[]
  env?: NodeJS.ProcessEnv
}

const sources = ['apps', 'packages', 'e2e', 'tools', 'prisma.config.ts']
const checks: Check[] = [
  { name: 'types', package: 'typescript', command: 'tsc', args: ['-b'] },
  { name: 'format and lint', package: '@biomejs/biome', args: ['check', '--error-on-warnings', '.'] },
  {
    name: 'import directions',
    package: 'dependency-cruiser',
    args: [...sources, '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
  },
  // It reads the journeys' configuration, which wants a browser; this one is never started.
  { name: 'dead code', package: 'knip', args: ['--no-progress'], env: { CHROMIUM_PATH: 'none' } },
]

/** Runs the checks that read the source, two at a time; each counts as one. */
export const runChecks = async (say: (line: string) => void, pattern = ''): Promise<Result> => {
  const waiting = checks.filter(({ name }) => name.includes(pattern))
  const results: Result[] = []
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) results.push(await runCheck(check, say))
  }
  await Promise.all([work(), work()])
  return { tally: sum(results.map(({ tally }) => tally)), failures: results.map(({ failures }) => failures).join('') }
}

const runCheck = async (check: Check, say: (line: string) => void): Promise<Result> => {
  const started = Date.now()
  const command = commandOf(check.package, check.command)
  const { code, output } = await runProgram(process.execPath, [command, ...check.args], {
    env: { ...process.env, ...check.env },
  })
  say(`  ${code === 0 ? '✔' : '✖'} ${check.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  return verdict(code === 0, `\n✖ ${check.name}\n${output}\n`)
}
