import type { Deps } from './deps.ts'
import { follow, type MadeKey } from './follow.ts'
import { dueAt, earliest } from './rules.ts'
import type { SigningAlgorithm } from './signer.ts'
import type { StoredKey } from './store.ts'

/** The keys without an end: for each algorithm the one that signs, or the one that is published and will. */
const lastKeys = async ({ store, now }: Deps): Promise<StoredKey[]> =>
  (await store.published(now())).filter(({ signsUntil }) => signsUntil === null)

/** Publishes the next key of each algorithm whose time has come, and forgets private halves that are of no use. */
export const rotateDue = (deps: Deps) => async (): Promise<void> => {
  for (const last of await lastKeys(deps)) {
    const signsFrom = dueAt(last, deps.now(), deps.rotation)
    if (signsFrom) await follow(deps, last, signsFrom, 'schedule')
  }
  await deps.store.forgetPrivate(deps.now())
}

/** Of an algorithm: the key that will sign next, and whether it was made just now. */
export type Next = MadeKey & { isNew: boolean }

/**
 * Publishes the next key now, before its time; it signs as soon as everybody can have seen it.
 * @param algorithm all of them when left out
 * @returns one for each; where the next key is published already, that one
 */
export const rotateKeys =
  (deps: Deps) =>
  async (algorithm?: SigningAlgorithm): Promise<Next[]> => {
    const next: Next[] = []
    for (const last of await lastKeys(deps)) {
      if (algorithm && last.algorithm !== algorithm) continue
      const isThere = last.signsFrom > deps.now()
      const made = isThere ? undefined : await follow(deps, last, earliest(deps.now(), deps.rotation), 'command')
      next.push({ ...(made ?? last), isNew: made !== undefined })
    }
    return next
  }
