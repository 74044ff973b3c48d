import { createHash, randomBytes } from 'node:crypto'
import { type Store, statement } from '@fobwatch/store'

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

const copyChallenge = statement<[Buffer, Buffer[]]>(
  'prove:copy-challenge',
  `insert into challenge (hash, ceremony, bound_to, expires_at)
   select copy, ceremony, bound_to, expires_at from challenge, unnest($2::bytea[]) as copy where hash = $1`,
)

/**
 * Challenges for one question that the service has asked. The service makes the first; the others are copies of its row
 * under random values of their own, and save asking again for each of a million cases.
 * @param count how many
 * @returns one after the other, each to be answered once; nothing when they are used up
 */
export const challengesLike = async (store: Store, first: string, count: number): Promise<() => string | undefined> => {
  const copies = Array.from({ length: count - 1 }, () => randomBytes(32).toString('base64url'))
  const added = await store.run(copyChallenge, [sha256(first), copies.map(sha256)])
  if (added !== copies.length) throw new Error('The challenge that the service made is not in its table')
  const left = [first, ...copies]
  return () => left.pop()
}

/** A challenge that nobody made. */
export const nobodysChallenge = (): string => randomBytes(32).toString('base64url')
