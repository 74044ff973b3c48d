/**
 * `npm run prove:first-day`: what the README promises, on a machine that has never seen this checkout. Clones what is
 * committed, starts it with an empty home, and lives a first day in a headless Chromium: set up a device, log in at the
 * ward application, stop, start again, be killed and start once more. Needs Linux, git, and the network for packages.
 * `-- --ahead` lets second starts, which are timed, go before whatever else the machine does; only root may ask for it.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Failure } from '../failure.ts'
import { cloneInto } from './first-day/fresh-clone.ts'
import { liveFirstDay, type Step } from './first-day/live-it.ts'
import { processesIn } from './first-day/processes.ts'
import { tellProof } from './first-day/tell.ts'
import { openBrowser } from './first-day/visitor.ts'
import { writeProof } from './stage/write-proof.ts'

const { values } = parseArgs({ options: { ahead: { type: 'boolean', default: false } } })
const say = (line: string) => console.log(line)

const undo: (() => Promise<unknown>)[] = []
const undoAll = async () => {
  for (let last = undo.pop(); last; last = undo.pop()) await last()
}

/** Whatever the first day left behind, if it did not come to its end. */
const clear = async (folder: string): Promise<void> => {
  for (const pid of await processesIn(folder)) process.kill(pid, 'SIGKILL')
  await rm(folder, { recursive: true, force: true })
}

/** @returns what went wrong, if anything did */
const prove = async (steps: Step[]): Promise<Error | undefined> => {
  if (process.platform !== 'linux') throw new Failure('This proof needs Linux, which tells what processes are left.')
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'fobwatch-first-day-')))
  undo.push(() => clear(folder))
  const browser = await openBrowser(say)
  undo.push(() => browser.close())
  say('Cloning …')
  const clone = await cloneInto(folder)
  const tell = (step: Step) => {
    steps.push(step)
    say(`✔ ${step.says}${step.figure ? `: ${step.figure}` : ''}`)
  }
  return liveFirstDay({ clone, browser, ahead: values.ahead, tell }).then(
    () => undefined,
    (error: Error) => error,
  )
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void undoAll().finally(() => process.exit(130)))

try {
  const steps: Step[] = []
  const fault = await prove(steps)
  if (fault) say(`✖ ${fault.stack}`)
  const passed = fault === undefined
  const body = tellProof(steps, fault?.message.split('\n')[0])
  say(`Written to ${await writeProof({ name: 'first-day', title: 'A first day', body, passed })}.`)
  say(passed ? 'It holds.' : 'It does not hold.')
  process.exitCode = passed ? 0 : 1
} catch (error) {
  console.error(error instanceof Failure ? error.message : error)
  process.exitCode = 1
} finally {
  await undoAll()
}
