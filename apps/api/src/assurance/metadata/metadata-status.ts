import type { Deps } from '../deps.ts'
import type { MetadataMemory } from './memory.ts'
import { believedUntil } from './model.ts'

/** Which metadata there is. */
export type MetadataStatus =
  | { kind: 'none' }
  | { kind: 'not believed' }
  | {
      kind: 'kept'
      number: number
      models: number
      /** How many models must not be used any more. */
      bad: number
      nextUpdate: Date
      believedUntil: Date
      current: boolean
    }

/** Says which metadata there is, as of now. */
export const metadataStatus =
  ({ memory, metadata: { graceDays } }: Pick<Deps, 'metadata'> & { memory: MetadataMemory }) =>
  async (): Promise<MetadataStatus> => {
    await memory.lookAgain()
    const kept = memory.kept()
    if (!kept) return memory.unbelieved() ? { kind: 'not believed' } : { kind: 'none' }
    const { number, nextUpdate, models } = kept
    return {
      ...{ kind: 'kept', number, models: models.size, bad: memory.badModels().length, nextUpdate },
      ...{ believedUntil: believedUntil(kept, graceDays), current: memory.metadataIsCurrent() },
    }
  }
