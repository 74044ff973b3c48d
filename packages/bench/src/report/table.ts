import type { Figures } from './figures.ts'

const ms = (number: number) => (Number.isNaN(number) ? '–' : number.toFixed(number < 10 ? 2 : 1))
const whole = (number: number) => (Number.isNaN(number) ? '–' : number.toFixed(0))
const times = (number = Number.NaN) => (Number.isNaN(number) ? '–' : number.toFixed(2))
const count = (number: number | undefined) => (number === undefined ? '–' : number.toFixed(1).replace(/\.0$/, ''))
const within = ({ least, most }: { least: number; most: number }) => `${ms(least)}–${ms(most)}`

const columns: [heading: string, cell: (figures: Figures) => string][] = [
  ['a second per core', ({ perSecondPerCore }) => whole(perSecondPerCore)],
  ['a second, by the clock', ({ perSecond }) => whole(perSecond)],
  ['API CPU ms', ({ cpuMs, spread }) => `${ms(cpuMs)} (${within(spread.cpuMs)})`],
  ['database CPU ms', ({ databaseCpuMs, spread }) => `${ms(databaseCpuMs)} (${within(spread.databaseCpuMs)})`],
  ['× floor', ({ ratioToFloor }) => times(ratioToFloor)],
  ['statements / commits', ({ statements, commits }) => `${count(statements)} / ${count(commits)}`],
  ['p50 / p95 ms', ({ p50Ms, p95Ms }) => [p50Ms, p95Ms].map(ms).join(' / ')],
  ['p99 ms', ({ p99Ms, spread }) => `${ms(p99Ms)} (${within(spread.p99Ms)})`],
  ['whole p50 / p99 ms', (each) => [each.whole.p50Ms, each.whole.p99Ms].map(ms).join(' / ')],
  ['memory idle / loaded MB', ({ memory }) => `${whole(memory.idleMb)} / ${whole(memory.loadedMb)}`],
  ['cores busy: API, rest', ({ busy }) => `${(100 * busy.api).toFixed(0)} %, ${(100 * busy.rest).toFixed(0)} %`],
  ['saturated', ({ saturated }) => saturated],
]

/** A Markdown table, in columns that also line up on a terminal. */
export const tableOf = (figures: Record<string, Figures>): string => {
  const rows = [
    ['', ...Object.keys(figures)],
    ...columns.map(([heading, cell]) => [heading, ...Object.values(figures).map(cell)]),
  ]
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows.map(line)
  return [head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body].join('\n')
}
