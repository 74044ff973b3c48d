import type { Spread } from '@fobwatch/bench'
import type { Scaled } from './run.ts'

/** How much dearer a sign-in may be where there are most people. */
export const mostRatio = 1.1

const ms = ({ median, least, most }: Spread) => `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`
const barWidth = 40

const rowOf = ({ people, cpuMs, databaseCpuMs, ratio }: Scaled) =>
  `| ${people.toLocaleString('en-GB')} | ${ms(cpuMs)} | ${ms(databaseCpuMs)} | ${ms(ratio)} |`

/** A line for each number of people, as long as what a sign-in costs there; the database's part is lighter. */
const curveOf = (scaled: readonly Scaled[]): string => {
  const most = Math.max(...scaled.map(({ cpuMs, databaseCpuMs }) => cpuMs.median + databaseCpuMs.median))
  const bar = (sign: string, { median }: Spread) => sign.repeat(Math.round((barWidth * median) / most))
  return scaled
    .map(({ people, cpuMs, databaseCpuMs }) => {
      const name = people.toLocaleString('en-GB').padStart(9)
      return `${name} ${bar('█', cpuMs)}${bar('░', databaseCpuMs)} ${(cpuMs.median + databaseCpuMs.median).toFixed(2)} ms`
    })
    .join('\n')
}

/** The page of the proof, below its heading. */
export const tellScale = (scaled: readonly Scaled[]): string => `
What a complete sign-in costs in CPU milliseconds, where there are few people and where there are many: of the service's one
process, and of PostgreSQL. Each number of people is a database of its own on one PostgreSQL with 1 GB of shared buffers, filled
by SQL: everybody has a device, a role at an organisation, two sessions that are over, a link that was used, and an event of the
log, which is sealed. Those who sign in are spread over all of them. The databases take turns, each after a checkpoint; figures
are medians, with the least and the most in brackets. The bar is that a sign-in costs less than ${mostRatio} times as much among the most people as among the fewest.

| people | API CPU ms | database CPU ms | over the fewest |
|---:|---|---|---|
${scaled.map(rowOf).join('\n')}

\`\`\`
${curveOf(scaled)}
\`\`\`

The dark part is the API's.
`
