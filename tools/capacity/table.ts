import { type Assumed, assumptions, type Name } from './assumptions.ts'
import type { Costs } from './costs.ts'
import { reckon } from './reckon.ts'

const number = (value: number, places = 0): string =>
  value.toLocaleString('en-GB', { minimumFractionDigits: places, maximumFractionDigits: places })
const names = Object.keys(assumptions) as Name[]
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

/** What else it would be: half and twice as many sign-ins. */
const times = [0.5, 1, 2]

/** The table of docs/guides/many-machines.md: what is needed, and what that rests on. */
export const tableOf = (costs: Costs, assumed: Assumed): string => {
  const all = times.map((factor) => reckon(costs, { ...assumed, 'sign-ins': assumed['sign-ins'] * factor }))
  const line = (says: string, of: (needs: (typeof all)[number]) => string) => row([says, ...all.map(of)])
  const { apiMs, databaseMs } = costs.signIn
  return [
    `For ${number(assumed.staff)} people, at ${number(apiMs, 1)} ms of the API's CPU and ${number(databaseMs, 1)} ms of PostgreSQL's for a sign-in: ${costs.source}.`,
    '',
    row(['', ...times.map((factor) => `${assumed['sign-ins'] * factor} sign-ins a day each`)]),
    row(['---', ...times.map(() => '---:')]),
    line('sign-ins a second, in the busiest minutes', ({ perSecond }) => number(perSecond.signIns)),
    line('into further applications a second', ({ perSecond }) => number(perSecond.onward)),
    line('refreshes a second', ({ perSecond }) => number(perSecond.refreshes)),
    line('cores of the API that are busy', ({ busy }) => number(busy.api, 1)),
    line(`cores of the API to have, ${assumed.load} % busy`, ({ cores }) => number(cores.api)),
    line(`instances of ${assumed['cores-each']} cores, ${assumed.spare} of them to spare`, ({ instances }) =>
      number(instances),
    ),
    line('memory of each for the service, in GB', ({ memory }) => number(memory, 1)),
    line('cores of PostgreSQL that are busy', ({ busy }) => number(busy.database, 1)),
    line(`cores of PostgreSQL to have, ${assumed.load} % busy`, ({ cores }) => number(cores.database)),
    line('transactions a second that write, in the busiest minutes', ({ commits }) => number(commits)),
    line('connections, all instances together', ({ connections }) => number(connections)),
    line('the log grows a day, in MB', ({ disk }) => number(disk.perDay * 1000)),
    line(`sessions of ${assumed['session-days']} days, in GB`, ({ disk }) => number(disk.sessions, 1)),
    line(`the database has after ${assumed['log-years']} years, in TB`, ({ disk }) => number(disk.atTheEnd / 1000, 1)),
    line('log of changes to archive a day, in GB', ({ disk }) => number(disk.walPerDay, 1)),
    line('of it in the busiest minutes, in MB a second', ({ walAtPeak }) => number(walAtPeak, 1)),
    '',
    'It rests on these, each of which is an option:',
    '',
    row(['option', 'is', 'of']),
    row(['---', '---:', '---']),
    ...names.map((name) => row([`\`--${name}\``, number(assumed[name]), assumptions[name].says])),
    '',
  ].join('\n')
}

const [begin, end] = ['<!-- capacity -->', '<!-- /capacity -->']

/** Puts a table into the guide, in the place of the one there. @throws Error where the guide has no place for it */
export const withTable = (guide: string, table: string): string => {
  const [before, rest] = guide.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error('The guide has no place for the table')
  return `${before}${begin}\n\n${table}\n${end}${after}`
}
