import { timingSafeEqual } from 'node:crypto'
import { keyedHashOf, newId } from '#kernel'

/**
 * What a browser keeps of having been logged in with: an id of its own, and the proof that we gave it. It names nobody and
 * opens nothing; it tells a browser of the ward from a flood that comes from the same address.
 */
export const knownBrowsers = (key: Uint8Array) => {
  const proofOf = (id: string) => keyedHashOf(key, `known browser ${id}`)
  return {
    issue: (): string => {
      const id = newId()
      return `${id}.${proofOf(id).toString('base64url')}`
    },
    /** The id of a browser that we know, by what it kept. */
    idOf: (kept = ''): string | undefined => {
      const [id = '', proof = ''] = kept.split('.', 2)
      const given = Buffer.from(proof, 'base64url')
      const made = proofOf(id)
      return given.length === made.length && timingSafeEqual(given, made) ? id : undefined
    },
  }
}
