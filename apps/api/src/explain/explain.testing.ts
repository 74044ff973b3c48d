import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AssertionGiven, RegistrationGiven } from './case.ts'
import { explainAssertion } from './explain-assertion.ts'
import { explainRegistration } from './explain-registration.ts'
import { readGiven } from './read-case.ts'
import type { Report } from './report.ts'
import vectorFile from './vectors/webauthn-l3.json' with { type: 'json' }

export type Ceremony = 'registration' | 'assertion'

/** One case of a test vector. */
export interface Vector {
  /** As docs/explain.md has it. */
  title: string
  ceremony: Ceremony
  given: object
}

/** Every registration and every assertion of the specification's test vectors. */
export const vectors: Vector[] = vectorFile.vectors.flatMap(({ name, registration, assertion }) => [
  { title: `\`${name}\` registration`, ceremony: 'registration' as const, given: registration },
  { title: `\`${name}\` assertion`, ceremony: 'assertion' as const, given: assertion },
])

/** In PEM. */
export const { attestationRoot } = vectorFile

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A case with some members changed (RFC 7396). */
const changed = (given: object, patch: object): object => {
  const whole: Record<string, unknown> = { ...given }
  for (const [name, member] of Object.entries(patch)) {
    const before = whole[name]
    whole[name] = isObject(member) && isObject(before) ? changed(before, member) : member
  }
  return whole
}

/** Explains a case in this process, as the command does. */
export const explain = ({ ceremony, given }: Omit<Vector, 'title'>, patch: object = {}): Promise<Report> => {
  const text = JSON.stringify(changed(given, patch))
  const now = new Date('2026-11-25T09:30:00Z')
  return ceremony === 'registration'
    ? explainRegistration(readGiven(RegistrationGiven, text), now)
    : explainAssertion(readGiven(AssertionGiven, text), now)
}

const page = readFileSync(new URL('../../../../docs/explain.md', import.meta.url), 'utf8')

/** The rows of a table of docs/explain.md, by the names of its columns; found by a column that no other table has. */
export const tableWith = (column: string): Record<string, string>[] => {
  const lines = page.split('\n')
  const at = lines.findIndex((line) => line.startsWith('| ') && cellsOf(line).includes(column))
  if (at === -1) throw new Error(`docs/explain.md has no table with a column ${column}`)
  const names = cellsOf(lines[at] ?? '')
  const rows = lines.slice(at + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(0, end).map((line) => {
    const cells = cellsOf(line)
    return Object.fromEntries(names.map((name, column) => [name, cells[column] ?? '']))
  })
}

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())

/** The report that docs/explain.md has whole. */
export const reportInPage = (): unknown => JSON.parse(/```json\n([\s\S]+?)```/.exec(page)?.[1] ?? '')

export interface Ended {
  code: number
  out: string
  err: string
}

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))

/** Runs the real command, with nothing in its environment unless given. */
export const fobwatch = (words: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Promise<Ended> => {
  const { promise, resolve } = Promise.withResolvers<Ended>()
  const child = execFile(process.execPath, [cli, ...words], { env }, (error, out, err) =>
    resolve({ code: error ? Number(error.code) : 0, out, err }),
  )
  child.stdin?.end(input)
  return promise
}
