import type { Now, Transaction } from '#kernel'
import { checkpointHeader, claimsOf, type SignCheckpoint } from './checkpoint.ts'
import { type BatchHead, batchHasher, leafOf } from './hashes.ts'
import { sealedEvent } from './sealed-event.ts'
import type { BatchRow, ChainStore, StoredEvent } from './store.ts'

export interface SealDeps {
  store: ChainStore
  now: Now
  issuer: string
  sign: SignCheckpoint
}

/** Events of one batch at most. */
const mostEvents = 1000

/** How many events may overtake one that is being committed before it has to wait for `sealOvertaken`. */
const near = 2000

/** Seals one batch, where there is something to seal. @returns how many events */
const sealBatch = async (deps: SealDeps, tx: Transaction, above: number | null): Promise<number> => {
  const last = await deps.store.lastBatch(tx)
  const events = await deps.store.unsealed(tx, above, near, mostEvents)
  if (events.length === 0) return 0

  const leaves = events.map((event) => leafOf(sealedEvent(event)))
  await deps.store.addBatch(tx, await batchOf(deps, last, leaves), seqsOf(events), leaves)
  return events.length
}

const seqsOf = (events: readonly StoredEvent[]) => events.map(({ seq }) => seq)

const batchOf = async (deps: SealDeps, last: BatchRow | undefined, leaves: readonly Buffer[]): Promise<BatchRow> => {
  const sealedAt = deps.now()
  const head: BatchHead = {
    number: (last?.number ?? 0) + 1,
    previous: last?.hash.toString('hex') ?? null,
    count: leaves.length,
    total: (last?.total ?? 0) + leaves.length,
    sealedAt: sealedAt.toISOString(),
  }
  const hasher = batchHasher(head)
  for (const leaf of leaves) hasher.add(leaf)
  const hash = hasher.digest()
  const checkpoint = await deps.sign({ ...claimsOf(deps.issuer, head, hash.toString('hex')) }, checkpointHeader)
  const { number, count, total } = head
  return { number, count, total, previous: last?.hash ?? null, hash, sealedAt, checkpoint }
}

/**
 * Seals what is unsealed, batch after batch, each in a transaction of its own. Of instances that come at once one seals,
 * and the others leave it to that one. Whoever writes an event waits for nobody: an event is read here after its commit.
 * @param above seal also what has been overtaken by many, from this number on
 */
const sealFrom = async (deps: SealDeps, above: number | null): Promise<void> => {
  for (let sealed = mostEvents; sealed === mostEvents; )
    sealed = await deps.store.inTransaction(async (tx) =>
      (await deps.store.tryLock(tx)) ? sealBatch(deps, tx, above) : 0,
    )
}

/** Seals what has been stored, but for events that more than 2,000 others overtook while they were being committed. */
export const seal = (deps: SealDeps) => (): Promise<void> => sealFrom(deps, null)

/** Looks through the whole log for events that no batch holds, and seals them, however late they came. */
export const sealOvertaken = (deps: SealDeps) => async (): Promise<void> => {
  const lowest = await deps.store.lowestUnsealed()
  if (lowest !== undefined) await sealFrom(deps, lowest - 1)
}
