import type { BatchRow, ChainStore } from './store.ts'

/** The newest batch as others keep it. */
export interface NewestCheckpoint {
  batch: number
  events: number
  /** In hex. */
  hash: string
  at: Date
  /** The signed checkpoint, a compact JWS. */
  jws: string
}

const asCheckpoint = ({ number, total, hash, sealedAt, checkpoint }: BatchRow): NewestCheckpoint => ({
  batch: number,
  events: total,
  hash: hash.toString('hex'),
  at: sealedAt,
  jws: checkpoint,
})

/** Seals what has been stored so far, and gives the newest checkpoint: whoever keeps it can tell later of all before it. */
export const newestCheckpoint =
  ({ store, seal }: { store: ChainStore; seal: () => Promise<void> }) =>
  async (): Promise<NewestCheckpoint | undefined> => {
    await seal()
    const last = await store.lastBatch()
    return last && asCheckpoint(last)
  }
