import type { Size } from './fill.ts'
import type { Reached } from './run.ts'

/** Milliseconds at the 95th percentile that no answer may take. */
export const bar = 200

const ms = (number: number) => number.toFixed(number < 10 ? 1 : 0)

const tableOf = ({ reach, figures }: Reached) => `## A manager who reaches ${reach}

| what is asked | asked | p50 ms | p95 ms | p99 ms |
|---|---|---|---|---|
${figures.map((each) => `| ${each.name} | ${each.count} | ${ms(each.p50)} | ${each.p95 >= bar ? `**${ms(each.p95)}**` : ms(each.p95)} | ${ms(each.p99)} |`).join('\n')}
`

/** The page of the proof, below its heading. */
export const tellDesk = (size: Size, found: readonly Reached[]): string => `
${size.people.toLocaleString('en-GB')} people, ${size.assignments.toLocaleString('en-GB')} assignments,
${size.events.toLocaleString('en-GB')} events of the log, ${size.authenticators.toLocaleString('en-GB')} authenticators and
${size.organisations.toLocaleString('en-GB')} organisations in a tree, all made by SQL. The service listens on the loopback; each
answer is timed from the request to its last byte, one after the other, guard, audit and all. The bar is ${bar} ms at the 95th
percentile. Where a list has pages, its first, its second and its eleventh are asked for in turn.

${found.map(tableOf).join('\n')}
## What PostgreSQL does

The plans of the statements that lists and searches are made of (\`explain (analyze, buffers)\`), for the first page of each:
${found.map(({ reach }) => `[${reach}](desk/${planFile(reach)})`).join(', ')}.
`

/** The name of the file with the plans of one reach. */
export const planFile = (reach: string): string => `plans-${reach.replaceAll(' ', '-')}.txt`

/** The plans of one reach, one after another. */
export const tellPlans = ({ plans }: Reached): string =>
  plans
    .filter((plan) => plan.plans.length > 0)
    .map(({ name, plans: each }) => `==== ${name}\n\n${each.join('\n\n')}\n`)
    .join('\n')
