import { timingSafeEqual } from 'node:crypto'
import { keyedHashOf, type Now } from '#kernel'

const dayMs = 24 * 3600_000
/** How long a browser is known after somebody logged in with it: as long as it keeps a cookie at most. Days. */
const knownDays = 400
/** After how long it is given another. Days. */
const renewedDays = 30

interface Deps {
  key: Uint8Array
  now: Now
}

/**
 * What a browser keeps of having been logged in with: a mark of whoever did so last, the day, and the proof that we gave it. The
 * mark tells nobody who that is, and opens nothing; it tells a browser of the ward from a flood that comes from the same
 * address. By the mark of its person, and not by one of its own, since one person could have any number of browsers.
 */
export const knownBrowsers = ({ key, now }: Deps) => {
  const markOf = (personId: string) => keyedHashOf(key, `known person ${personId}`).toString('base64url').slice(0, 22)
  const proofOf = (mark: string, day: string) => keyedHashOf(key, `known browser ${mark} ${day}`)
  const today = () => Math.floor(now().getTime() / dayMs)

  /** What a browser kept, where we gave it and it is not over. */
  const read = (kept = '') => {
    const [mark = '', day = '', proof = ''] = kept.split('.', 3)
    const age = today() - Number.parseInt(day, 10)
    if (!(age < knownDays)) return undefined
    const [given, made] = [Buffer.from(proof, 'base64url'), proofOf(mark, day)]
    return given.length === made.length && timingSafeEqual(given, made) ? { mark, age } : undefined
  }

  return {
    /** What a browser is to keep that a person has logged in with. @returns nothing where it keeps that already */
    renew: (kept: string | undefined, personId: string): string | undefined => {
      const mark = markOf(personId)
      const known = read(kept)
      if (known?.mark === mark && known.age < renewedDays) return undefined
      const day = String(today())
      return `${mark}.${day}.${proofOf(mark, day).toString('base64url')}`
    },
    /** The mark of whoever logged in last with a browser that we know, by what it kept. */
    idOf: (kept: string | undefined): string | undefined => read(kept)?.mark,
  }
}
