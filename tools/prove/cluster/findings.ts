/** One thing that a proof looked at. */
export interface Finding {
  /** What ought to be so. */
  says: string
  holds: boolean
  /** What was seen. */
  seen: string
}

/** Keeps what is found, and says it as it goes. */
export const keepFindings = (say: (line: string) => void) => {
  const findings: Finding[] = []
  const find = (says: string, holds: boolean, seen: string | number | boolean): void => {
    findings.push({
      says,
      holds,
      seen: String(seen)
        .trim()
        .replaceAll(/\s*\n\s*/g, ' '),
    })
    say(`${holds ? '✔' : '✖'} ${says}: ${seen}`)
  }
  return { findings, find }
}

const cell = (text: string) => text.replaceAll('|', '\\|')

/** Findings as a table in Markdown. */
export const tableOf = (findings: readonly Finding[]): string =>
  [
    '| what | seen | |',
    '| --- | --- | --- |',
    ...findings.map(
      ({ says, seen, holds }) => `| ${cell(says)} | ${cell(seen)} | ${holds ? 'holds' : '**does not hold**'} |`,
    ),
  ].join('\n')
