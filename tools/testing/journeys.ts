import { access, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandOf, root, runProgram } from '../programs.ts'
import { type Result, verdict } from './tally.ts'

const config = 'e2e/playwright.config.ts'

interface Stats {
  expected: number
  unexpected: number
  flaky: number
  skipped: number
}

/** What a report of Playwright says of a file, or of a group within it. */
interface Suite {
  suites?: Suite[]
  specs?: { title: string; tests: { results: { attachments: { name: string; path?: string }[] }[] }[] }[]
}

interface Report {
  stats: Stats
  suites: Suite[]
}

/**
 * Runs the journeys in a real browser.
 * @param environment where Chromium and the test database are
 * @param show hears Playwright as it goes
 * @param pattern a part of the names or files of the journeys to run
 */
export const runJourneys = async (
  environment: NodeJS.ProcessEnv,
  show: (text: string) => void,
  pattern?: string,
): Promise<Result> => {
  const isThere = await access(join(root, config)).then(
    () => true,
    () => false,
  )
  if (!isThere) return verdict(false, `\n✖ there are no journeys: ${config} is missing\n`)

  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-journeys-'))
  try {
    const report = join(folder, 'report.json')
    const cli = commandOf('@playwright/test', 'playwright', 'e2e')
    const { code, output } = await runProgram(
      process.execPath,
      [cli, 'test', '--config', config, '--reporter=dot,json', ...(pattern ? [pattern] : [])],
      { env: { ...process.env, ...environment, PLAYWRIGHT_JSON_OUTPUT_FILE: report }, onOutput: show },
    )
    return await judge(report, code, output)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A journey that passes at the second try only is one that failed. */
const judge = async (path: string, code: number | string, output: string): Promise<Result> => {
  const report = await readReport(path)
  if (!report) return verdict(false, `\n✖ the journeys did not run (${code})\n${output}`)

  const { stats, suites } = report
  const failed = stats.unexpected + stats.flaky
  const tally = { passed: stats.expected, failed, skipped: stats.skipped }
  if (code === 0 || failed > 0) return { tally, failures: (await Promise.all(suites.map(whatWasShown))).join('') }
  return { tally: { ...tally, failed: 1 }, failures: `\n✖ Playwright ended with ${code}\n` }
}

/** What the page showed, out of Playwright's account of a failure, which has the source of the test too. */
const readShown = async (path = ''): Promise<string> => {
  const account = await readFile(path, 'utf8').catch(() => '')
  return account.split('\n# Test source')[0]?.split('```yaml')[1] ?? ''
}

/** What the page showed where a journey failed: of a run elsewhere, the output is all that one has. */
const whatWasShown = async ({ suites = [], specs = [] }: Suite): Promise<string> => {
  const within = await Promise.all(suites.map(whatWasShown))
  const here = specs.flatMap(({ title, tests }) =>
    tests
      .flatMap(({ results }) => results.flatMap(({ attachments }) => attachments))
      .filter(({ name }) => name === 'error-context')
      .map(async ({ path }) => `\n✖ ${title}\n${await readShown(path)}\n`),
  )
  return [...within, ...(await Promise.all(here))].join('')
}

const readReport = async (path: string): Promise<Report | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}
