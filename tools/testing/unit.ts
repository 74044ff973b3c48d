import { glob } from 'node:fs/promises'
import { relative } from 'node:path'
import { run } from 'node:test'
import { inspect } from 'node:util'
import { root } from '../programs.ts'
import type { Result, Tally } from './tally.ts'

const places = '{apps,packages,tools}/**/*.test.ts'
/** A test file that takes longer than this, in milliseconds, hangs. */
const patience = 5 * 60_000
const atOnce = 2
const lineLength = 100

type TestEvent = ReturnType<typeof run> extends AsyncIterable<infer Event> ? Event : never
type Failed = Extract<TestEvent, { type: 'test:fail' }>['data']

/**
 * Runs the tests that stand beside the code, each file in a process of its own.
 * @param show gets a mark for each test as it ends
 * @param pattern a part of the paths of the files to run
 */
export const runUnitTests = async (show: (mark: string) => void, pattern = ''): Promise<Result> => {
  const files = await findTests(pattern)
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 }
  if (files.length === 0) return { tally: { ...tally, failed: 1 }, failures: '\n✖ no test file found\n' }

  const outputs = new Map<string, string>()
  const failures: Failed[] = []
  const skipped: string[] = []
  let shown = 0
  for await (const { type, data } of run({ files, concurrency: atOnce, timeout: patience, cwd: root })) {
    if (type === 'test:stdout' || type === 'test:stderr')
      outputs.set(data.file ?? '', `${outputs.get(data.file ?? '') ?? ''}${data.message}`)
    if (type !== 'test:pass' && type !== 'test:fail') continue

    const ended = outcomeOf(type, data)
    if (ended === 'nothing') continue
    tally[ended] += 1
    show(`${marks[ended]}${++shown % lineLength === 0 ? ` ${shown}\n` : ''}`)
    if (type === 'test:fail' && ended === 'failed') failures.push(data)
    if (ended === 'skipped') skipped.push(`\n  skipped: ${where(data)} › ${data.name}`)
  }
  show(`${skipped.join('')}\n`)
  return { tally, failures: [...failures.map(tellFailure), ...tellOutputs(outputs, failures)].join('') }
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

const tellOutputs = (outputs: Map<string, string>, failures: Failed[]): string[] => {
  const files = new Set(failures.map(({ file }) => file ?? ''))
  return [...outputs]
    .filter(([file]) => files.has(file))
    .map(([file, output]) => `\nwhat ${relative(root, file)} printed:\n${output}`)
}
