import type { Deps } from './deps.ts'
import { addKey } from './follow.ts'
import { signingAlgorithms } from './signer.ts'

/** Makes the first key of each algorithm that has none, once for all instances. It signs at once: there is no other. */
export const makeMissing = (deps: Deps) => async (): Promise<void> => {
  const { store, vault, now, inTransaction } = deps
  const lasting = (await store.published(now())).filter(({ signsUntil }) => signsUntil === null)
  const missing = signingAlgorithms.filter((algorithm) => !lasting.some((key) => key.algorithm === algorithm))
  const made = await Promise.all(missing.map((algorithm) => vault.make(algorithm)))
  for (const key of made) await inTransaction((tx) => addKey(deps, tx, key, now(), 'first'))
}
