import type { Checkpoint } from '../chain/checkpoint.ts'
import type { Line, LineOf } from '../export/lines.ts'
import { type BatchInFile, closeBatch, openBatch, type Tell, takeEvent } from './batch-in-file.ts'
import { readCheckpoint, type TrustedKeys } from './keys.ts'

/** What a walk begins with: the keys that are trusted, and the checkpoint that was kept elsewhere. */
export interface Trusted {
  keys: TrustedKeys
  held: Checkpoint
}

/** How far the walk has come. */
export interface Progress {
  batches: number
  events: number
  /** The last batch in order. */
  last: LineOf<'batch'> | undefined
  /** Whether the batch of the checkpoint was met, and was the same. */
  metHeld: boolean
  /** The last batch that was signed with a key which was not revoked. */
  lastGood: number
  isEnded: boolean
  open: BatchInFile | undefined
}

const beginning = (last: LineOf<'batch'> | undefined): Progress => ({
  ...{ batches: 0, events: 0, last, metHeld: false, lastGood: 0, isEnded: false, open: undefined },
})

const batchesFrom = (first: number, last: number): string =>
  first === last ? `batch ${first}` : `batches ${first} to ${last}`

const judgeOrder = (at: Progress, head: LineOf<'batch'>, tell: Tell) => {
  const expected = (at.last?.number ?? 0) + 1
  if (head.number > expected)
    return tell(`${batchesFrom(expected, head.number - 1)} should come first: missing, or out of order.`)
  if (head.number < expected) return tell(`batch ${head.number} comes again, or out of its order.`)
  if (head.previous !== (at.last?.hash ?? null))
    tell(`batch ${head.number} was not sealed to the batch before it in this file.`)
  else if (head.total !== (at.last?.total ?? 0) + head.count)
    tell(`batch ${head.number} does not count the events as the batch before it does.`)
}

const requireClosed = (at: Progress, tell: Tell) => {
  if (!at.open) return
  closeBatch(at.open, tell)
  tell(`batch ${at.open.head.number} has no checkpoint after it.`)
  at.open = undefined
}

const takeBatch = (at: Progress, { held }: Trusted, head: LineOf<'batch'>, tell: Tell) => {
  requireClosed(at, tell)
  judgeOrder(at, head, tell)
  at.open = openBatch(head)
  at.batches += 1
  if (head.number > (at.last?.number ?? 0)) at.last = head
  if (head.number !== held.batch) return
  if (head.hash === held.hash && head.total === held.events) at.metHeld = true
  else tell(`batch ${head.number} is not the one of your checkpoint: the log was written anew, or is another one.`)
}

/** What came after the checkpoint that was kept has nothing but its signature, which a copy of the service can make too. */
const isOfAnother = ({ batch, iss }: Checkpoint, { held }: Trusted) => batch > held.batch && iss !== held.iss

const takeCheckpoint = (at: Progress, trusted: Trusted, line: LineOf<'checkpoint'>, tell: Tell) => {
  const batch = at.open
  if (batch?.head.number !== line.batch)
    return tell(`a checkpoint of batch ${line.batch} does not stand after its batch.`)
  at.open = undefined
  closeBatch(batch, tell)
  const read = readCheckpoint(line.jws, trusted.keys)
  if ('fault' in read) return tell(`the checkpoint of batch ${line.batch} ${read.fault}.`)
  const { head } = batch
  const said = read.checkpoint
  const isOfBatch = said.batch === head.number && said.hash === head.hash && said.events === head.total
  if (!isOfBatch || said.at !== head.sealedAt)
    return tell(`the checkpoint of batch ${line.batch} is forged: what was signed is another batch.`)
  if (isOfAnother(said, trusted))
    return tell(`batch ${head.number} was sealed by another service than your checkpoint.`)
  if (!read.revoked) at.lastGood = Math.max(at.lastGood, head.number)
}

const takeEnd = (at: Progress, { batches, events }: LineOf<'end'>, tell: Tell) => {
  requireClosed(at, tell)
  at.isEnded = true
  if (batches !== at.batches || events !== at.events)
    tell(`the file should hold ${batches} batches with ${events} events, and holds ${at.batches} with ${at.events}.`)
}

const take = (at: Progress, trusted: Trusted, line: Line, tell: Tell) => {
  if (at.isEnded) return tell('something follows the end of the export.')
  switch (line.kind) {
    case 'export':
    // Whoever made the file wrote them in. Trusted is what came another way.
    case 'keys':
      return
    case 'batch':
      return takeBatch(at, trusted, line, tell)
    case 'event':
    case 'missing':
      at.events += 1
      if (at.open?.head.number === line.batch) return takeEvent(at.open, line, tell)
      return tell(`an event of batch ${line.batch} stands outside its batch.`)
    case 'checkpoint':
      return takeCheckpoint(at, trusted, line, tell)
    case 'end':
      return takeEnd(at, line, tell)
  }
}

/**
 * Begins to walk through an export. What it keeps does not grow with the file.
 * @param after the batch before the first one; nothing for a walk from the beginning of the log
 */
export const createWalk = (trusted: Trusted, after?: LineOf<'batch'>) => {
  const at = beginning(after)
  return {
    at: at as Readonly<Progress>,
    take: (line: Line, tell: Tell) => take(at, trusted, line, tell),
  }
}
