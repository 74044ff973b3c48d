import { type Figures, sumOf } from './run.ts'
import { inMebibytes } from './steady.ts'

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`

const refusalTable = ({ tallies }: Figures): string => {
  const codes = [...new Set(tallies.flatMap(({ refusals }) => [...refusals.keys()]))].sort()
  return [
    row(['answer', ...tallies.map(({ door }) => `\`${door.name}\``), 'all']),
    row(['---', ...tallies.map(() => '---:'), '---:']),
    row(['accepted', ...tallies.map(({ accepted }) => accepted), sumOf(tallies, 'accepted')]),
    ...codes.map((code) => {
      const counts = tallies.map(({ refusals }) => refusals.get(code) ?? 0)
      return row([`\`${code}\``, ...counts, counts.reduce((sum, count) => sum + count, 0)])
    }),
    row(['cases', ...tallies.map(({ cases }) => cases), sumOf(tallies, 'cases')]),
    row(['controls, all accepted', ...tallies.map(({ controls }) => controls), sumOf(tallies, 'controls')]),
  ].join('\n')
}

const memoryTable = ({ memory }: Figures): string =>
  [
    row(['cases', 'heap', 'outside the heap', 'resident']),
    row(['---:', '---:', '---:', '---:']),
    ...memory.map(({ cases, heap, external, rss }) => row([cases, ...[heap, external, rss].map(inMebibytes)])),
  ].join('\n')

/** The page of the proof: what was done, and what came of it. */
export const tellProof = (figures: Figures): string => {
  const { seed, tallies, seconds, faults } = figures
  return `
The whole service runs in one process on a PostgreSQL, and ten visitors send it ${sumOf(tallies, 'cases').toLocaleString('en')}
responses, each one of them what a real device answered, spoilt in one to three places that fast-check drew (seed ${seed}).
A place may be any: the request's bytes, a member of its JSON, base64url, the CBOR of an attestation, authenticator data
and its flags, a COSE key, the DER of a certificate or a signature. What lies around it keeps lengths that are right, so that
a reader gets as far as the place; client data and authenticator data are mostly spoilt before the device signs, so that the
signature holds over what is wrong. One case in ten answers a challenge that nobody made; every other has a fresh one. (The
service makes the first challenge of a link or a browser; copies of its row, under other random values, stand in for asking
again each time.) The maker of the devices is trusted, by metadata and by an anchor, so that chains are followed to their
end. Requests are injected behind the socket: routing, schemas, guards and the database are the service's own.

Every answer must be a success or a refusal of the closed list, with its status, and never 500 or above. After every 250
cases of a visitor a control, in which nothing is spoilt, must be accepted. In the end the tables must hold what was accepted,
and nothing of what was refused. A case that is accepted has a fault that does no harm, such as another transport or another
counter.

It took ${(seconds / 60).toFixed(1)} minutes: ${((seconds * 1000) / sumOf(tallies, 'cases')).toFixed(2)} ms a case.

${refusalTable(figures)}

Memory, each time after garbage was collected. It holds both the service and what sends the cases.

${memoryTable(figures)}

${faults.length > 0 ? `What went wrong:\n\n${faults.map((fault) => `- ${fault}`).join('\n')}` : 'No answer was a fault of the service, and its memory is steady.'}
`
}
