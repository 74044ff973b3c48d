/**
 * `npm test`: the checks that read the source, the tests beside the code on a throw-away PostgreSQL, and the journeys
 * in a real browser. Nothing is left out in silence, and the last line says how many passed.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@fobwatch/local-postgres'
import { buildWeb } from './build-web.ts'
import { provideChromium } from './chromium.ts'
import { Failure } from './failure.ts'
import { runChecks } from './testing/checks.ts'
import { runJourneys } from './testing/journeys.ts'
import { closingLine, type Result, sum, verdict } from './testing/tally.ts'
import { runUnitTests } from './testing/unit.ts'

const parts = ['checks', 'unit', 'e2e'] as const
type Part = (typeof parts)[number]

const usage = `npm test                            everything
npm test -- --only checks [NAME]    format, lint, types, import directions, dead code
npm test -- --only unit [PATH]      the tests beside the code, or those whose path contains PATH
npm test -- --only e2e [PATTERN]    the journeys in a browser, or those that match PATTERN`

const say = (line: string) => console.log(line)
const show = (text: string) => void process.stdout.write(text)

const readArguments = (args: string[]): { chosen: readonly Part[]; pattern: string | undefined } | undefined => {
  const [option, name, pattern, ...more] = args
  if (option === undefined) return { chosen: parts, pattern: undefined }
  const part = parts.find((each) => each === name)
  // Two patterns would be one that is heeded and one that is not.
  return option === '--only' && part && more.length === 0 ? { chosen: [part], pattern } : undefined
}

const timed = async (title: string, work: () => Promise<Result>): Promise<Result> => {
  say(`${title} …`)
  const started = Date.now()
  const result = await work().catch((error) =>
    verdict(false, `\n✖ ${title}: ${error instanceof Failure ? error.message : error.stack}\n`),
  )
  if (result.failures) say(result.failures)
  say(`${title}: ${closingLine(result.tally)} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`)
  return result
}

const runAll = async (chosen: readonly Part[], pattern: string | undefined): Promise<Result[]> => {
  const results: Result[] = []
  // Installing a browser waits for the network most of the time, and the checks for the processor.
  const chromium = chosen.includes('e2e') ? provideChromium(say) : Promise.resolve('')
  chromium.catch(() => {})
  if (chosen.includes('checks')) results.push(await timed('Checks', () => runChecks(say, pattern)))
  if (!chosen.includes('unit') && !chosen.includes('e2e')) return results

  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-test-'))
  const database = await startPostgres({ dataDir: folder, durable: false })
  const stop = async () => {
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
  endOnSignal(stop)
  try {
    const url = database.url('postgres')
    process.env['FOBWATCH_TEST_DATABASE_URL'] = url
    // Once, before anything serves the pages: a build empties their folder first.
    await buildWeb(say)
    if (chosen.includes('unit')) results.push(await timed('Tests', () => runUnitTests(show, pattern)))
    if (chosen.includes('e2e'))
      results.push(await timed('Journeys', async () => runJourneys({ CHROMIUM_PATH: await chromium }, show, pattern)))
    return results
  } finally {
    await stop()
  }
}

const endOnSignal = (stop: () => Promise<void>) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void stop().finally(() => process.exit(130)))
}

const asked = readArguments(process.argv.slice(2))
if (!asked) {
  say(usage)
  process.exit(process.argv.includes('--help') ? 0 : 2)
}

const started = Date.now()
const total = sum((await runAll(asked.chosen, asked.pattern)).map(({ tally }) => tally))
say(`All of it took ${Math.round((Date.now() - started) / 1000)} s.`)
say(closingLine(total))
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)
