import type { Deps } from './deps.ts'
import { currentOf, isPublished } from './rules.ts'
import { type Signer, signingAlgorithms } from './signer.ts'
import type { StoredKey } from './store.ts'

type Opened = StoredKey & { signer: Signer }

/** The keys of this process. Which of them signs is a matter of the clock alone, so that all instances agree. */
export const keyMemory = ({ store, vault, now }: Pick<Deps, 'store' | 'vault' | 'now'>) => {
  let opened: readonly Opened[] = []
  let inOrder: readonly Signer[] = []
  let underWay: Promise<void> | undefined
  /** What the order was last worked out of, and in which second. */
  let judged: { of: readonly Opened[]; second: number } | undefined

  const open = async (row: StoredKey): Promise<Opened> => {
    const known = opened.find(({ kid }) => kid === row.kid)
    return { ...row, signer: known?.signer ?? (await vault.open(row)) }
  }

  /** One row that cannot be opened does not keep the others from being heeded, a revocation least of all. */
  const lookAgain = async (): Promise<void> => {
    const rows = await Promise.allSettled((await store.published(now())).map(open))
    opened = rows.flatMap((row) => (row.status === 'fulfilled' ? [row.value] : []))
    for (const row of rows) if (row.status === 'rejected') throw row.reason
  }

  /** The published keys of an algorithm, the one that signs first. */
  const ofAlgorithm = (algorithm: string): Signer[] => {
    const keys = opened.filter((key) => key.algorithm === algorithm && isPublished(key, now()))
    const current = currentOf(keys, now())
    return keys
      .toSorted((one, other) => Number(other === current) - Number(one === current))
      .map(({ signer }) => signer)
  }

  return {
    /** Reads the rows again. Whoever asks while it does waits for the same. */
    look: (): Promise<void> => {
      underWay ??= lookAgain().finally(() => (underWay = undefined))
      return underWay
    },
    /** All that are published now, of each algorithm the one that signs first; the same array until it changes. */
    signers: (): readonly Signer[] => {
      const second = Math.floor(now().getTime() / 1000)
      if (judged?.of === opened && judged.second === second) return inOrder
      judged = { of: opened, second }
      const signers = signingAlgorithms.flatMap(ofAlgorithm)
      const isSame = signers.length === inOrder.length && signers.every((signer, at) => signer === inOrder[at])
      if (!isSame) inOrder = signers
      return inOrder
    },
  }
}
