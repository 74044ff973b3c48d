import { type createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { TokenRefused } from './refused.ts'

/** How often, within a cooldown, the issuer is asked again for keys that its set lacked. */
const MOST = 3

/**
 * Looks in a fetched key set, and fetches it again for a key that it lacks: an issuer whose key has leaked signs with
 * another at once. Anybody can make key ids up, so it is fetched a few times within a cooldown and no more; a key that
 * is not known by then may be a new one, unless it was here before and was withdrawn.
 * @param set whose own cooldown never lets it fetch for an unknown key
 * @throws (the returned function) TokenRefused `key_unknown` where the issuer may not be asked so soon; what jose throws
 */
export const askingAgain = (set: ReturnType<typeof createRemoteJWKSet>, cooldownSeconds: number): JWTVerifyGetKey => {
  /** Ids of keys that the issuer published: a few, whatever ids are made up. */
  const wereHere = new Set<string | undefined>()
  let asked: number[] = []

  const find: JWTVerifyGetKey = async (header, token) => {
    const key = await set(header, token)
    wereHere.add(header.kid)
    return key
  }

  const secondsToWait = () => {
    const since = Date.now() - cooldownSeconds * 1000
    asked = asked.filter((at) => at > since)
    const [first = since] = asked
    return asked.length < MOST ? 0 : Math.ceil((first - since) / 1000)
  }

  return async (header, token) => {
    const isFetchedNow = !set.fresh
    try {
      return await find(header, token)
    } catch (cause) {
      if (isFetchedNow || !(cause instanceof errors.JWKSNoMatchingKey)) throw cause
      const isUnderWay = set.reloading
      const wait = isUnderWay ? 0 : secondsToWait()
      if (wait > 0) throw wereHere.has(header.kid) ? cause : new TokenRefused('key_unknown', cause, wait)
      await set.reload()
      // Of those that failed, `createPatientFetch` sees that they are few.
      if (!isUnderWay) asked.push(Date.now())
    }
    return find(header, token)
  }
}
