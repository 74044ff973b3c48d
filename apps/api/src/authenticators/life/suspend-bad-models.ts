import type { Deps } from '../deps.ts'
import { suspend } from './suspend.ts'

const batch = 100

/**
 * Suspends every active authenticator of a model that must not be used any more, whoever holds it; the desk finds them in
 * its list of those that are paused. Whatever was suspended before stays as it is.
 * @returns how many
 */
export const suspendBadModels = (deps: Deps) => async (): Promise<number> => {
  const bad = deps.badModels()
  if (bad.length === 0) return 0
  let suspended = 0
  let after: string | null = null
  for (;;) {
    const active = await deps.store.activeOf(bad, after, batch)
    for (const { id, personId } of active) {
      const deed = { id, personId, because: 'model', by: { as: 'service', actor: null } } as const
      if (await deps.inTransaction((tx) => suspend(deps)(tx, deed))) suspended += 1
    }
    after = active.at(-1)?.id ?? null
    if (active.length < batch) return suspended
  }
}
