import { createHash, randomBytes } from 'node:crypto'

type Kept<Item> = { item: Item; endsAt: number; usedAt: number }

export type Shelf<Item> = {
  /**
   * Keeps an item, and returns the secret that finds it again: 256 bits, of which only a hash is kept.
   * @param leftMs how long at most, in milliseconds, where the item has a part of its life behind it
   */
  put: (item: Item, leftMs?: number) => string
  /** The item, if its time is not up. Looking at it counts as use. */
  get: (secret: string) => Item | undefined
  /** How long the item has, in milliseconds, if nobody looks at it; asking is not looking. 0 for what is not here. */
  left: (secret: string) => number
  /** The item, if its time is not up; and it is gone. */
  take: (secret: string) => Item | undefined
  /** Lets go of every item that is like this, whoever has its secret. */
  drop: (isLikeThis: (item: Item) => boolean) => void
}

type Limits = {
  /** An item goes when it has not been used for so long, in milliseconds. */
  idleMs: number
  /** An item goes after so long whatever happens, in milliseconds. */
  lifeMs: number
  /** When there are more items than this, the oldest goes. */
  most: number
}

/** A place in memory for things that only the holder of a secret may have, and that do not last. */
export const createShelf = <Item>({ idleMs, lifeMs, most }: Limits): Shelf<Item> => {
  const items = new Map<string, Kept<Item>>()
  const leftOf = ({ endsAt, usedAt }: Kept<Item>) => Math.max(0, Math.min(usedAt + idleMs, endsAt) - Date.now())

  /** A map is in the order of putting: what is first is oldest. */
  const makeRoom = () => {
    for (const [key, kept] of items) {
      if (leftOf(kept) === 0 || items.size >= most) items.delete(key)
    }
  }

  const find = (secret: string) => {
    const key = hashOf(secret)
    const kept = items.get(key)
    if (kept && leftOf(kept) === 0) items.delete(key)
    return { key, kept: items.get(key) }
  }

  return {
    put: (item, leftMs = lifeMs) => {
      makeRoom()
      const secret = randomBytes(32).toString('base64url')
      items.set(hashOf(secret), { item, endsAt: Date.now() + Math.min(leftMs, lifeMs), usedAt: Date.now() })
      return secret
    },
    get: (secret) => {
      const { kept } = find(secret)
      if (kept) kept.usedAt = Date.now()
      return kept?.item
    },
    left: (secret) => {
      const { kept } = find(secret)
      return kept ? leftOf(kept) : 0
    },
    take: (secret) => {
      const { key, kept } = find(secret)
      items.delete(key)
      return kept?.item
    },
    drop: (isLikeThis) => {
      for (const [key, { item }] of items) if (isLikeThis(item)) items.delete(key)
    },
  }
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')
