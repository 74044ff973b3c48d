import { createHash, randomBytes } from 'node:crypto'

type Kept<Item> = { item: Item; endsAt: number; usedAt: number; droppedAt?: number }

/** Why a thing is not to be had any more: nobody used it, its life is over, or it was dropped. */
export type Over = 'idle' | 'life' | 'dropped'

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
  /** Why an item is gone, for an hour after it went; undefined for what is here, and for what is not known. */
  whyOver: (secret: string) => Over | undefined
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

/** For how long it is known why an item went, in milliseconds. */
const KNOWN_MS = 60 * 60_000

/** A place in memory for things that only the holder of a secret may have, and that do not last. */
export const createShelf = <Item>({ idleMs, lifeMs, most }: Limits): Shelf<Item> => {
  const items = new Map<string, Kept<Item>>()
  const endOf = ({ endsAt, usedAt, droppedAt = Number.POSITIVE_INFINITY }: Kept<Item>) =>
    Math.min(usedAt + idleMs, endsAt, droppedAt)
  const leftOf = (kept: Kept<Item>) => Math.max(0, endOf(kept) - Date.now())

  /** A map is in the order of putting: what is first is oldest. */
  const makeRoom = () => {
    for (const [key, kept] of items) {
      if (endOf(kept) + KNOWN_MS <= Date.now() || items.size >= most) items.delete(key)
    }
  }

  const find = (secret: string) => {
    const key = hashOf(secret)
    const kept = items.get(key)
    return { key, kept: kept && leftOf(kept) > 0 ? kept : undefined }
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
    whyOver: (secret) => {
      const kept = items.get(hashOf(secret))
      if (!kept || leftOf(kept) > 0) return undefined
      if (kept.droppedAt === endOf(kept)) return 'dropped'
      return kept.endsAt === endOf(kept) ? 'life' : 'idle'
    },
    drop: (isLikeThis) => {
      for (const kept of items.values()) if (leftOf(kept) > 0 && isLikeThis(kept.item)) kept.droppedAt = Date.now()
    },
  }
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')
