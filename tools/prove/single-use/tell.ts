import type { Figures } from './prove-kind.ts'
import { rivals } from './race.ts'

const row = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`

const refusalsOf = ({ refusals }: Figures): string =>
  Object.entries(refusals)
    .map(([error, times]) => `${times} \`${error}\``)
    .join(', ')

/** The page of the proof: what was done, and the figures of each kind. */
export const tellProof = (all: readonly Figures[]): string => {
  const table = all.map((figures) =>
    row([
      figures.kind.name,
      figures.kind.says,
      figures.races,
      figures.requests,
      `${figures.successes} (${figures.byInstance.join(' + ')})`,
      refusalsOf(figures),
      figures.serverErrors,
      `${figures.seconds.toFixed(0)} s`,
    ]),
  )
  const faults = all.flatMap(({ kind, faults }) => faults.map((fault) => `- ${kind.name}, ${fault}`))
  return `
Two processes of the service serve one issuer on one PostgreSQL (the embedded one, durable). Of each kind of thing that
may be used once, every single one is used by ${rivals} at the same moment, half of them at either process. Exactly one must
succeed, every other must be refused for coming too late and for no other reason, and nothing may end in a server error.
For challenges and links the tables are counted too: one session, one authenticator. For client assertions, a code that
was refused is redeemed afterwards under another assertion, which shows that it was good; for proofs of possession, the
same token is taken afterwards with another proof.

${row(['what', 'what is sent at once', 'things', 'requests', 'successes (by process)', 'refusals', 'server errors', 'time'])}
${row(['---', '---', '---:', '---:', '---:', '---', '---:', '---:'])}
${table.join('\n')}

${faults.length > 0 ? `What went wrong:\n\n${faults.join('\n')}` : 'Every one was used exactly once.'}
`
}
