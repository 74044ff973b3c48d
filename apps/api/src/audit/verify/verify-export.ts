import type { Checkpoint } from '../chain/checkpoint.ts'
import { readCheckpoint, type TrustedKeys } from './keys.ts'
import { parseLine } from './parse-line.ts'
import { readLines } from './read-lines.ts'
import { createWalk, type Progress, type Trusted } from './walk.ts'

/** Faults that are told one by one; a file that is another one altogether has as many as lines. */
const mostTold = 20

export interface Verdict {
  /** Sentences, in the order of the file; none when all is as it was sealed. */
  faults: string[]
  /** How many more there were. */
  untold: number
  batches: number
  events: number
  /** Batches after the one of the checkpoint, for which nothing but the signatures speaks. */
  beyond: number
}

/** What the checkpoint says that was kept elsewhere, or why it is not believed. */
export const readHeld = (text: string, keys: TrustedKeys): Checkpoint | { fault: string } => {
  const read = readCheckpoint(text.trim(), keys)
  return 'fault' in read ? read : read.checkpoint
}

const judgeTail = ({ last, metHeld, lastGood, isEnded, open }: Progress, { held }: Trusted): string[] => {
  const number = last?.number ?? 0
  const faults: string[] = []
  if (!isEnded)
    faults.push(`The file is cut off after ${open ? 'the beginning of ' : ''}batch ${number}: it has no end.`)
  if (held.batch > number)
    faults.push(
      `The file ends at batch ${number} and your checkpoint is of batch ${held.batch}: the last ${
        held.events - (last?.total ?? 0)
      } events are missing.`,
    )
  else if (!metHeld)
    faults.push(`Batch ${held.batch}, of which your checkpoint is, does not stand in the file as it was.`)
  const vouched = Math.max(lastGood, metHeld ? held.batch : 0)
  if (vouched < number)
    faults.push(
      `Nothing that was signed with a good key speaks for what comes after batch ${vouched}: the key was revoked, or see above.`,
    )
  return faults
}

const notBegun = (line: number): string =>
  line === 1 ? 'the file does not begin as an export of an audit log.' : 'another export begins.'

/**
 * Holds an export against keys and a checkpoint that were kept elsewhere. It reads the file once, line by line, and needs
 * nothing else: no database, no configuration, no service.
 */
export const verifyExport = async (file: string, trusted: Trusted): Promise<Verdict> => {
  const faults: string[] = []
  let untold = 0
  const tell = (says: string): void => {
    if (faults.length < mostTold) faults.push(says)
    else untold += 1
  }
  const walk = createWalk(trusted)
  for await (const read of readLines(file)) {
    const tellLine = (says: string) => tell(`Line ${read.number}: ${says}`)
    if ('fault' in read) {
      tell(`Line ${read.number} ${read.fault}.`)
      continue
    }
    const line = parseLine(read.text)
    if ((read.number === 1) !== (line?.kind === 'export')) tellLine(notBegun(read.number))
    else if ((read.number === 2) !== (line?.kind === 'keys'))
      tellLine('keys stand on the second line, and on no other.')
    else if (line) walk.take(line, tellLine)
    else tellLine('an export does not write this.')
  }
  for (const fault of judgeTail(walk.at, trusted)) tell(fault)
  const { batches, events, last } = walk.at
  return { faults, untold, batches, events, beyond: Math.max(0, (last?.number ?? 0) - trusted.held.batch) }
}
