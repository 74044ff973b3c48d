import type { Deps } from './deps.ts'
import { currentOf } from './rules.ts'
import type { StoredKey } from './store.ts'

export type ListedKey = Pick<StoredKey, 'kid' | 'algorithm' | 'signsFrom' | 'signsUntil' | 'publishedUntil'> & {
  /** `next` will sign, `old` signed and is published until its last token has expired. */
  state: 'next' | 'signs' | 'old'
}

/** The keys that are published, algorithm by algorithm, in the order in which they sign. */
export const listKeys =
  ({ store, now }: Pick<Deps, 'store' | 'now'>) =>
  async (): Promise<ListedKey[]> => {
    const at = now()
    const keys = await store.published(at)
    const currentFor = (algorithm: string) =>
      currentOf(
        keys.filter((key) => key.algorithm === algorithm),
        at,
      )
    return keys.map((key) => {
      const { kid, algorithm, signsFrom, signsUntil, publishedUntil } = key
      const state = key === currentFor(algorithm) ? 'signs' : signsFrom > at ? 'next' : 'old'
      return { kid, algorithm, signsFrom, signsUntil, publishedUntil, state }
    })
  }
