/** `npm run bench`: see options.ts for what may be asked of it. Progress goes to standard error. */
import { help, readOptions } from './options.ts'
import { jsonOf } from './report/json.ts'
import { runBench } from './run.ts'

const say = (line: string) => void process.stderr.write(`${line}\n`)

const main = async () => {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') return say(help)
  const results = await runBench(options, say)
  if (options.json) process.stdout.write(`${jsonOf(results)}\n`)
}

try {
  await main()
  process.exit(0)
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(1)
}
