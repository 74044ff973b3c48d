import type { FaultKind } from './kinds.ts'
import { secretKinds } from './ledger.ts'
import type { Round } from './round.ts'
import { type Figures, late } from './run.ts'

const row = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
const sum = <T>(all: readonly T[], of: (each: T) => number): number => all.reduce((total, each) => total + of(each), 0)
const inSeconds = (milliseconds: number) =>
  Number.isFinite(milliseconds) ? `${(milliseconds / 1000).toFixed(2)} s` : 'not at all'

const heardIn = (rounds: readonly Round[]): string => {
  const totals = new Map<string, number>()
  for (const { seen } of rounds)
    for (const [what, times] of Object.entries(seen.answers)) totals.set(what, (totals.get(what) ?? 0) + times)
  return [...totals].map(([what, times]) => `${times} ${what}`).join(', ')
}

const kindRow = (kind: FaultKind, rounds: readonly Round[]): string => {
  const times = rounds.map(({ recovery }) => recovery.all).toSorted((one, other) => one - other)
  return row([
    kind.name,
    kind.says,
    rounds.length,
    inSeconds(Math.max(...rounds.map(({ recovery }) => recovery.first))),
    inSeconds(times[Math.floor(times.length / 2)] ?? 0),
    inSeconds(times.at(-1) ?? 0),
    `${kind.within} s`,
    heardIn(rounds),
  ])
}

const listed = (title: string, lines: readonly string[]): string =>
  lines.length > 0 ? `${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}\n` : ''

/** The page of the proof: what was done, and what was found. */
export const tellProof = (figures: Figures): string => {
  const { rounds, seed, instances, missing, seconds, starts } = figures
  const had = [...new Set(rounds.map(({ kind }) => kind))]
  const kills = rounds.filter(({ kind }) => kind.isKill).length
  const findings = rounds.map((round) => round.findings)
  const secrets = secretKinds.map((kind) => row([kind, sum(findings, (each) => each.secrets[kind] ?? 0)]))
  const wrong = rounds.flatMap(({ kind, faults }) => faults.map((fault) => `${kind.name}: ${fault}`))
  const slow = late(figures).map(
    ({ kind, recovery }) => `${kind.name}: ${inSeconds(recovery.all)}, of ${kind.within} s`,
  )
  return `
${instances} processes of the service serve one issuer on one PostgreSQL (the embedded one, durable), which they reach by a road
that can be cut, fall silent and be slow. While people set up devices by link, sign in to applications, choose roles,
refresh tokens, log out, pause and remove devices, have tokens revoked, and are paused and logged out at the desk, faults
befall the service one after the other, each at a moment that chance decides (seed ${seed}). The load is small: what is looked for
is what is lost. After each fault everything that was acknowledged is looked for, in the tables and at the service: it must be
there, with its event in the log exactly once; what was not acknowledged may be there or not, but never by half. Then every
secret that may be used once is used again: of all uses of one, one at most may have succeeded. The log is exported and verified
against a checkpoint from before the fault. Processes are killed here, and no power is cut: what the disk was told to keep
stays.

Callers may see 503 with Retry-After, what stands for it where a browser is sent back to its application
(\`temporarily_unavailable\`), and a connection that is cut where its own instance was killed; nothing else.
Measured is how long it takes, from the end of a fault's cause, until every instance is ready and a whole sign-in works at each.

- Faults: ${rounds.length}, of which ${kills} were kills, in ${Math.round(seconds)} s
- Lives: ${sum(findings, ({ lives }) => lives)}, of which ${sum(findings, ({ whole }) => whole)} went to their end
- Deeds acknowledged: ${sum(findings, (each) => each.acknowledged)}, left open by a fault: ${sum(findings, ({ open }) => open)}
- Secrets used again: ${sum(findings, (each) => sum(Object.values(each.secrets), (times) => times))}, of which ${sum(findings, ({ takenLate }) => takenLate)} were taken then, since nobody had used them before
- An instance is ready after ${Math.max(...starts).toFixed(1)} s of processor time at most (${starts.length} starts)

${row(['fault', 'what happens', 'times', 'the first answers again after, at most', 'all answer after (median)', 'at most', 'allowed', 'what callers saw'])}
${row(['---', '---', '---:', '---:', '---:', '---:', '---:', '---'])}
${had
  .map((kind) =>
    kindRow(
      kind,
      rounds.filter((round) => round.kind === kind),
    ),
  )
  .join('\n')}

${row(['secret', 'used again'])}
${row(['---', '---:'])}
${secrets.join('\n')}

${listed(
  'Could not be had where this ran, and was left out:',
  missing.map(({ name, says }) => `${name}: ${says}`),
)}
${listed('Took too long:', slow)}
${wrong.length > 0 ? listed('What went wrong:', wrong) : 'Nothing acknowledged was lost, and nothing was used twice.'}
`
}
