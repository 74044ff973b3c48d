import { randomFillSync } from 'node:crypto'

/** How much is asked of the system's generator at once: to ask costs more than the bytes. */
const poolBytes = 4096

let pool = Buffer.alloc(0)

/**
 * Random bytes of the system's generator, none of them given twice.
 * @param count at most 4096
 * @returns a view of a larger buffer
 * @throws RangeError for more
 */
export const randomBytes = (count: number): Buffer => {
  if (count > poolBytes) throw new RangeError(`${count} random bytes at once`)
  // A new pool each time: those who have part of the old one keep it.
  if (pool.length < count) pool = randomFillSync(Buffer.allocUnsafeSlow(poolBytes))
  const given = pool.subarray(0, count)
  pool = pool.subarray(count)
  return given
}
