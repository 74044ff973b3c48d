import type { Now } from '#kernel'
import { batchLine, linesOfBatches } from '../export/export-lines.ts'
import type { PublicKey } from '../export/lines.ts'
import type { RecordAlone } from '../record.ts'
import { readCheckpoint, readKeys, type TrustedKeys } from '../verify/keys.ts'
import { createWalk } from '../verify/walk.ts'
import { type Slice, sliceOf } from './slice.ts'
import type { ChainStore } from './store.ts'

interface Deps {
  store: ChainStore
  now: Now
  publicKeys: () => Promise<PublicKey[]>
  recordAlone: RecordAlone
  /** Told what is wrong with the log, in sentences. */
  onDamage: (faults: readonly string[]) => void
}

/** Of what is wrong in one place this much is told, and recorded. */
const mostTold = 10

const faultsIn = async (
  { store }: Pick<Deps, 'store'>,
  keys: TrustedKeys,
  { first, last }: Slice,
): Promise<string[]> => {
  const [newest, before] = [await store.lastBatch(), (await store.batches(first - 1, first - 1))[0]]
  const held = newest && readCheckpoint(newest.checkpoint, keys)
  if (!held || 'fault' in held) return [`the newest checkpoint ${held?.fault ?? 'is not there'}.`]

  const faults: string[] = []
  const walk = createWalk({ keys, held: held.checkpoint }, before && batchLine(before))
  for await (const line of linesOfBatches(store, first, last)) walk.take(line, (fault) => void faults.push(fault))
  if (walk.at.last?.number !== last) faults.push(`there is no batch ${last}.`)
  return faults.slice(0, mostTold)
}

const check =
  (deps: Deps) =>
  async (slice: Slice): Promise<void> => {
    const keys = readKeys(JSON.stringify({ keys: await deps.publicKeys() }))
    const faults = await faultsIn(deps, keys, slice)
    if (faults.length === 0) return
    deps.onDamage(faults)
    await deps.recordAlone({
      type: 'audit-damaged',
      outcome: 'refused',
      details: { firstBatch: slice.first, lastBatch: slice.last, faults },
    })
  }

/**
 * Looks whether the part of the log whose minute of the day it is still is as it was sealed, so that all of it is looked
 * at once a day. It sees what was changed, removed or put in; that the newest batches are gone, only a checkpoint kept
 * elsewhere can tell.
 */
export const checkPart = (deps: Deps) => async (): Promise<void> => {
  const slice = sliceOf(deps.now(), (await deps.store.lastBatch())?.number ?? 0)
  if (slice) await check(deps)(slice)
}
