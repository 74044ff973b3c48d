import type { Deps } from './deps.ts'
import { listKeys } from './list-keys.ts'
import { plannedEnd } from './rules.ts'

/** The key of one algorithm that signs now: since when, and until when at most. */
export interface Turn {
  algorithm: string
  since: Date
  until: Date
}

/** Whose turn it is to sign, of each algorithm. */
export const turns = (deps: Pick<Deps, 'store' | 'now' | 'rotation'>) => async (): Promise<Turn[]> =>
  (await listKeys(deps)())
    .filter(({ state }) => state === 'signs')
    .map((key) => ({ algorithm: key.algorithm, since: key.signsFrom, until: plannedEnd(key, deps.rotation) }))
