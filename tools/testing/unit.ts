import { glob, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { run } from 'node:test'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { root } from '../programs.ts'
import { type Result, type Tally, verdict } from './tally.ts'

const places = '{apps,packages,tools}/**/*.test.ts'
/** Neighbours, which load much of the same code: one file to a process, loading was half of the work. */
const filesInProcess = 12
/** A process that takes longer than this, in milliseconds, hangs. */
const patience = 10 * 60_000
const atOnce = 2
const lineLength = 100
const options = { concurrency: atOnce, timeout: patience, cwd: root }

type TestEvent = ReturnType<typeof run> extends AsyncIterable<infer Event> ? Event : never
/** Which test files each process loads, by the path of what loads them. */
type Bundles = Map<string, string[]>
type Failed = Extract<TestEvent, { type: 'test:fail' }>['data']

/**
 * Runs the tests that stand beside the code, a dozen files in a process.
 * @param show gets a mark for each test as it ends
 * @param pattern a part of the paths of the files to run
 */
export const runUnitTests = async (show: (mark: string) => void, pattern = ''): Promise<Result> => {
  const files = await findTests(pattern)
  if (files.length === 0) return verdict(false, '\n✖ no test file found\n')

  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-test-files-'))
  try {
    return await runProcesses(await bundle(files, folder), show)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes a file that loads a dozen others, for each dozen of them. @returns what each loads, by its path */
const bundle = async (files: string[], folder: string): Promise<Bundles> => {
  const bundles: Bundles = new Map()
  for (let first = 0; first < files.length; first += filesInProcess) {
    const bundled = files.slice(first, first + filesInProcess)
    const path = join(folder, `${bundles.size}.mjs`)
    const lines = bundled.map((file) => `import ${JSON.stringify(pathToFileURL(join(root, file)).href)}\n`)
    await writeFile(path, lines.join(''))
    bundles.set(path, bundled)
  }
  return bundles
}

const runProcesses = async (bundles: Bundles, show: (mark: string) => void): Promise<Result> => {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 }
  const outputs = new Map<string, string>()
  const failures: Failed[] = []
  const skipped: string[] = []
  const told: string[] = []
  let shown = 0
  // The last take longest, as they start whole services: at the end nobody waits for one of them alone.
  for await (const { type, data } of run({ ...options, files: [...bundles.keys()].reverse() })) {
    if (type === 'test:stdout' || type === 'test:stderr')
      outputs.set(data.file ?? '', `${outputs.get(data.file ?? '') ?? ''}${data.message}`)
    // What a test itself tells, such as a figure that it measures and does not judge; Node's own counts stand at no depth.
    if (type === 'test:diagnostic' && data.nesting > 0) told.push(`\n  ${data.message}`)
    if (type !== 'test:pass' && type !== 'test:fail') continue

    const ended = outcomeOf(type, data)
    if (ended === 'nothing') continue
    tally[ended] += 1
    show(`${marks[ended]}${++shown % lineLength === 0 ? ` ${shown}\n` : ''}`)
    if (type === 'test:fail' && ended === 'failed') failures.push(data)
    if (ended === 'skipped') skipped.push(`\n  skipped: ${where(data)} › ${data.name}`)
  }
  show(`${[...told, ...skipped].join('')}\n`)
  return { tally, failures: [...failures.map(tellFailure), ...tellOutputs(outputs, failures, bundles)].join('') }
}

const findTests = async (pattern: string): Promise<string[]> => {
  const exclude = (path: string) => path.includes('node_modules')
  const files = await Array.fromAsync(glob(places, { cwd: root, exclude }))
  return files.filter((file) => file.includes(pattern)).sort()
}

const marks = { passed: '.', failed: 'F', skipped: 's' } as const

const outcomeOf = (
  type: 'test:pass' | 'test:fail',
  data: Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>['data'],
): keyof Tally | 'nothing' => {
  const isSuite = data.details.type === 'suite'
  if (data.skip !== undefined || data.todo !== undefined) return 'skipped'
  if (type === 'test:pass') return isSuite ? 'nothing' : 'passed'
  // A suite fails with its tests, which are counted; or by itself, in a hook.
  const byItsTests = isSuite && 'error' in data.details && failureType(data.details.error) === 'subtestsFailed'
  return byItsTests ? 'nothing' : 'failed'
}

const failureType = (error: unknown): unknown =>
  error instanceof Error && 'failureType' in error ? error.failureType : undefined

const where = ({ file }: { file?: string | undefined }): string => (file ? relative(root, file) : '')

const tellFailure = (failed: Failed): string => {
  const { error } = failed.details
  return `\n✖ ${where(failed)}:${failed.line ?? ''} › ${failed.name}\n${inspect(error.cause ?? error)}\n`
}

/** What was printed where something failed; a process does not say which of its files printed it. */
const tellOutputs = (outputs: Map<string, string>, failures: Failed[], bundles: Bundles): string[] => {
  const failed = new Set(failures.map(({ file = '' }) => file))
  return [...bundles]
    .filter(
      ([path, files]) =>
        outputs.has(path) && [path, ...files.map((file) => join(root, file))].some((each) => failed.has(each)),
    )
    .map(([path, files]) => `\nwhat ${files.join(', ')} printed:\n${outputs.get(path)}`)
}
