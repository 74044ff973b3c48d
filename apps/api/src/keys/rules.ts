/** When one key takes over from another. */
export interface Rotation {
  /** For how long a key signs. Days. */
  days: number
  /** For how long it is published before it signs: longer than anybody keeps what we publish. Hours. */
  leadHours: number
  /** For how long a token may be shown to anybody after it was signed. Seconds. */
  longestTokenSeconds: number
}

/** The times of a key. The last ones are null until another key is to follow it. */
export interface Times {
  signsFrom: Date
  signsUntil: Date | null
  publishedUntil: Date | null
  revokedAt: Date | null
}

/** How long clients may keep what we publish, in seconds: much less than the shortest lead, which is an hour. */
export const cacheSeconds = 300

/** An access token lasts an hour at most, whatever its client is registered for. Seconds. */
const longestAccessTokenSeconds = 3600

/** How far the clocks of instances, and of those who verify, may be apart. Seconds. */
const toleranceSeconds = 300

const later = (date: Date, seconds: number): Date => new Date(date.getTime() + seconds * 1000)

/** As long as a session: an ID token that ran out still says whom an application signs out (`id_token_hint`). */
export const longestTokenSeconds = (sessionMaxMinutes: number): number =>
  Math.max(longestAccessTokenSeconds, sessionMaxMinutes * 60)

/** Until when a key is published that signs until then: until its last token has expired, by anybody's clock. */
export const publishedUntil = (signsUntil: Date, { longestTokenSeconds }: Rotation): Date =>
  later(signsUntil, longestTokenSeconds + toleranceSeconds)

/** The earliest that a key can sign which is published now. */
export const earliest = (now: Date, { leadHours }: Rotation): Date => later(now, leadHours * 3600)

/** Until when a key is to sign: as is written, or as is planned while no other follows it. */
export const plannedEnd = (
  { signsFrom, signsUntil }: Pick<Times, 'signsFrom' | 'signsUntil'>,
  { days }: Rotation,
): Date => signsUntil ?? later(signsFrom, days * 86_400)

/**
 * Whether it is time to publish the key that follows.
 * @returns from when the new key is to sign; undefined when it is not time, or the key without an end has yet to begin
 */
export const dueAt = (last: Times, now: Date, rotation: Rotation): Date | undefined => {
  const planned = plannedEnd({ ...last, signsUntil: null }, rotation)
  const soonest = earliest(now, rotation)
  if (last.signsFrom > now || soonest < planned) return undefined
  return new Date(Math.max(soonest.getTime(), planned.getTime()))
}

export const isPublished = ({ publishedUntil }: Times, now: Date): boolean =>
  publishedUntil === null || now < publishedUntil

/**
 * The key that signs, of those of one algorithm that are published: the last that began. Where none has, which only a
 * clock that is behind sees after a revocation, the first that will.
 */
export const currentOf = <Key extends Times>(keys: readonly Key[], now: Date): Key | undefined => {
  const inTurn = keys.toSorted((one, other) => one.signsFrom.getTime() - other.signsFrom.getTime())
  return inTurn.findLast(({ signsFrom }) => signsFrom <= now) ?? inTurn[0]
}
