import { type createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { TokenRefused } from './refused.ts'

/** How often, within a cooldown, the issuer is asked again for keys that its set lacked. */
const MOST = 3

/** By how much a clock may be put back without a word, in milliseconds. */
const TOLERANCE = 10_000

/**
 * Looks in a fetched key set, and fetches it again for a key that it lacks: an issuer whose key has leaked signs with
 * another at once. Anybody can make key ids up, so it is fetched a few times within a cooldown and no more; a key that
 * is not known by then may be a new one, unless it was here before and was withdrawn.
 * @param set whose own cooldown never lets it fetch for an unknown key
 * @throws (the returned function) TokenRefused `key_unknown` where the issuer may not be asked so soon, or was asked by
 *   somebody else before the token came; what jose throws
 */
export const askingAgain = (set: ReturnType<typeof createRemoteJWKSet>, cooldownSeconds: number): JWTVerifyGetKey => {
  /** Ids of keys that the issuer published: a few, whatever ids are made up. */
  const wereHere = new Set<string | undefined>()
  let asked: number[] = []

  const unknownYet = (kid: string | undefined, cause: unknown, wait: number) =>
    isNotThere(cause) && !wereHere.has(kid) ? new TokenRefused('key_unknown', cause, wait) : cause

  /** @param joins whether what is looked in was asked for before the token came: its key may have been published since */
  const find = async (joins: boolean, ...[header, token]: Parameters<JWTVerifyGetKey>) => {
    try {
      const key = await set(header, token)
      wereHere.add(header.kid)
      return key
    } catch (cause) {
      throw joins ? unknownYet(header.kid, cause, 1) : cause
    }
  }

  let latest = 0
  /** Where the clock was put back, the set would be taken for younger than it is: nothing is looked for in it any more. */
  const renewAfterPutBack = async () => {
    if (Date.now() < latest - TOLERANCE) await set.reload()
    latest = Date.now()
  }

  const secondsToWait = () => {
    const now = Date.now()
    const since = now - cooldownSeconds * 1000
    // What is later than now was asked before the clock was put back, and would count until it is that late again.
    asked = asked.filter((at) => at > since && at <= now)
    const [first = since] = asked
    return asked.length < MOST ? 0 : Math.ceil((first - since) / 1000)
  }

  return async (header, token) => {
    await renewAfterPutBack()
    const isFetchedNow = !set.fresh
    try {
      return await find(isFetchedNow && set.reloading, header, token)
    } catch (cause) {
      if (isFetchedNow || !isNotThere(cause)) throw cause
      const isUnderWay = set.reloading
      const wait = isUnderWay ? 0 : secondsToWait()
      if (wait > 0) throw unknownYet(header.kid, cause, wait)
      if (!isUnderWay) asked.push(Date.now())
      await set.reload()
      return find(isUnderWay, header, token)
    }
  }
}

const isNotThere = (error: unknown) => error instanceof errors.JWKSNoMatchingKey
