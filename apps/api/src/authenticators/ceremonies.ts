import type { AuthenticatorKind } from '@fobwatch/contracts'
import { isRefusal, type RefusalCode } from '#kernel'

/** What may be said of a device's answer to anybody: what kind of device it was, and how sure it made us. Nobody's name. */
export interface SeenOf {
  kind?: AuthenticatorKind
  level?: number
  identityLevel?: number
}

/** A device answered: to log in, to prove it again, from a link, or beside others. */
export type CeremonyName = 'sign-in' | 'reassert' | 'enrolment' | 'adding'

/** Is told how each answer ended. */
export type TellCeremony = (
  ended: SeenOf & { ceremony: CeremonyName; outcome: 'done' | 'failed' | RefusalCode },
) => void

/**
 * Judges an answer, and tells how that ended.
 * @param judge notes what it sees on the way, as far as it comes
 */
export const telling = async <T>(
  tell: TellCeremony,
  ceremony: CeremonyName,
  judge: (seen: SeenOf) => Promise<T>,
): Promise<T> => {
  const seen: SeenOf = {}
  try {
    const done = await judge(seen)
    tell({ ...seen, ceremony, outcome: 'done' })
    return done
  } catch (error) {
    tell({ ...seen, ceremony, outcome: isRefusal(error) ? error.code : 'failed' })
    throw error
  }
}
