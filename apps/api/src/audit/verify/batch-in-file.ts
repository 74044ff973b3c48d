import { type batchHasher, batchHasher as hasherOf, leafOf } from '../chain/hashes.ts'
import type { LineOf } from '../export/lines.ts'

/** Told of a fault, in words that follow the number of its line. */
export type Tell = (says: string) => void

/** A batch of the file as it is walked through, event by event. */
export interface BatchInFile {
  head: LineOf<'batch'>
  hasher: ReturnType<typeof batchHasher>
  /** The place that comes next. */
  next: number
  /** Whether a fault was told by which the hash cannot come out. */
  broken: boolean
}

export const openBatch = (head: LineOf<'batch'>): BatchInFile => ({
  head,
  hasher: hasherOf(head),
  next: 1,
  broken: false,
})

const placesFrom = (first: number, last: number): string =>
  first === last ? `event ${first}` : `events ${first} to ${last}`

const judgePlace = (batch: BatchInFile, place: number, tell: Tell) => {
  const { number, count } = batch.head
  if (place === batch.next && place <= count) return
  batch.broken = true
  if (place > count) tell(`event ${place} was put into batch ${number}, which had ${count}.`)
  else if (place < batch.next) tell(`event ${place} of batch ${number} comes again, or out of its order.`)
  else tell(`${placesFrom(batch.next, place - 1)} of batch ${number} should come first: missing, or out of order.`)
}

/** Takes the next event of the batch, or what is left of one that was removed from the log. */
export const takeEvent = (batch: BatchInFile, line: LineOf<'event'> | LineOf<'missing'>, tell: Tell) => {
  const { place, leaf } = line
  judgePlace(batch, place, tell)
  if (line.kind === 'missing')
    tell(`event ${place} of batch ${batch.head.number} was removed from the log; only its hash is left.`)
  else if (leafOf(line.event).toString('hex') !== leaf)
    tell(`event ${place} of batch ${batch.head.number} was changed: it is not what was sealed.`)
  batch.hasher.add(Buffer.from(leaf, 'hex'))
  batch.next = Math.max(batch.next, place + 1)
}

/** Whether the batch, at its end, holds exactly what was sealed. */
export const closeBatch = ({ head, hasher, next, broken }: BatchInFile, tell: Tell) => {
  const isHash = hasher.digest().toString('hex') === head.hash
  if (next <= head.count)
    return tell(`${placesFrom(next, head.count)} of batch ${head.number} should come first: missing.`)
  if (!isHash && !broken)
    tell(`batch ${head.number} does not hold what was sealed: something in it, and its hash, was changed.`)
}
