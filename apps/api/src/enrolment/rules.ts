import type { AuthenticatorKind, PlannedDevice } from '@fobwatch/contracts'
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

/** How long a short code works; it is read aloud, and typed in at once. */
export const codeMinutes = 15
/** How long a temporary pass waits until it is typed in. */
export const passMinutes = 60
/** How long a device can be set up for once a code or a pass was typed in. */
export const enteredMinutes = 15

/** What of each kind fits what was planned. A tablet is held like a phone, and used like a computer. */
const fitting: Record<PlannedDevice, readonly AuthenticatorKind[]> = {
  phone: ['phone', 'tablet', 'passkey'],
  computer: ['computer', 'tablet', 'passkey'],
  'security-key': ['security-key'],
  smartcard: ['smartcard'],
}

/** What was planned, where this is another kind of device. */
export const missed = (planned: PlannedDevice | null, kind: AuthenticatorKind): PlannedDevice | null =>
  planned && !fitting[planned].includes(kind) ? planned : null

/** Which kinds of device a browser is to offer first (WebAuthn L3 §5.8.7). A page knows better what it runs on. */
export const hintsFor = (planned: PlannedDevice | null): string[] => {
  if (!planned) return []
  if (planned === 'phone') return ['hybrid', 'client-device']
  return planned === 'computer' ? ['client-device'] : ['security-key']
}

/** The address of a link. The code stands after `#`, where no server and no log sees it. */
export const linkAddress = (issuer: string, code: string): string => `${issuer}/enrol#${code}`
