import type { Now } from '#kernel'
import { sealedEvent } from '../chain/sealed-event.ts'
import type { BatchRow, ChainStore, Place } from '../chain/store.ts'
import { exportFormat, type Line, type LineOf, type PublicKey, written } from './lines.ts'

export interface ExportDeps {
  store: ChainStore
  now: Now
  issuer: string
  seal: () => Promise<void>
  /** All with which a checkpoint may have been signed, those of long ago too. */
  publicKeys: () => Promise<PublicKey[]>
}

/** How much is read at once, so that an export of any length takes little memory. */
const batchesAtOnce = 100
const placesAtOnce = 500
const blockLength = 65_536

/** A batch as it stands in an export. */
export const batchLine = ({ number, previous, count, total, sealedAt, hash }: BatchRow): LineOf<'batch'> => ({
  kind: 'batch',
  number,
  previous: previous?.toString('hex') ?? null,
  count,
  total,
  sealedAt: sealedAt.toISOString(),
  hash: hash.toString('hex'),
})

const placeLine = (batch: number, { place, leaf, event }: Place): Line => {
  const stands = { batch, place, leaf: leaf.toString('hex') }
  return event ? { kind: 'event', ...stands, event: sealedEvent(event) } : { kind: 'missing', ...stands }
}

async function* placesOf(store: ChainStore, batch: number): AsyncGenerator<Place> {
  for (let after = 0, more = true; more; ) {
    const page = await store.placesOf(batch, after, placesAtOnce)
    yield* page
    after = page.at(-1)?.place ?? after
    more = page.length === placesAtOnce
  }
}

async function* batchesOf(store: ChainStore, from: number, to: number): AsyncGenerator<BatchRow> {
  for (let first = from; first <= to; first += batchesAtOnce)
    yield* await store.batches(first, Math.min(first + batchesAtOnce - 1, to))
}

/** The lines of some batches, both ends included. */
export async function* linesOfBatches(store: ChainStore, first: number, last: number): AsyncGenerator<Line> {
  for await (const batch of batchesOf(store, first, last)) {
    yield batchLine(batch)
    for await (const place of placesOf(store, batch.number)) yield placeLine(batch.number, place)
    yield { kind: 'checkpoint', batch: batch.number, jws: batch.checkpoint }
  }
}

async function* linesOf({ store, now, issuer, publicKeys }: ExportDeps, last: number): AsyncGenerator<Line> {
  yield { kind: 'export', format: exportFormat, issuer, at: now().toISOString(), personal: 'sealed' }
  yield { kind: 'keys', keys: await publicKeys() }
  let batches = 0
  let events = 0
  for await (const line of linesOfBatches(store, 1, last)) {
    if (line.kind === 'batch') batches += 1
    if (line.kind === 'event' || line.kind === 'missing') events += 1
    yield line
  }
  yield { kind: 'end', batches, events }
}

/**
 * The whole log as it stands now, in blocks of whole lines: what was stored before is sealed first. Personal fields stay sealed. It is
 * read in small parts, so that neither side holds all of it, and in no transaction, since what it reads never changes.
 */
export const exportLines = (deps: ExportDeps) =>
  async function* (): AsyncGenerator<string> {
    await deps.seal()
    const last = await deps.store.lastBatch()
    let block = ''
    for await (const line of linesOf(deps, last?.number ?? 0)) {
      block += written(line)
      if (block.length < blockLength) continue
      yield block
      block = ''
    }
    yield block
  }
