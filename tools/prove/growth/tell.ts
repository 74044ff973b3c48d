import { inMebibytes, type Memory } from '../fuzz/steady.ts'

const rowOf = ({ cases, heap, external, rss }: Memory) =>
  `| ${cases.toLocaleString('en-GB')} | ${inMebibytes(heap)} | ${inMebibytes(external)} | ${inMebibytes(rss)} |`

/** The page of the proof, below its heading. @param fault what grew, if anything did */
export const tellGrowth = (samples: readonly Memory[], fault: string | undefined): string => `
One process of the service as in production, and ${samples.at(-1)?.cases.toLocaleString('en-GB')} complete sign-ins at it, sixteen at a time: authorize, the
page's questions, the answer of a device, the tokens, userinfo. Forty times on the way it collects its garbage, which only
this proof makes it do, and tells what is left. In the first quarter caches fill and code is compiled; from the second quarter
to the last the heap and what it holds may grow by 8 MiB, and the process by 64 MiB.

${fault ? `**${fault[0]?.toUpperCase()}${fault.slice(1)}.**` : 'It did not grow.'}

| sign-ins | heap | outside it | process |
|---:|---:|---:|---:|
${samples.map(rowOf).join('\n')}
`
