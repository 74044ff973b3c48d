import type { Level } from '#assurance'

/** An invitation as far as its life goes. */
export interface Life {
  spentAt: Date | null
  voidedAt: Date | null
  expiresAt: Date
}

/** What has become of an invitation. Used comes before everything else, since whoever used it must be told so. */
export type State = 'open' | 'used' | 'replaced' | 'expired'

/** The state of an invitation at a time. */
export const stateOf = ({ spentAt, voidedAt, expiresAt }: Life, now: Date): State => {
  if (spentAt) return 'used'
  if (voidedAt) return 'replaced'
  return expiresAt <= now ? 'expired' : 'open'
}

/**
 * The most that what is set up by such an act can be worth. A bare link may have been read by anybody, and nobody vouches
 * for more than they proved of themselves.
 * @param issuerLevel of the session of whoever issued it, if somebody did
 */
export const mostFor = (how: 'in-person' | 'video' | 'link', issuerLevel: Level = 3): Level => {
  const most = how === 'link' ? 2 : 3
  return issuerLevel < most ? issuerLevel : most
}

const minute = 60_000
/** How long whoever used a link may still name what they set up. */
const namingMinutes = 15

/** Whether an invitation was used so lately that its code still names the device. */
export const mayStillName = ({ spentAt }: Pick<Life, 'spentAt'>, now: Date): boolean =>
  spentAt !== null && spentAt.getTime() > now.getTime() - namingMinutes * minute

/** When an invitation made now runs out. */
export const expiryOf = (now: Date, lifetimeMinutes: number): Date => new Date(now.getTime() + lifetimeMinutes * minute)
