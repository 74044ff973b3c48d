import type { Options } from '../options.ts'
import { scenarios } from '../scenarios/index.ts'
import { type Bar, barsOf } from './bars.ts'
import type { Figures } from './figures.ts'
import { tableOf } from './table.ts'

type Results = Record<string, Record<string, Figures>>

const rowOf = ({ what, bar, measured, holds }: Bar) => `| ${what} | ${bar} | ${holds ? measured : `**${measured}**`} |`

/**
 * The page of a benchmark, below its heading.
 * @param rounds how often each contender had its turn
 */
export const tellBench = (
  results: Results,
  { rounds, seconds, pacedSeconds }: Pick<Options, 'rounds' | 'seconds' | 'pacedSeconds'>,
): string => {
  const sections = scenarios.flatMap(({ key, title }) => {
    const figures = results[key]
    return figures ? [`## ${title[0]?.toUpperCase()}${title.slice(1)}\n\n${tableOf(figures)}\n`] : []
  })
  return `
All contenders run on one PostgreSQL, the embedded one with every commit on disk before it is acknowledged, one database
each. The process of a contender has one core to itself; PostgreSQL and the load generator share the other. Contenders take
turns, ${rounds} rounds of ${seconds} seconds; figures are medians of the rounds, some with the least and the most in brackets, and
*× floor* is the median of what each round came to. CPU is what the kernel charged to the process of the contender and to
PostgreSQL with all its background work, for each deed; *a second per core* is 1000 over the milliseconds of the API. Latencies
are those of the slowest request of a deed, begun at 70 % of the median of the last few turns, whether or not those before were
answered, in turns of ${pacedSeconds} seconds among the others, and the median of those turns is told; *whole* is all of a deed from
when it was due. Every contender has its young objects in 128 MB and Node's code in large pages, as Fobwatch's image does; the load
generator has 16 MB, so that its own collections, which count as anybody's latency, are short.

A *complete sign-in* is seven requests: authorize, what to show, a challenge, the answer, the way back, the tokens, userinfo;
each time in a browser without cookies. The **floor** (\`packages/bench/src/contenders/floor/server.ts\`) does the same round
trips and the same writes in the fewest statements, and nothing else.

| Fobwatch | bar | measured |
|---|---|---|
${barsOf(results).map(rowOf).join('\n')}

${sections.join('\n')}`
}
